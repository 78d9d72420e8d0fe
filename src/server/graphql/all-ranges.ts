/** Tells the loaders ahead whether a document asks what requestors are enabled for, so that all ranges are one question with the rest. */
import type { ApolloServerPlugin } from '@apollo/server';
import { BREAK, type DocumentNode, visit } from 'graphql';
import type { GatewayContext } from '../../schema/context.js';

const FIELD = 'enabledAccountRanges';

export function allRangesPlugin(): ApolloServerPlugin<GatewayContext> {
  /** Apollo keeps documents: the same text is the same object. */
  const known = new WeakMap<DocumentNode, boolean>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, contextValue: { loaders } }) {
          const needsAllRanges = known.get(document) ?? mentions(document, FIELD);
          known.set(document, needsAllRanges);
          loaders.needsAllRanges = needsAllRanges;
        },
      };
    },
  };
}

function mentions(document: DocumentNode, field: string): boolean {
  let isThere = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== field) return undefined;
      isThere = true;
      return BREAK;
    },
  });
  return isThere;
}
