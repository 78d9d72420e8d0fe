/** Tells the audit trail what a request has read of its account holder, and what it was not allowed to. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import { auditAccessRefused, auditDataRead } from '../../audit/events.js';
import type { GatewayContext } from '../../schema/context.js';
import { gatewayErrorOf } from './errors/error-format.js';
import { fieldOf } from './errors/error-report.js';

const DENIALS: readonly string[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'STEP_UP_REQUIRED'];

export const auditPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        for (const error of errors) {
          const code = gatewayErrorOf(error)?.code ?? '';
          if (DENIALS.includes(code)) auditAccessRefused(contextValue, code, fieldOf(error));
        }
      },
      async willSendResponse({ response: { body }, contextValue }) {
        auditReads(contextValue, body.kind === 'single' ? body.singleResult.errors : undefined);
      },
    };
  },
};

export function auditReads(
  context: GatewayContext,
  errors: readonly GraphQLFormattedError[] | undefined,
): void {
  const { reads, loaders } = context;
  const { kinds, pushIds } = reads;
  if (kinds.length === 0) return;
  const listed = kinds.includes('funding-accounts') ? (loaders.basis.accounts ?? []) : [];
  const accounts = [...new Set([...reads.accounts, ...listed.map(({ id }) => id)])];
  auditDataRead(context, { kinds, accounts, pushIds }, resultOf(errors));
}

function resultOf(errors: readonly GraphQLFormattedError[] = []): string {
  const codes = new Set(errors.map(({ extensions }) => String(extensions?.['code'])));
  return codes.size === 0 ? 'OK' : [...codes].join(' ');
}
