/** Tells the loaders ahead whether a document asks what requestors are enabled for, so that all ranges are one question with the rest. */
import type { ApolloServerPlugin } from '@apollo/server';
import { BREAK, type DocumentNode, visit } from 'graphql';
import type { GatewayContext } from '../../schema/context.js';

const FIELD = 'enabledAccountRanges';

export const allRangesPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, contextValue: { loaders } }) {
        loaders.needsAllRanges = needsAllRanges(document);
      },
    };
  },
};

/** Apollo keeps documents: the same text is the same object. */
const known = new WeakMap<DocumentNode, boolean>();

export function needsAllRanges(document: DocumentNode): boolean {
  const found = known.get(document);
  if (found !== undefined) return found;
  const needs = mentions(document, FIELD);
  known.set(document, needs);
  return needs;
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
