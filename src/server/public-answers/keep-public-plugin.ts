/** Tells, once Apollo has answered, whether the answer may be kept for others. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../../schema/context.js';
import { LEAST_REQUESTORS } from '../graphql/limits/list-lengths.js';
import { PublicDocuments } from './public-document.js';

export function keepPublicPlugin(schema: GraphQLSchema): ApolloServerPlugin<GatewayContext> {
  const documents = new PublicDocuments(schema);
  return {
    async requestDidStart({ contextValue: { loaders, requestorCount } }) {
      const { basis } = loaders;
      basis.requestorCount = Math.max(requestorCount(), LEAST_REQUESTORS);
      return {
        async willSendResponse({ response: { body, http }, document, operation }) {
          const isGood = body.kind === 'single' && body.singleResult.errors === undefined;
          if (!isGood || (http.status ?? 200) !== 200) return;
          if (document !== undefined && operation !== undefined) basis.scope = documents.scopeOf(document);
        },
      };
    },
  };
}
