/** An issuer on paper: what its requestors and its card store say, and what eligibility and pushCard make of it. */
import type { Cache } from '../../src/catalogue/cache/cache.js';
import { Catalogue } from '../../src/catalogue/catalogue.js';
import { IssuerRanges } from '../../src/catalogue/issuer-ranges.js';
import type { AccountRange } from '../../src/domain/account-range.js';
import type { FundingAccount, FundingAccountData } from '../../src/domain/funding-account.js';
import { type TokenRequestor } from '../../src/domain/token-requestor.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { MdesError } from '../../src/mdes/mdes-error.js';
import type { PushInput } from '../../src/push/push-input.js';
import type { RefusalCode } from '../../src/push/refusals/refusal.js';
import { checkPush } from '../../src/push/rules/check-push.js';
import { type Eligibility, judgeEligibility } from '../../src/push/rules/eligibility.js';
import type { PushOptions } from '../../src/push/rules/rules.js';
import { LONE_LEASE } from '../../src/resilience/lease.js';
import { Loaders } from '../../src/schema/loaders.js';
import { type CardStore } from '../../src/vault/card-store.js';
import {
  fundingAccountDataAnswer,
  fundingAccountsAnswer,
  toFundingAccount,
  toFundingAccountData,
} from '../../src/vault/card-store-answers.js';
import { detailed, listed, type OwnAccount } from '../support/issuer/own-card-store.js';
import { range, recordingLogger } from '../support/mdes/mdes-fixtures.js';
import {
  DISABLED_RANGE,
  ENABLED_RANGE,
  type Flags,
  TABLE_ACCOUNTS,
} from '../support/push/requestor-table.js';

export const NOW = Date.parse('2026-11-25T12:00:00Z');
export const ENABLED = range(ENABLED_RANGE);
export const DISABLED = range(DISABLED_RANGE);
export const ALL_ITEMS = ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'] as const;

/** A card store of these accounts, by the reader of the real one; it remembers whose data was asked for. */
class FakeCardStore implements CardStore {
  readonly asked: string[] = [];
  trouble: Error | undefined;
  readonly #listed: readonly FundingAccount[];
  readonly #detailed = new Map<string, FundingAccountData>();

  constructor(readonly accounts: readonly OwnAccount[]) {
    const answer = fundingAccountsAnswer.parse({ fundingAccounts: accounts.map((one) => listed(one)) });
    this.#listed = answer.fundingAccounts.map(toFundingAccount);
  }

  async fundingAccounts(): Promise<readonly FundingAccount[]> {
    return this.#listed;
  }

