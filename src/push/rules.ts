/** The rules of Token Connect that can be checked before MDES is asked. */
import type { FundingAccount, FundingAccountData } from '../domain/funding-account.js';
import { missingHolderItems } from '../domain/funding-account.js';
import { hasPushMethodFor, type TokenRequestor, takesSeveralAccounts } from '../domain/token-requestor.js';
import type { PushInput } from './push-input.js';
import { type Refusal, refusal } from './refusal.js';

/** MDES hands over at most five receipts at once. */
export const MAX_ACCOUNTS_PER_PUSH = 5;

/** What the requestor can do against what is asked for; null when all of it fits. */
export function refuseByCapability(input: PushInput, requestor: TokenRequestor): Refusal | null {
  if (input.fundingAccountIds.length > 1 && !takesSeveralAccounts(requestor)) {
    return refusal('MULTIPLE_ACCOUNTS_NOT_SUPPORTED');
  }
  if (input.requestIssuerInitiatedDigitizationData && !requestor.supportsIssuerInitiatedDigitizationData) {
    return refusal('DIGITIZATION_DATA_NOT_SUPPORTED');
  }
  if (input.accountHolderData.some((item) => !requestor.supportedAccountHolderData.includes(item))) {
    return refusal('ACCOUNT_HOLDER_DATA_NOT_SUPPORTED');
  }
  return isReachable(input, requestor) ? null : refusal('PLATFORM_NOT_SUPPORTED');
}

/** With digitization data nobody is redirected, so no platform is asked for. */
function isReachable(input: PushInput, requestor: TokenRequestor): boolean {
  if (input.requestIssuerInitiatedDigitizationData) return true;
  if (input.platform === null) return requestor.supportedPushMethods.length > 0;
  return hasPushMethodFor(requestor, input.platform);
}

/** The state of the accounts at the issuer and at the requestor. */
export function refuseByAccount(
  accounts: readonly FundingAccount[],
  requestor: TokenRequestor,
): Refusal | null {
  const inactive = accounts.filter(({ status }) => status !== 'ACTIVE');
  if (inactive.length > 0) return refusal('FUNDING_ACCOUNT_NOT_ACTIVE', ids(inactive));
  const elsewhere = accounts.filter(
    ({ accountRange }) => !requestor.enabledAccountRanges.includes(accountRange),
  );
  return elsewhere.length > 0 ? refusal('ACCOUNT_RANGE_NOT_ENABLED', ids(elsewhere)) : null;
}

/** What only the full data of the accounts shows. */
export function refuseByData(
  input: PushInput,
  data: ReadonlyMap<string, FundingAccountData>,
  now: number,
): Refusal | null {
  const absent = input.fundingAccountIds.filter((id) => !data.has(id));
  if (absent.length > 0) return refusal('FUNDING_ACCOUNT_NOT_FOUND', absent);
  const over = [...data].filter(([, account]) => hasExpired(account, now)).map(([id]) => id);
  if (over.length > 0) return refusal('FUNDING_ACCOUNT_EXPIRED', over);
  const without = [...data]
    .filter(([, { holder }]) => missingHolderItems(holder.reveal(), input.accountHolderData).length > 0)
    .map(([id]) => id);
  return without.length > 0 ? refusal('ACCOUNT_HOLDER_DATA_MISSING', without) : null;
}

/** A card is good to the end of the month that is printed on it. */
function hasExpired({ account }: FundingAccountData, now: number): boolean {
  if (account.kind !== 'CARD' || account.card.expiry === null) return false;
  const { month, year } = account.card.expiry.reveal();
  return Date.UTC(2000 + Number(year), Number(month), 1) <= now;
}

function ids(accounts: readonly FundingAccount[]): string[] {
  return accounts.map(({ id }) => id);
}
