/** Answers without anything of an account holder in them, as the bytes that went out: given again as long as what they are made of stands. */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RangeEntry } from '../../catalogue/catalogue-entries.js';
import type { AccountRange } from '../../domain/account-range.js';
import type { FundingAccount } from '../../domain/funding-account.js';
import type { AnswerBasis, AnswerScope } from '../../schema/answer-basis.js';
import type { EncodedBytes } from '../pipeline/encoded-bytes.js';

const BOUNDS = { entries: 20_000, bytes: 32 * 1024 * 1024 };
/** Of what is kept beside an answer's bytes. */
const BOOKKEEPING_BYTES = 500;

/** Most take a few milliseconds; one that fails keeps nobody for long. */
const MAKING_MS = 250;

export interface Answer {
  /** For whoever counts: the document is not looked at again. */
  readonly operation: string | null;
  readonly contentType: string;
  readonly body: EncodedBytes;
}

interface KeptAnswer extends Answer {
  readonly kind: 'ANSWER';
  readonly ranges: readonly AccountRange[];
  /** How the catalogue said it. */
  readonly said: string;
  /** Of what it said over all ranges; null where nothing of that is in the answer. */
  readonly edition: number | null;
  /** As many as its cost was judged with: with more it might cost too much. */
  readonly requestorCount: number;
  readonly logoChanges: number;
}

/** The answer lies under the same request and the holder's accounts. */
interface ByAccounts {
  readonly kind: 'BY_ACCOUNTS';
  readonly scope: AnswerScope;
}

/** What the server's catalogue must tell. */
export interface StandingCatalogue {
  readonly requestorCount: number;
  readonly logoChanges: number;
  standing(ranges: readonly AccountRange[]): Promise<readonly RangeEntry[] | undefined>;
  edition(): Promise<number | undefined>;
}

export class PublicAnswers {
  readonly #catalogue: StandingCatalogue;
  readonly #kept = new LRUCache<string, KeptAnswer | ByAccounts>({
    max: BOUNDS.entries,
    maxSize: BOUNDS.bytes,
    sizeCalculation: (kept) =>
      BOOKKEEPING_BYTES + (kept.kind === 'ANSWER' ? kept.body.size + 40 * kept.ranges.length : 0),
  });

  /** Those that were dropped a moment ago. */
  readonly #making = new Map<string, Making>();

  constructor(catalogue: StandingCatalogue) {
    this.#catalogue = catalogue;
  }

  /** Whether this very request was answered before, for whomever. */
  knows(request: string): boolean {
    return this.#kept.has(request);
  }

  /** @param herAccounts asked for only where the answer hangs on them; it never rejects: what is not known is undefined */
  async find(
    request: string,
    herAccounts: () => Promise<readonly FundingAccount[] | undefined>,
  ): Promise<Answer | undefined> {
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
    if (await this.#stands(kept)) return kept;
    // Of all who see that it is no longer so the first makes it anew, and the others wait for that.
    if (this.#kept.get(key) !== kept) return this.#beingMade(key);
    this.#kept.delete(key);
    this.#making.set(key, new Making(() => this.#making.delete(key)));
    return undefined;
  }

  /** undefined also where it has not come to anything in time, or is not kept. */
  async #beingMade(key: string): Promise<KeptAnswer | undefined> {
    await this.#making.get(key)?.ended;
    const kept = this.#kept.get(key);
    return kept?.kind === 'ANSWER' ? kept : undefined;
  }

  async #stands({ ranges, said, edition, requestorCount, logoChanges }: KeptAnswer): Promise<boolean> {
    const entries = await this.#catalogue.standing(ranges);
    if (entries === undefined || said !== inBrief(entries)) return false;
    if (edition !== null && edition !== (await this.#catalogue.edition())) return false;
    return this.#catalogue.logoChanges === logoChanges && this.#catalogue.requestorCount <= requestorCount;
  }

  /** Unless it is private: false then. */
  keep(request: string, answer: Answer, basis: AnswerBasis): boolean {
    const { scope, requestorCount, logoChanges, entries, edition, accounts, hasMore } = basis;
    if (scope === 'PRIVATE' || hasMore) return false;
    const key = accounts === null ? request : withAccounts(request, scope, accounts);
    if (accounts !== null) this.#kept.set(request, { kind: 'BY_ACCOUNTS', scope });
    this.#kept.set(key, {
      kind: 'ANSWER',
      ...answer,
      ranges: [...entries.keys()],
      said: inBrief([...entries.values()]),
      edition,
      requestorCount,
      logoChanges,
    });
    this.#making.get(key)?.end();
    return true;
  }
}

/** An answer that somebody makes: it is made soon, or nobody waits for it any longer. */
class Making {
  readonly ended: Promise<void>;
  end: () => void = () => undefined;

  constructor(forget: () => void) {
    this.ended = new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.end(), MAKING_MS);
      timer.unref();
      this.end = () => {
        clearTimeout(timer);
        forget();
        resolve();
      };
    });
  }
}

/** All of which the answer may depend on in a request, in one short text: nobody's account ids lie about in memory. */
export function requestKey(parts: readonly (string | undefined)[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url');
}

/** Account holders of the same ranges share an answer, as long as no account is named. */
function withAccounts(request: string, scope: AnswerScope, accounts: readonly FundingAccount[]): string {
  const own = accounts.map(({ id, accountRange }) =>
    scope === 'PUBLIC' ? accountRange : [id, accountRange],
  );
  return hash('sha256', JSON.stringify([request, own]), 'base64url');
}

/** Lists are named by what they say; of two that differ the newer counts. */
function inBrief(entries: readonly RangeEntry[]): string {
  let text = '';
  for (const { list, storedAt } of entries) text += `${list.ref}@${storedAt} `;
  return text;
}
