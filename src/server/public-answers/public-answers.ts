/** Answers without anything of an account holder in them, as the bytes that went out: given again as long as what they are made of stands. */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { FundingAccount } from '../../domain/funding-account.js';
import type { AnswerBasis, AnswerScope } from '../../schema/answer-basis.js';
import type { EncodedBytes } from '../pipeline/encoded-bytes.js';
import { type Foundation, foundationOf, type StandingCatalogue, stands, standsAtHand } from './foundation.js';
import { type ContentRef, KeptBytes } from './kept-bytes.js';
import { Making } from './making.js';

const MOST_REQUESTS = 20_000;
const MOST_DOCUMENTS = 5000;

export interface Answer {
  /** For whoever counts: the document is not looked at again. */
  readonly operation: string | null;
  readonly contentType: string;
  readonly body: EncodedBytes;
}

interface KeptAnswer extends Omit<Answer, 'body'> {
  readonly kind: 'ANSWER';
  readonly content: ContentRef;
  readonly foundation: Foundation;
}

/** The answer lies under the same request and the holder's accounts. */
interface ByAccounts {
  readonly kind: 'BY_ACCOUNTS';
  readonly scope: AnswerScope;
}

export class PublicAnswers {
  readonly #catalogue: StandingCatalogue;
  readonly #kept = new LRUCache<string, KeptAnswer | ByAccounts>({ max: MOST_REQUESTS });
  readonly #bytes = new KeptBytes();
  /** Whose answers have been kept before, by a hash of each. */
  readonly #documents = new LRUCache<string, true>({ max: MOST_DOCUMENTS });
  readonly #making = new Map<string, Making>();

  constructor(catalogue: StandingCatalogue) {
    this.#catalogue = catalogue;
  }

  /** Whether this very request was answered before, for whomever. */
  knows(request: string): boolean {
    return this.#kept.has(request);
  }

  /**
   * Of all who ask for one that is not there, of a document that is known to be public, the first makes it, and the others wait.
   * @param document its text, or its id
   * @param herAccounts asked for only where the answer hangs on them; it never rejects: what is not known is undefined
   */
  async find(
    request: string,
    document: () => string | undefined,
    herAccounts: () => Promise<readonly FundingAccount[] | undefined>,
  ): Promise<Answer | undefined> {
    if (!this.#kept.has(request) && this.#isPublic(document())) {
      const making = this.#making.get(request);
      if (making === undefined) return this.#make(request);
      await making.ended;
    }
    let key = request;
    let kept = this.#kept.get(key);
    if (kept?.kind === 'BY_ACCOUNTS') {
      const accounts = await herAccounts();
      if (accounts === undefined) return undefined;
      key = withAccounts(request, kept.scope, accounts);
      kept = this.#kept.get(key);
    }
    kept ??= await this.#beingMade(key);
    if (kept?.kind !== 'ANSWER') return undefined;
    if (await stands(kept.foundation, this.#catalogue)) return this.#answer(kept);
    // Of all who see that it is no longer so the first makes it anew, likewise.
    if (this.#kept.get(key) !== kept) {
      const made = await this.#beingMade(key);
      return made?.kind === 'ANSWER' ? this.#answer(made) : undefined;
    }
    this.#kept.delete(key);
    return this.#make(key);
  }

  /** The same, where nothing has to be made; at once, unless it hangs on her accounts. */
  findAtHand(
    request: string,
    herAccounts: () => Promise<readonly FundingAccount[] | undefined>,
  ): Answer | undefined | Promise<Answer | undefined> {
    const kept = this.#kept.get(request);
    if (kept?.kind !== 'BY_ACCOUNTS') return this.#standing(kept);
    return herAccounts().then(
      (accounts) => accounts && this.#standing(this.#kept.get(withAccounts(request, kept.scope, accounts))),
    );
  }

  #standing(kept: KeptAnswer | ByAccounts | undefined): Answer | undefined {
    if (kept?.kind !== 'ANSWER' || !standsAtHand(kept.foundation, this.#catalogue)) return undefined;
    return this.#answer(kept);
  }

  #isPublic(document: string | undefined): boolean {
    return document !== undefined && this.#documents.has(hashOf(document));
  }

  #make(key: string): undefined {
    this.#making.set(key, new Making(() => this.#making.delete(key)));
  }

  /** undefined where the bytes had to make room. */
  #answer({ operation, contentType, content }: KeptAnswer): Answer | undefined {
    const body = this.#bytes.get(content);
    return body === undefined ? undefined : { operation, contentType, body };
  }

  /** undefined also where it has not come to anything in time, or is not kept. */
  async #beingMade(key: string): Promise<KeptAnswer | ByAccounts | undefined> {
    const making = this.#making.get(key);
    if (making === undefined) return undefined;
    await making.ended;
    return this.#kept.get(key);
  }

  /** The answer as it goes out, for her too; undefined where it is private, or good for this once. */
  keep(
    request: string,
    document: string | undefined,
    { text, ...about }: Omit<Answer, 'body'> & { readonly text: string },
    basis: AnswerBasis,
  ): Answer | undefined {
    const { scope, accounts, hasMore } = basis;
    const key = accounts === null ? request : withAccounts(request, scope, accounts);
    const isKept = scope !== 'PRIVATE' && !hasMore;
    let answer: Answer | undefined;
    if (isKept) {
      const { ref: content, bytes: body } = this.#bytes.keep(text);
      if (accounts !== null) this.#kept.set(request, { kind: 'BY_ACCOUNTS', scope });
      this.#kept.set(key, { kind: 'ANSWER', ...about, content, foundation: foundationOf(basis) });
      if (document !== undefined) this.#documents.set(hashOf(document), true);
      answer = { ...about, body };
    }
    for (const made of [request, key]) this.#making.get(made)?.end();
    return answer;
  }
}

/** Account holders of the same ranges share an answer, as long as no account is named. */
function withAccounts(request: string, scope: AnswerScope, accounts: readonly FundingAccount[]): string {
  const own = accounts.map(({ id, accountRange }) =>
    scope === 'PUBLIC' ? accountRange : [id, accountRange],
  );
  return hashOf(JSON.stringify([request, own]));
}

function hashOf(text: string): string {
  return hash('sha256', text, 'base64url');
}
