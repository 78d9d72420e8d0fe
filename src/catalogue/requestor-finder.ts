/** Finds token requestors for whoever asks: MDES has no look-up by id, so account ranges are searched. */
import type { AccountRange } from '../domain/account-range.js';
import type { Answers } from '../domain/answers.js';
import type { FundingAccount } from '../domain/funding-account.js';
import type { TokenRequestor } from '../domain/token-requestor.js';
import type { RangeEntry } from './catalogue-entries.js';
import type { IssuerRanges } from './issuer-ranges.js';
import type { IssuerWideCatalogue, IssuerWideView } from './issuer-wide.js';
import type { MergedRanges } from './merged-ranges.js';

/** `Catalogue.entriesFor`, or a loader that shares its answers within a request. */
type LoadRanges = (ranges: readonly AccountRange[]) => Promise<Answers<RangeEntry>>;

interface FinderDeps {
  readonly issuerRanges: IssuerRanges;
  readonly load: LoadRanges;
  readonly merged: MergedRanges;
  readonly issuerWide: IssuerWideCatalogue;
  /** Told of an account outside the issuer's ranges; it has no requestors. */
  readonly onStranger?: (account: FundingAccount) => void;
}

/** For one request or one push: what it has found over all of the issuer's ranges it keeps. */
export class RequestorFinder {
  readonly #deps: FinderDeps;
  #issuers: Promise<IssuerWideView> | undefined;

  constructor(deps: FinderDeps) {
    this.#deps = deps;
  }

  /**
   * Those enabled for at least one of the ranges, each with those that it is enabled for.
   * @throws what made a range fail: nobody may judge by the others alone
   */
  async forRanges(asked: readonly AccountRange[]): Promise<readonly TokenRequestor[]> {
    const ranges = [...new Set(asked)];
    const answers = await this.#deps.load(ranges);
    return this.#deps.merged.of(ranges, answers.map(required));
  }

  async forAccounts(accounts: readonly FundingAccount[]): Promise<readonly TokenRequestor[]> {
    const { issuerRanges, onStranger } = this.#deps;
    const own = accounts.filter((account) => issuerRanges.owns(account.accountRange));
    for (const account of accounts) if (!own.includes(account)) onStranger?.(account);
    return this.forRanges(own.map(({ accountRange }) => accountRange));
  }

  /**
   * All of the issuer, each as a push of these accounts meets it: under the accounts' own ranges first. What only a range
   * of which nobody knows just now would show is left out, unless that range is one of the accounts' own.
   */
  async metBy(accounts: readonly FundingAccount[]): Promise<readonly TokenRequestor[]> {
    const [own, { requestors }] = await Promise.all([this.forAccounts(accounts), this.#all()]);
    return this.#deps.merged.withOthers(own, requestors);
  }

  /** The one that a push of these accounts meets; under the issuer's other ranges only to tell why it is not there. */
  async forPush(id: string, accounts: readonly FundingAccount[]): Promise<TokenRequestor | null> {
    const own = (await this.forAccounts(accounts)).find((requestor) => requestor.id === id);
    return own ?? this.#underAll(id);
  }

  /** Looked for under all of the issuer's ranges; null when under none. */
  byId(id: string): Promise<TokenRequestor | null> {
    return this.#underAll(id);
  }

  /** The same, first among what is known already: nobody is asked for one that a push has just gone to. */
  async knownById(id: string): Promise<TokenRequestor | null> {
    const { byId } = await this.#deps.issuerWide.view();
    return byId.get(id) ?? this.#underAll(id);
  }

  #all(): Promise<IssuerWideView> {
    this.#issuers ??= this.#loadAll();
    return this.#issuers;
  }

  async #loadAll(): Promise<IssuerWideView> {
    const { issuerWide, load } = this.#deps;
    const unsure = issuerWide.unsure();
    if (unsure.length > 0) await load(unsure);
    return issuerWide.view();
  }

  /** @throws what made a range fail, likewise */
  async #underAll(id: string): Promise<TokenRequestor | null> {
    const { byId, failure } = await this.#all();
    const found = byId.get(id);
    if (found === undefined && failure !== null) throw failure;
    return found ?? null;
  }
}

function required(answer: RangeEntry | Error): RangeEntry {
  if (answer instanceof Error) throw answer;
  return answer;
}
