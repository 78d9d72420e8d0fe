/** A manifest of trusted documents, as graphql-codegen, Relay or Apollo write it: told apart by its form. */
import { parse as parseCarefully } from 'lossless-json';
import { z } from 'zod';

export interface Manifest {
  /** For people. */
  readonly name: string;
  readonly documents: ReadonlyMap<string, string>;
}

const LONGEST_ID = 256;
const MOST_DOCUMENTS = 5000;
/** As long as a request may be. */
const LONGEST_DOCUMENT = 50_000;

const AGAIN = 'write it anew with the tool of the app';

const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** @throws Error whose message says what is wrong with the text, and the mend */
export function parseManifest(text: string): ReadonlyMap<string, string> {
  const entries = entriesOf(parseJson(text.replace(/^\uFEFF/, '')));
  if (entries.length === 0) throw new Error(`it holds no document: ${AGAIN}`);
  if (entries.length > MOST_DOCUMENTS) {
    throw new Error(
      `it holds more than ${MOST_DOCUMENTS} documents: leave out those that no app sends any more`,
    );
  }
  const documents = new Map<string, string>();
  for (const [id, document] of entries) {
    if (!isDocumentId(id))
      throw new Error(`an id is empty or longer than ${LONGEST_ID} characters: ${AGAIN}`);
    if (document.length > LONGEST_DOCUMENT) {
      throw new Error(`document ${shown(id)} is larger than a request may be: split it`);
    }
    const known = documents.get(id);
    if (known !== undefined && known !== document)
      throw new Error(`two documents have the id ${shown(id)}: ${AGAIN}`);
    documents.set(id, document);
  }
  return documents;
}

export function isDocumentId(id: string): boolean {
  return id !== '' && id.length <= LONGEST_ID;
}

/** An id in a message: it may be anything. */
export function shown(id: string): string {
  return JSON.stringify(id.length > 80 ? `${id.slice(0, 80)}…` : id);
}

function entriesOf(value: unknown): (readonly [id: string, document: string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`it is no manifest: JSON of ids and documents, or Apollo's, is wanted; ${AGAIN}`);
  }
  if ('operations' in value && typeof value.operations === 'object') {
    const manifest = apolloManifest.safeParse(value).data;
    if (manifest === undefined) {
      throw new Error(
        `it is no apollo-persisted-query-manifest of version 1 with an id and a body for each operation: ${AGAIN}`,
      );
    }
    return manifest.operations.map(({ id, body }) => [id, body]);
  }
  return Object.entries(value).map(([id, document]: [string, unknown]) => {
    if (typeof document === 'string') return [id, document];
    throw new Error(`what stands under the id ${shown(id)} is no document: ${AGAIN}`);
  });
}

function parseJson(text: string): unknown {
  try {
    // Of an id that stands there twice JSON.parse would take the last, without a word.
    parseCarefully(text, undefined, { onDuplicateKey: ({ key }) => refuseTwins(key) });
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof TwinIds) throw error;
    throw new Error(`it is not JSON: ${AGAIN}`);
  }
}

class TwinIds extends Error {}

function refuseTwins(key: string): never {
  throw new TwinIds(`two documents have the id ${shown(key)}: ${AGAIN}`);
}
