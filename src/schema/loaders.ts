/** The loaders of one request: what its fields ask for in one tick is asked for together, and never by another request. */
import DataLoader from 'dataloader';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { RangeEntry } from '../catalogue/catalogue-entries.js';
import type { CatalogueStatus } from '../catalogue/catalogue-status.js';
import type { IssuerRanges } from '../catalogue/issuer-ranges.js';
import type { IssuerWideView } from '../catalogue/issuer-wide.js';
import { RequestorFinder } from '../catalogue/requestor-finder.js';
import type { AccountRange } from '../domain/account-range.js';
import { type Answers, asError } from '../domain/answers.js';
import type { Asset } from '../domain/asset.js';
import type { AccountHolderData, FundingAccount, JudgedAccountData } from '../domain/funding-account.js';
import { Secret } from '../domain/secret.js';
import type { AccountHolderDataItem, TokenRequestor } from '../domain/token-requestor.js';
import { UpstreamCalls } from '../domain/upstream-calls.js';
import type { Logger } from '../observability/logger.js';
import { asUnavailable } from '../push/unavailable.js';
import type { AskedCardStore } from '../vault/card-store.js';
import { CountedCardStore } from '../vault/counted-card-store.js';
import { AnswerBasis } from './answer-basis.js';
import { type AccountDataLoader, createAccountDataLoader } from './funding-account/account-data-loader.js';

interface LoaderDeps {
  readonly catalogue: Catalogue;
  readonly issuerRanges: IssuerRanges;
  readonly cardStore: AskedCardStore;
  /** Of the request. */
  readonly calls?: UpstreamCalls;
  /** Made for the request when it has something to say. */
  readonly log: () => Logger;
}

export class Loaders {
  /** Whether the document asks what each requestor is enabled for: all ranges are then loaded with the first. */
  needsAllRanges = false;
  /** What has been loaded. */
  readonly basis = new AnswerBasis();
  readonly #deps: LoaderDeps;
  readonly #accountHolder: string;
  readonly #cardStore: CountedCardStore;
  #finder: RequestorFinder | undefined;
  #rangeLoader: DataLoader<AccountRange, RangeEntry> | undefined;
  #assets: DataLoader<string, Asset | null> | undefined;
  #accountData: AccountDataLoader | undefined;
  #accounts: Promise<readonly FundingAccount[]> | undefined;
  #allRanges: Promise<IssuerWideView> | undefined;

  constructor(deps: LoaderDeps, accountHolder: string) {
    this.#deps = deps;
    this.#cardStore = new CountedCardStore(deps.cardStore, deps.calls ?? new UpstreamCalls());
    this.#accountHolder = accountHolder;
    this.basis.logoChanges = deps.catalogue.logoChanges;
  }

  /** Over the account ranges as this request loads them. */
  get requestors(): RequestorFinder {
    this.#finder ??= this.#createFinder();
    return this.#finder;
  }

  /** The account holder's cards and accounts, asked for once per request. */
  fundingAccounts(): Promise<readonly FundingAccount[]> {
    this.#accounts ??= this.#loadAccounts().catch(unavailable);
    return this.#accounts;
  }

  /** All of the issuer's ranges that it is enabled for, as far as they are known. */
  async enabledRanges({ id, enabledAccountRanges }: TokenRequestor): Promise<readonly AccountRange[]> {
    const { byId, edition } = await this.#loadAllRanges();
    this.basis.ofRanges ??= edition.ofRanges;
    // One that has just gone from the catalogue is shown once more as it was found.
    return byId.get(id)?.enabledAccountRanges ?? enabledAccountRanges;
  }

  /** What the card store says of it, without its number; null when it does not know it. */
  accountData(accountId: string, items: readonly AccountHolderDataItem[]): Promise<JudgedAccountData | null> {
    this.basis.hasMore = true;
    this.#accountData ??= createAccountDataLoader(this.#cardStore, this.#accountHolder);
    return this.#accountData.load({ accountId, items }).catch(unavailable);
  }

  /** As a push would send it; nothing of an account that the card store does not know. */
  async accountHolderData(
    accountId: string,
    items: readonly AccountHolderDataItem[],
  ): Promise<Secret<AccountHolderData>> {
    // The store hands out the number with it: it is not asked for nothing.
    if (items.length === 0) return new Secret({});
    return (await this.accountData(accountId, items))?.holder ?? new Secret({});
  }

