/** An account holder's card or financial account: the reference that travels, and the sealed data that does not. */
import type { AccountRange } from './account-range.js';
import type { Secret } from './secret.js';
import type { AccountHolderDataItem } from './token-requestor.js';

export const FUNDING_ACCOUNT_KINDS = ['CARD', 'FINANCIAL_ACCOUNT'] as const;
export type FundingAccountKind = (typeof FUNDING_ACCOUNT_KINDS)[number];

export const FUNDING_ACCOUNT_STATUSES = ['ACTIVE', 'SUSPENDED', 'CLOSED'] as const;
export type FundingAccountStatus = (typeof FUNDING_ACCOUNT_STATUSES)[number];

/** Of a card: two digits each. */
export type CardExpiry = Secret<{ readonly month: string; readonly year: string }>;

/** What front ends may see, but for the expiry. `id` is the card store's own reference, never a card number. */
export interface FundingAccount {
  readonly id: string;
  readonly kind: FundingAccountKind;
  readonly label: string;
  readonly lastFour: string;
  readonly status: FundingAccountStatus;
  readonly artUrl: string | null;
  readonly accountRange: AccountRange;
  /** null: it has none; absent: the card store tells it only with the number. */
  readonly expiry?: CardExpiry | null | undefined;
}

interface CardAccountData {
  /** 9 to 19 digits. */
  readonly accountNumber: Secret<string>;
  /** null when the card has no expiry date. */
  readonly expiry: CardExpiry | null;
}

interface FinancialAccountData {
  /** 9 to 64 characters without blanks. */
  readonly financialAccountId: Secret<string>;
  /** 3 to 11 digits (ICA). */
  readonly interbankCardAssociationId: string;
  /** ISO 3166-1 alpha-3. */
  readonly countryCode: string;
}

export interface AccountHolderAddress {
  readonly line1?: string | undefined;
  readonly line2?: string | undefined;
  readonly city?: string | undefined;
  readonly countrySubdivision?: string | undefined;
  readonly postalCode?: string | undefined;
  /** ISO 3166-1 alpha-3. */
  readonly country?: string | undefined;
}

export interface AccountHolderPhoneNumber {
  /** 1 to 4 digits, without plus. */
  readonly countryDialInCode: string;
  /** 1 to 20 digits. */
  readonly phoneNumber: string;
}

/** Personal data of the account holder, in MDES's limits; only the items that a push asks for are ever fetched. */
export interface AccountHolderData {
  readonly NAME?: string | undefined;
  readonly ADDRESS?: AccountHolderAddress | undefined;
  readonly EMAIL_ADDRESS?: string | undefined;
  readonly MOBILE_PHONE_NUMBER?: AccountHolderPhoneNumber | undefined;
}

/** What is encrypted for MDES. Lives from the card store's answer to the envelope, no longer. */
export interface FundingAccountData {
  readonly account:
    | { readonly kind: 'CARD'; readonly card: CardAccountData }
    | { readonly kind: 'FINANCIAL_ACCOUNT'; readonly financialAccount: FinancialAccountData };
  readonly holder: Secret<AccountHolderData>;
}

/** What of it the rules look at: never the number. */
export interface JudgedAccountData {
  readonly account:
    | { readonly kind: 'CARD'; readonly card: Pick<CardAccountData, 'expiry'> }
    | { readonly kind: 'FINANCIAL_ACCOUNT' };
  readonly holder: Secret<AccountHolderData>;
}

/** The items of `wanted` that `data` does not hold. */
export function missingHolderItems(
  data: AccountHolderData,
  wanted: readonly AccountHolderDataItem[],
): AccountHolderDataItem[] {
  return wanted.filter((item) => data[item] === undefined);
}
