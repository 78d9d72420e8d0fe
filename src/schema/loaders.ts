/** The loaders of one request: what its fields ask for in one tick is asked for together, and never by another request. */
import DataLoader from 'dataloader';
import type { Catalogue } from '../catalogue/catalogue.js';
import { mergeRanges, type RangeEntry } from '../catalogue/catalogue-entries.js';
import { findRequestor, type LoadRanges, requestorsOf } from '../catalogue/find-requestor.js';
import type { IssuerRanges } from '../catalogue/issuer-ranges.js';
import { takesAll } from '../catalogue/select-requestors.js';
import type { AccountRange } from '../domain/account-range.js';
import type { Asset } from '../domain/asset.js';
import type { AccountHolderData, FundingAccount, JudgedAccountData } from '../domain/funding-account.js';
import { badUserInput } from '../domain/gateway-error.js';
import { Secret } from '../domain/secret.js';
import type { AccountHolderDataItem, TokenRequestor } from '../domain/token-requestor.js';
import type { Logger } from '../observability/logger.js';
import { MAX_ACCOUNTS_PER_PUSH } from '../push/rules.js';
import { asUnavailable } from '../push/unavailable.js';
import type { CardStore } from '../vault/card-store.js';
import { type AccountDataLoader, createAccountDataLoader } from './funding-account/account-data-loader.js';

interface LoaderDeps {
  readonly catalogue: Catalogue;
  readonly issuerRanges: IssuerRanges;
  readonly cardStore: CardStore;
}

export class Loaders {
  readonly #deps: LoaderDeps;
  readonly #accountHolder: string;
  readonly #log: Logger;
  readonly #ranges: DataLoader<AccountRange, RangeEntry>;
  readonly #assets: DataLoader<string, Asset | null>;
  readonly #accountData: AccountDataLoader;
  #accounts: Promise<readonly FundingAccount[]> | undefined;
  #issuersRequestors: Promise<readonly TokenRequestor[]> | undefined;

  constructor(deps: LoaderDeps, accountHolder: string, log: Logger) {
    this.#deps = deps;
    this.#accountHolder = accountHolder;
    this.#log = log;
    this.#ranges = new DataLoader((ranges) => deps.catalogue.entriesFor(ranges), {
      batchScheduleFn: (load) => this.#whenAllHaveAsked(load),
    });
    this.#assets = new DataLoader((ids) => deps.catalogue.assets(ids));
    this.#accountData = createAccountDataLoader(deps.cardStore, accountHolder);
  }

  /** The account holder's cards and accounts, asked for once per request. */
  fundingAccounts(): Promise<readonly FundingAccount[]> {
    this.#accounts ??= this.#deps.cardStore.fundingAccounts(this.#accountHolder).catch(unavailable);
    return this.#accounts;
  }

  /** What the card store says of it, without its number; null when it does not know it. */
  accountData(accountId: string, items: readonly AccountHolderDataItem[]): Promise<JudgedAccountData | null> {
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

  /** Those enabled for at least one of the ranges, each with those that it is enabled for. */
  async tokenRequestors(ranges: readonly AccountRange[]): Promise<readonly TokenRequestor[]> {
    const entries = await Promise.all(ranges.map((range) => this.#ranges.load(range))).catch(unavailable);
    return mergeRanges(ranges, entries);
  }

  /** Those for some accounts of the account holder; an account outside the issuer's ranges has none. */
  tokenRequestorsOf(accounts: readonly FundingAccount[]): Promise<readonly TokenRequestor[]> {
    const { issuerRanges } = this.#deps;
    const strangers = accounts.filter(({ accountRange }) => !issuerRanges.owns(accountRange));
    for (const { id } of strangers) {
      this.#log.warn({ fundingAccountId: id }, "a funding account lies outside the issuer's account ranges");
    }
    const ranges = new Set(accounts.map(({ accountRange }) => accountRange));
    return this.tokenRequestors([...ranges].filter((range) => issuerRanges.owns(range)));
  }

  /**
   * All of the issuer, each as a push of this account would find it: under the account's own range first. What only a
   * range of which nobody knows just now would show is left out, unless that range is the account's own.
   */
  async tokenRequestorsMetBy(account: FundingAccount): Promise<readonly TokenRequestor[]> {
    this.#issuersRequestors ??= this.#listIssuersRequestors();
    const [own, all] = await Promise.all([this.tokenRequestorsOf([account]), this.#issuersRequestors]);
    const found = new Set(own.map(({ id }) => id));
    return [...own, ...all.filter(({ id }) => !found.has(id))];
  }

  /** Those that take all of these accounts of the account holder in one push; for no account there are none. */
  async tokenRequestorsTaking(accountIds: readonly string[]): Promise<readonly TokenRequestor[]> {
    if (accountIds.length > MAX_ACCOUNTS_PER_PUSH) {
      throw badUserInput(`fundingAccountIds takes at most ${MAX_ACCOUNTS_PER_PUSH} ids of fundingAccounts.`);
    }
    if (accountIds.length === 0) return [];
    const owned = new Map((await this.fundingAccounts()).map((account) => [account.id, account]));
    const position = accountIds.findIndex((id) => !owned.has(id));
    if (position >= 0) {
      throw badUserInput(
        `fundingAccountIds[${position}] is no card or account of the signed-in account holder. ` +
          'Take the ids from fundingAccounts.',
      );
    }
    const accounts = [...owned.values()].filter(({ id }) => accountIds.includes(id));
    return (await this.tokenRequestorsOf(accounts)).filter(takesAll(accounts));
  }

  /** Looked for under all of the issuer's ranges, or first under those where it is likely; null when under none. */
  async tokenRequestor(id: string, likely: readonly AccountRange[] = []): Promise<TokenRequestor | null> {
    const load: LoadRanges = (ranges) => this.#ranges.loadMany(ranges);
    const { issuerRanges } = this.#deps;
    try {
      return (await findRequestor(id, likely, load)) ?? (await findRequestor(id, issuerRanges.all, load));
    } catch (error) {
      return unavailable(error);
    }
  }

  /** null: there is none of that id. */
  asset(id: string): Promise<Asset | null> {
    return this.#assets.load(id).catch(unavailable);
  }

  async #listIssuersRequestors(): Promise<readonly TokenRequestor[]> {
    const ranges = this.#deps.issuerRanges.all;
    return requestorsOf(ranges, await this.#ranges.loadMany(ranges));
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
