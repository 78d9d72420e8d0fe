/** The documents that the apps of the bank are known to send, by their ids and by their text. */
import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLSchema,
  parse,
  print,
  specifiedRules,
  stripIgnoredCharacters,
  validate,
} from 'graphql';
import { type Manifest, shown } from '../../domain/document-manifest.js';
import { documentLimitsRule, MOST_TOKENS } from '../graphql/limits/document-limits.js';

/** More would tell no operator anything new. */
const MOST_FAULTS = 10;
const LONGEST_REASON = 200;

export class TrustedDocuments {
  readonly #byId = new Map<string, string>();
  /** By the SHA-256 of their texts: as the manifest has it, as clients print it, and without blanks. */
  readonly #byHash = new Map<string, string>();

  /** @param faults told of each document that could not be answered, and of two that share an id */
  constructor(schema: GraphQLSchema, manifests: readonly Manifest[], faults: string[]) {
    for (const { name, documents } of manifests) {
      const found: string[] = [];
      for (const [id, text] of documents) {
        const why = this.#add(schema, id, text);
        if (why !== null) found.push(`TRUSTED_DOCUMENTS_FILE: ${name}: document ${shown(id)} ${why}.`);
      }
      faults.push(...found.slice(0, MOST_FAULTS));
      if (found.length > MOST_FAULTS) {
        faults.push(
          `TRUSTED_DOCUMENTS_FILE: ${name}: and ${found.length - MOST_FAULTS} more of its documents.`,
        );
      }
    }
  }

  /** The text that goes by this id, or by this SHA-256, as automatic persisted queries name it. */
  byId(id: string): string | undefined {
    return this.#byId.get(id) ?? this.#byHash.get(id);
  }

  has(text: string): boolean {
    return this.#byHash.has(hashOf(text));
  }

  /** Why it cannot be had; null when it is in. */
  #add(schema: GraphQLSchema, id: string, text: string): string | null {
    const known = this.#byId.get(id);
    if (known !== undefined && known !== text) {
      return 'is another document in a manifest before: give each app ids of its own';
    }
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: MOST_TOKENS });
    } catch (error) {
      return `is not GraphQL, or too large (${reason(error)}): write the manifest anew with the tool of the app`;
    }
    const [fault] = validate(schema, document, [...specifiedRules, documentLimitsRule], { maxErrors: 1 });
    if (fault !== undefined) {
      return `does not fit the schema (${reason(fault)}): write the manifest anew from this release's schema.graphql, or take the document out`;
    }
    this.#byId.set(id, text);
    for (const form of [text, print(document), stripIgnoredCharacters(text)]) {
      this.#byHash.set(hashOf(form), text);
    }
    return null;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, LONGEST_REASON).replace(/\.$/, '') : 'unknown';
}
