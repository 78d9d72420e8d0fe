/** Has Apollo execute the document that was judged, and no other; tells of those that no manifest holds. */
import type { ApolloServerPlugin } from '@apollo/server';
import { documentNotTrusted } from '../../observability/document-events.js';
import type { GatewayContext } from '../../schema/context.js';

/** Each is told once; whoever sends more of them fills no log. */
const MOST_TOLD = 1000;

export function trustedDocumentsPlugin(mode: 'log' | 'enforce'): ApolloServerPlugin<GatewayContext> {
  const told = new Set<string>();
  return {
    async requestDidStart({ request, contextValue: { judged, log } }) {
      if (judged == null) {
        // Two readers of one URL may see two things in it.
        if (mode === 'enforce') {
          delete request.query;
          delete request.extensions;
        }
        return;
      }
      request.query = judged.text;
      delete request.extensions;
      if (judged.isTrusted) return;
      return {
        async didResolveOperation({ queryHash: hash, operationName }) {
          if (told.has(hash) || told.size >= MOST_TOLD) return;
          told.add(hash);
          documentNotTrusted(log(), hash, operationName);
        },
      };
    },
  };
}
