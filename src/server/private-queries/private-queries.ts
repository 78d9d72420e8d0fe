/** Queries of an account holder's own, whose documents were answered before: what Apollo finds out of a document anew for each request is known. */
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../../schema/context.js';
import { needsAllRanges } from '../graphql/all-ranges.js';
import { auditReads } from '../graphql/audit-plugin.js';
import { bytesOfDocument } from '../graphql/document-store.js';
import type { Executor } from '../graphql/executor.js';
import { requireAffordable } from '../graphql/limits/cost-limit.js';
import { operationLabel } from '../graphql/outcome-plugin.js';
import { PublicDocuments } from '../public-answers/public-document.js';
import type { TrustedDocuments } from '../trusted-documents/trusted-documents.js';
import { type QueryRequest, readQuery } from './query-request.js';

const MOST_BYTES = 4 * 1024 * 1024;

interface Learnt {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export interface KnownQuery extends Learnt, Pick<QueryRequest, 'operationName' | 'variables'> {}

export class PrivateQueries {
  readonly #executor: Executor;
  readonly #trusted: TrustedDocuments | null;
  readonly #documents: PublicDocuments;
  /** By the operation's name and the text. */
  readonly #known = new LRUCache<string, Learnt>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ document }) => bytesOfDocument(document),
  });

  /** @param trusted the only documents that are answered here; null: any is */
  constructor(executor: Executor, trusted: TrustedDocuments | null) {
    this.#executor = executor;
    this.#trusted = trusted;
    this.#documents = new PublicDocuments(executor.schema);
  }

  /** Learns what Apollo has answered well. */
  get plugin(): ApolloServerPlugin<GatewayContext> {
    return {
      requestDidStart: async () => ({
        willSendResponse: async ({ request, response, source, document, operation }) => {
          const { body } = response;
          if (body.kind !== 'single' || body.singleResult.errors !== undefined) return;
          if (source === undefined || document === undefined) return;
          if (operation?.operation !== OperationTypeNode.QUERY) return;
          if (this.#documents.scopeOf(document) !== 'PRIVATE') return;
          const key = keyOf(source, request.operationName);
          if (!this.#known.has(key)) this.#known.set(key, { document, operation });
        },
      }),
    };
  }

  /** @param accept as it was settled */
  known(contentType: string | undefined, accept: string | undefined, json: string): KnownQuery | undefined {
    const asked = readQuery(contentType, accept, json, this.#trusted);
    if (asked === undefined) return undefined;
    const { text, operationName, variables } = asked;
    const learnt = this.#known.get(keyOf(text, operationName));
    return learnt && { ...learnt, operationName, variables };
  }

  /**
   * All that is looked at for each request is looked at here too: what it costs, scopes and sizes where it is resolved, what is read.
   * @returns undefined where anything is wrong: Apollo says it, with what was found so far
   */
  async answer(
    { document, operation, operationName, variables }: KnownQuery,
    context: GatewayContext,
  ): Promise<string | undefined> {
    const { loaders, outcome, answerSize } = context;
    loaders.needsAllRanges = needsAllRanges(document);
    const { schema } = this.#executor;
    const cost = requireAffordable({ schema, document, operation, variables }, context);
    const isAffordable = await cost.then(
      () => true,
      () => false,
    );
    if (!isAffordable) return undefined;
    const result = await this.#executor.run({ document, operation, operationName, variables, context });
    if (result.errors !== undefined || answerSize.excess !== undefined) {
      outcome.executed = Promise.resolve(result);
      return undefined;
    }
    outcome.operation = operationLabel(document, operation);
    auditReads(context, undefined);
    // To the byte as Apollo writes it.
    return `${JSON.stringify({ data: result.data })}\n`;
  }
}

/** A name holds no blank. */
function keyOf(text: string, operationName: string | null | undefined): string {
  return `${operationName ?? ''} ${text}`;
}
