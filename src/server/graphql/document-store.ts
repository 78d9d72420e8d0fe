/** Where Apollo keeps documents that were parsed and found valid, so that each text is once: bounded by the memory that they take. */
import type { DocumentStore } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Apollo's own store counts a document as its JSON text, a quarter of what it takes, and would hold 130 MB of them. */
const MOST_BYTES = 8 * 1024 * 1024;
/** A document holds its tokens, and what they mean. */
const TOKEN_BYTES = 500;

export function documentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MOST_BYTES,
    sizeCalculation: bytesOfDocument,
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => {
      documents.set(key, document);
    },
    delete: async (key) => documents.delete(key),
  };
}

/** What it takes in memory. */
export function bytesOfDocument({ loc }: DocumentNode): number {
  let tokens = 1;
  for (let token = loc?.startToken.next; token; token = token.next) tokens++;
  return TOKEN_BYTES * tokens;
}