  /** null: there is none of that id. */
  async asset(id: string): Promise<Asset | null> {
    this.#assets ??= new DataLoader((ids) => this.#deps.catalogue.assets(ids, this.#deps.calls));
    const asset = await this.#assets.load(id).catch(unavailable);
    // What stands behind an id never changes, but there may be something one day where there is nothing yet.
    if (asset === null || asset.mediaContents.length === 0) this.basis.hasMore = true;
    return asset;
  }

  /** Of the catalogue; the same for the whole request. */
  catalogueStatus(): CatalogueStatus {
    this.basis.status ??= this.#deps.catalogue.status();
    return this.basis.status;
  }

  /** Whether a logo has a form, without asking anybody. */
  mayHaveLogo(id: string, type: string): boolean {
    return this.#deps.catalogue.mayHaveLogo(id, type);
  }

  #createFinder(): RequestorFinder {
    const { catalogue, issuerRanges, log: logOfRequest } = this.#deps;
    return new RequestorFinder({
      issuerRanges,
      load: (ranges) => this.#load(ranges),
      merged: catalogue.merged,
      issuerWide: {
        unsure: (options) => catalogue.unsure(options),
        view: async () => {
          const { failure, ...view } = await catalogue.view();
          this.basis.ofAll ??= view.edition.ofAll;
          // What is missing may be had the next time.
          if (failure !== null) this.basis.hasMore = true;
          return { ...view, failure: failure === null ? null : asError(asUnavailable(failure)) };
        },
      },
      onStranger: ({ id }) => {
        this.basis.hasMore = true;
        const log = logOfRequest();
        log.warn({ fundingAccountId: id }, "a funding account lies outside the issuer's account ranges");
      },
    });
  }

  get #ranges(): DataLoader<AccountRange, RangeEntry> {
    this.#rangeLoader ??= new DataLoader(
      (ranges) => this.#deps.catalogue.entriesFor(ranges, this.#deps.calls),
      {
        batchScheduleFn: (load) => this.#whenAllHaveAsked(load),
      },
    );
    return this.#rangeLoader;
  }

  async #loadAccounts(): Promise<readonly FundingAccount[]> {
    const accounts = await this.#cardStore.fundingAccounts(this.#accountHolder);
    this.basis.accounts = accounts;
    return accounts;
  }

  /** One that failed is an Error that can go out. */
  async #load(ranges: readonly AccountRange[]): Promise<Answers<RangeEntry>> {
    if (this.needsAllRanges && ranges.length > 0) this.#loadAllRanges().catch(() => undefined);
    const { entries } = this.basis;
    const answers = this.#deps.catalogue.atHand(ranges) ?? (await this.#ranges.loadMany(ranges));
    return answers.map((answer, index) => {
      if (answer instanceof Error) return asError(asUnavailable(answer));
      const range = ranges[index];
      // What one field has seen, all others of the request see.
      const first = range === undefined ? undefined : entries.get(range);
      if (range !== undefined && first === undefined) entries.set(range, answer);
      return first ?? answer;
    });
  }

  /** Once per request. What has just failed is not waited for again: nothing but the list of ranges depends on it. */
  #loadAllRanges(): Promise<IssuerWideView> {
    this.#allRanges ??= this.#viewAllRanges();
    return this.#allRanges;
  }

  async #viewAllRanges(): Promise<IssuerWideView> {
    const { catalogue } = this.#deps;
    await this.#ranges.loadMany(catalogue.unsure({ failed: false }));
    return catalogue.view();
  }

  /**
   * Fields that name their ranges wait for those that have to ask the card store first: their answer would wait for
   * it anyhow, and so the whole document is one read of the cache, and one round of calls to MDES.
   */
  #whenAllHaveAsked(load: () => void): void {
    afterPromises(async () => {
      await this.#accounts?.catch(() => undefined);
      afterPromises(load);
    });
  }
}

function unavailable(error: unknown): never {
  throw asUnavailable(error);
}

/** When whatever could go on has gone on, as DataLoader itself waits. */
function afterPromises(work: () => unknown): void {
  void Promise.resolve().then(() => process.nextTick(work));
}
