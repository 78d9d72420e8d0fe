/** Logs the cause of every failure that is not the caller's, and puts the trace id beside every error that goes out. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GatewayContext } from '../schema/context.js';
import { gatewayErrorOf, isInternal } from './error-format.js';

export const errorReportPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue: { log } }) {
        for (const error of errors) {
          const path = error.path?.join('.');
          const gatewayError = gatewayErrorOf(error);
          if (gatewayError?.cause !== undefined) {
            log.warn(
              { code: gatewayError.code, path, err: gatewayError.cause },
              'a field could not be answered',
            );
          } else if (isInternal(error, error.extensions['code'])) {
            log.error({ path, err: error.originalError ?? error.name }, 'internal error');
          }
        }
      },
      async willSendResponse({ response, contextValue: { traceId } }) {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        if (singleResult.errors === undefined) return;
        singleResult.errors = singleResult.errors.map((error) => ({
          ...error,
          extensions: { ...error.extensions, traceId },
        }));
      },
    };
  },
};
