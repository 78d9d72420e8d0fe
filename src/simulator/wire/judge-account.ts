/** Decides about one account of a push: fit for a receipt, or what is wrong with it. */
import { type AccountProduct, type RangeOf } from '../catalogue/account-ranges.js';
import { type CatalogueEntry, isEnabledFor } from '../catalogue/catalogue-entry.js';
import { magicAccountErrors } from '../catalogue/magic.js';
import { accept, type Parsed, refuse } from './field-rules.js';
import { type FundingAccount, fundingAccount } from './funding-account.js';
import { type WireError, wireError } from './wire-error.js';

interface FitAccount {
  readonly product: AccountProduct;
  readonly lastFour: string;
  /** Epoch milliseconds; the account data must not be used afterwards. */
  readonly validUntil: number | undefined;
}

const DAY_MS = 86_400_000;
const HOLDER_ITEM_OF: Readonly<Record<string, string>> = {
  accountHolderName: 'NAME',
  accountHolderAddress: 'ADDRESS',
  accountHolderEmailAddress: 'EMAIL_ADDRESS',
  accountHolderMobilePhoneNumber: 'MOBILE_PHONE_NUMBER',
};

export function judgeAccount(
  data: unknown,
  requestor: CatalogueEntry,
  rangeOf: RangeOf,
  now: Date,
): Parsed<FitAccount> {
  const parsed = fundingAccount(data, 'fundingAccountData');
  if (!parsed.ok) return parsed;
  const account = parsed.value;
  const errors = [...checkKind(account), ...checkTimes(account, now), ...checkHolderData(account, requestor)];
  if (errors.length > 0) return refuse(...errors);

  const range = rangeOf(account);
  if (range === undefined || !isEnabledFor(requestor, range)) return refuse(wireError.ineligible());
  if (range.needsExpiry === true && account.cardAccountData?.expiryYear === undefined) {
    return refuse(wireError.missingExpiryDate());
  }
  const magic = magicAccountErrors(account.cardAccountData?.accountNumber);
  if (magic !== undefined) return refuse(...magic);
  const { dataValidUntilTimestamp, cardAccountData, financialAccountData } = account;
  const number = cardAccountData?.accountNumber ?? financialAccountData?.financialAccountId ?? '';
  return accept({
    product: range.product,
    lastFour: number.slice(-4),
    validUntil: dataValidUntilTimestamp === undefined ? undefined : Date.parse(dataValidUntilTimestamp),
  });
}

function checkKind({ cardAccountData, financialAccountData }: FundingAccount): WireError[] {
  if (cardAccountData === undefined && financialAccountData === undefined) {
    return [wireError.missing('cardAccountData')];
  }
  if (cardAccountData !== undefined && financialAccountData !== undefined) {
    return [wireError.value('fundingAccountData')];
  }
  const month = cardAccountData?.expiryMonth;
  const year = cardAccountData?.expiryYear;
  if (month === undefined && year !== undefined) return [wireError.missing('expiryMonth')];
  if (month !== undefined && year === undefined) return [wireError.missing('expiryYear')];
  return [];
}

function checkTimes({ cardAccountData, dataValidUntilTimestamp }: FundingAccount, now: Date): WireError[] {
  const { expiryMonth, expiryYear } = cardAccountData ?? {};
  const errors: WireError[] = [];
  if (expiryMonth !== undefined && expiryYear !== undefined) {
    // A card is good to the end of its month: Date.UTC counts months from 0, so this is the first of the next.
    const end = Date.UTC(2000 + Number(expiryYear), Number(expiryMonth));
    if (end <= now.getTime()) errors.push(wireError.value('expiryYear'));
  }
  if (dataValidUntilTimestamp !== undefined) {
    const until = Date.parse(dataValidUntilTimestamp);
    const isFit = until > now.getTime() && until <= now.getTime() + 30 * DAY_MS;
    if (!isFit) errors.push(wireError.value('dataValidUntilTimestamp'));
  }
  return errors;
}

function checkHolderData(account: FundingAccount, requestor: CatalogueEntry): WireError[] {
  return Object.keys(account.accountHolderData ?? {})
    .filter((member) => !requestor.supportedAccountHolderData.includes(HOLDER_ITEM_OF[member] ?? member))
    .map((member) => wireError.value(member));
}
