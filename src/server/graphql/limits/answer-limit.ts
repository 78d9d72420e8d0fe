/** A query whose answer would be too large is answered with that error alone: what was built of it does not go out. */
import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { GatewayContext } from '../../../schema/context.js';

export const answerLimitPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, operation, contextValue: { answerSize } }) {
        const { excess } = answerSize;
        if (excess === undefined || operation?.operation !== OperationTypeNode.QUERY) return;
        const extensions = { code: excess.code, ...excess.excess };
        response.body = {
          kind: 'single',
          singleResult: { errors: [{ message: excess.message, extensions }] },
        };
        response.http.status = 400;
      },
    };
  },
};
