/** The rules of Token Connect that can be checked before MDES is asked; a push and its forecast go by the same ones. */
import {
  type CardExpiry,
  type FundingAccount,
  type JudgedAccountData,
  missingHolderItems,
} from '../../domain/funding-account.js';
import { hasPushMethodFor, type TokenRequestor, takesSeveralAccounts } from '../../domain/token-requestor.js';
import { CardStoreError } from '../../vault/card-store.js';
import type { PushInput } from '../push-input.js';
import { type Refusal, refuse } from '../refusals/refusal.js';

/** MDES hands out at most five receipts at once. */
export const MAX_ACCOUNTS_PER_PUSH = 5;

/** What of a push is judged beside its accounts and its requestor. */
export type PushOptions = Pick<
  PushInput,
  'platform' | 'requestIssuerInitiatedDigitizationData' | 'accountHolderData'
>;

/** How many accounts it takes in one push. */
export function mostAccounts(requestor: TokenRequestor): number {
  return takesSeveralAccounts(requestor) ? MAX_ACCOUNTS_PER_PUSH : 1;
}

/** What can be told without the card store's data, which comes with the number; null when all of it fits. */
export function refuseBeforeData(
  options: PushOptions,
  accounts: readonly FundingAccount[],
  requestor: TokenRequestor,
  now: number,
): Refusal | null {
  return (
    refuseByStatus(accounts) ??
    refuseByRange(accounts, requestor) ??
    refuseByCapability(options, accounts.length, requestor) ??
    refuseByListedExpiry(accounts, now)
  );
}

/** Whether something about it can only be told by its data. */
export function needsData(options: PushOptions, account: FundingAccount, now: number): boolean {
  if (refuseByStatus([account]) !== null || refuseByListedExpiry([account], now) !== null) return false;
  return options.accountHolderData.length > 0 || (account.kind === 'CARD' && account.expiry === undefined);
}

/** The state of the accounts at the issuer, whatever the requestor. */
function refuseByStatus(accounts: readonly FundingAccount[]): Refusal | null {
  const inactive = accounts.filter(({ status }) => status !== 'ACTIVE');
  return inactive.length > 0 ? refuse('FUNDING_ACCOUNT_NOT_ACTIVE', ids(inactive)) : null;
}

/** Where the card store tells the expiry without the number. */
function refuseByListedExpiry(accounts: readonly FundingAccount[], now: number): Refusal | null {
  const over = accounts.filter(({ expiry }) => hasExpired(expiry, now));
  return over.length > 0 ? refuse('FUNDING_ACCOUNT_EXPIRED', ids(over)) : null;
}

function refuseByRange(accounts: readonly FundingAccount[], requestor: TokenRequestor): Refusal | null {
  const elsewhere = accounts.filter(
    ({ accountRange }) => !requestor.enabledAccountRanges.includes(accountRange),
  );
  return elsewhere.length > 0 ? refuse('ACCOUNT_RANGE_NOT_ENABLED', ids(elsewhere)) : null;
}

/** What the requestor can do against what is asked for. */
function refuseByCapability(
  options: PushOptions,
  accountCount: number,
  requestor: TokenRequestor,
): Refusal | null {
  if (accountCount > mostAccounts(requestor)) return refuse('MULTIPLE_ACCOUNTS_NOT_SUPPORTED');
  if (options.requestIssuerInitiatedDigitizationData && !requestor.supportsIssuerInitiatedDigitizationData) {
    return refuse('DIGITIZATION_DATA_NOT_SUPPORTED');
  }
  if (options.accountHolderData.some((item) => !requestor.supportedAccountHolderData.includes(item))) {
    return refuse('ACCOUNT_HOLDER_DATA_NOT_SUPPORTED');
  }
  return isReachable(options, requestor) ? null : refuse('PLATFORM_NOT_SUPPORTED');
}

/** With digitization data nobody is redirected, so no platform is asked for. */
function isReachable(options: PushOptions, requestor: TokenRequestor): boolean {
  if (options.requestIssuerInitiatedDigitizationData) return true;
  if (options.platform === null) return requestor.supportedPushMethods.length > 0;
  return hasPushMethodFor(requestor, options.platform);
}

/**
 * What only the data of the accounts shows, whatever the requestor.
 * @throws CardStoreError when the data is of another kind than the account
 */
export function refuseByData(
  options: PushOptions,
  accounts: readonly FundingAccount[],
  data: ReadonlyMap<string, JudgedAccountData>,
  now: number,
): Refusal | null {
  const absent = accounts.filter(({ id }) => !data.has(id));
  if (absent.length > 0) return refuse('FUNDING_ACCOUNT_NOT_FOUND', ids(absent));
  const known = accounts.flatMap((account) => {
    const its = data.get(account.id);
    return its === undefined ? [] : [{ ...account, data: its }];
  });
  if (known.some(({ kind, data: { account } }) => account.kind !== kind)) {
    throw new CardStoreError('the data is of another kind than the account');
  }
  const over = known.filter(
    ({ data: { account } }) => account.kind === 'CARD' && hasExpired(account.card.expiry, now),
  );
  if (over.length > 0) return refuse('FUNDING_ACCOUNT_EXPIRED', ids(over));
  const without = known.filter(
    (one) => missingHolderItems(one.data.holder.reveal(), options.accountHolderData).length > 0,
  );
  return without.length > 0 ? refuse('ACCOUNT_HOLDER_DATA_MISSING', ids(without)) : null;
}

/** A card is good to the end of the month that is printed on it. */
function hasExpired(expiry: CardExpiry | null | undefined, now: number): boolean {
  if (expiry == null) return false;
  const { month, year } = expiry.reveal();
  return Date.UTC(2000 + Number(year), Number(month), 1) <= now;
}

function ids(accounts: readonly Pick<FundingAccount, 'id'>[]): string[] {
  return accounts.map(({ id }) => id);
}