  async fundingAccountData(_holder: string, ids: readonly string[], items: PushOptions['accountHolderData']) {
    this.asked.push(...ids);
    if (this.trouble !== undefined) throw this.trouble;
    const wanted = this.accounts.filter(({ id }) => ids.includes(id));
    return new Map(wanted.map((account) => [account.id, this.#dataOf(account, items)]));
  }

  async judgedAccountData(
    holder: string,
    ids: readonly string[],
    itemSets: readonly PushOptions['accountHolderData'][],
  ) {
    const each = await Promise.all(itemSets.map((items) => this.fundingAccountData(holder, ids, items)));
    return new Map(
      ids
        .map((id) => [id, each.flatMap((known) => known.get(id) ?? [])] as const)
        .filter(([, { length }]) => length > 0),
    );
  }

  #dataOf(account: OwnAccount, items: PushOptions['accountHolderData']): FundingAccountData {
    const key = [account.id, ...items].join();
    const known = this.#detailed.get(key);
    if (known !== undefined) return known;
    const answer = fundingAccountDataAnswer.parse({ fundingAccounts: [detailed(account, items)] });
    const [data] = answer.fundingAccounts.map((one) => toFundingAccountData(one, items).data);
    if (data === undefined) throw new Error('no data');
    this.#detailed.set(key, data);
    return data;
  }

  async close(): Promise<void> {}
}

/** The requestors of each range, as MDES would say now; a range of null fails. */
export type Said = Map<AccountRange, readonly Flags[] | null>;

function mdesSaying(said: Said): MdesClient {
  const never = () => Promise.reject(new Error('nobody asks for this'));
  return {
    async getEligibleTokenRequestors(ranges) {
      if (ranges.some((one) => said.get(one) === null)) throw new MdesError('UNAVAILABLE', 'away');
      return ranges.flatMap((one) =>
        (said.get(one) ?? []).map((flags): TokenRequestor => ({ ...flags, enabledAccountRanges: [one] })),
      );
    },
    getAsset: never,
    pushMultipleAccounts: never,
    state: () => 'ready',
    close: async () => {},
  };
}

/** Forgets nothing and costs nothing. */
function memoryCache(): Cache {
  const rows = new Map<string, unknown>();
  return {
    getMany: async (keys) => keys.map((key) => rows.get(key)),
    holds: () => false,
    setMany(entries) {
      for (const { key, value } of entries) rows.set(key, value);
    },
    recheckMs: Number.POSITIVE_INFINITY,
    settled: async () => {},
    lease: () => LONE_LEASE,
    state: () => 'memory',
    close: async () => {},
  };
}

export interface Scene {
  readonly cardStore: FakeCardStore;
  readonly catalogue: Catalogue;
  readonly clock: { now(): number };
  wait(ms: number): void;
  accounts(): Promise<readonly FundingAccount[]>;
  eligibility(account: FundingAccount, options: PushOptions): Promise<Eligibility[]>;
  check(
    tokenRequestorId: string,
    accounts: readonly FundingAccount[],
    options: PushOptions,
  ): ReturnType<typeof checkPush>;
}

export async function scene(
  said: Said,
  accounts: readonly OwnAccount[] = TABLE_ACCOUNTS,
  ranges: readonly AccountRange[] = [ENABLED, DISABLED],
): Promise<Scene> {
  let now = NOW;
  const clock = { now: () => now };
  const { log } = recordingLogger();
  const cardStore = new FakeCardStore(accounts);
  const issuerRanges = new IssuerRanges(ranges);
  const ages = { soft: 3_600_000, hard: 86_400_000 };
  const catalogue = new Catalogue(
    {
      mdes: mdesSaying(said),
      cache: memoryCache(),
      clock,
      issuerRanges,
      log,
    },
    { ages, warm: false },
  );
  const parts = { cardStore, catalogue, issuerRanges, callbackRules: () => [], clock };
  return {
    cardStore,
    catalogue,
    clock,
    wait: (ms) => {
      now += ms;
    },
    accounts: () => cardStore.fundingAccounts(),
    eligibility: (account, options) => {
      const loaders = new Loaders({ ...parts, log: () => log }, 'susan');
      return judgeEligibility(account, options, {
        tokenRequestors: () => loaders.requestors.metBy([account]),
        accountData: () => loaders.accountData(account.id, options.accountHolderData),
        now: clock.now,
      });
    },
    check: (tokenRequestorId, some, options) => {
      const input: PushInput = {
        idempotencyKey: 'key',
        tokenRequestorId,
        fundingAccountIds: some.map(({ id }) => id),
        callbackUrl: null,
        locale: null,
        pushAccountReceiptsValidityPeriod: 15,
        ...options,
      };
      return checkPush(parts, 'susan', input);
    },
  };
}

/** The rules in words of the documents, written a second time: in the order in which a push tells them. */
export function expected(accountId: string, flags: Flags, options: PushOptions): RefusalCode | null {
  const methods = flags.supportedPushMethods;
  const reached = options.platform === null ? methods.length > 0 : methods.includes(options.platform);
  const wantsEmail = options.accountHolderData.includes('EMAIL_ADDRESS');
  if (accountId === 'suspended' || accountId === 'closed') return 'FUNDING_ACCOUNT_NOT_ACTIVE';
  if (accountId === 'not-enabled' || accountId === 'elsewhere') return 'ACCOUNT_RANGE_NOT_ENABLED';
  if (options.requestIssuerInitiatedDigitizationData) {
    if (!flags.supportsIssuerInitiatedDigitizationData) return 'DIGITIZATION_DATA_NOT_SUPPORTED';
  }
  for (const item of options.accountHolderData) {
    if (!flags.supportedAccountHolderData.includes(item)) return 'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED';
  }
  if (!options.requestIssuerInitiatedDigitizationData && !reached && !methods.includes('WEB')) {
    return 'PLATFORM_NOT_SUPPORTED';
  }
  if (accountId.startsWith('expired')) return 'FUNDING_ACCOUNT_EXPIRED';
  if (accountId === 'without-email' && wantsEmail) return 'ACCOUNT_HOLDER_DATA_MISSING';
  return null;
}

export const PLAIN: PushOptions = {
  platform: null,
  requestIssuerInitiatedDigitizationData: false,
  accountHolderData: [],
};
