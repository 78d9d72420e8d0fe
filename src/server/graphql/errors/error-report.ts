/** Logs the cause of every failure that is not the caller's, and puts the trace id beside every error that goes out. */
import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { Telemetry } from '../../../observability/telemetry.js';
import type { GatewayContext } from '../../../schema/context.js';
import { codeOf, gatewayErrorOf, isInternal } from './error-format.js';

const INPUT_CODES: readonly string[] = ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];

export const errorReportPlugin = (telemetry: Telemetry): ApolloServerPlugin<GatewayContext> => ({
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue: { log: logOfRequest } }) {
        for (const error of errors) {
          const field = fieldOf(error);
          const gatewayError = gatewayErrorOf(error);
          // Executed: the schema knows the field.
          if (field !== undefined && error.path !== undefined) {
            telemetry.fieldFailed(field, gatewayError?.code ?? codeOf(error, error));
          }
          if (gatewayError?.cause !== undefined) {
            const log = logOfRequest();
            log.warn(
              { code: gatewayError.code, field, err: gatewayError.cause },
              'a field could not be answered',
            );
          } else if (isInternal(error)) {
            const log = logOfRequest();
            log.error({ field, err: error.originalError ?? error.name }, 'internal error');
          }
        }
      },
      async willSendResponse({ response, contextValue: { traceId } }) {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        if (singleResult.errors === undefined) return;
        singleResult.errors = singleResult.errors.filter(saysSomething).map((error) => ({
          ...error,
          extensions: { ...error.extensions, traceId },
        }));
      },
    };
  },
});

/** graphql-js follows the first fault of the input with word that it looked no further, which has no location. */
function saysSomething({ locations, extensions }: GraphQLFormattedError, index: number): boolean {
  return index === 0 || locations !== undefined || !INPUT_CODES.includes(String(extensions?.['code']));
}

/** By its name in the schema: the path consists of aliases, which may hold anything that a caller likes. */
export function fieldOf({ nodes }: GraphQLError): string | undefined {
  const node = nodes?.[0];
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
}
