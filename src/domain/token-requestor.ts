/** A wallet or merchant that a card can be pushed to, as the gateway knows it. */
import type { AccountRange } from './account-range.js';

/** Where the account holder is when the push is handed off; MDES calls these push methods. */
export const PLATFORMS = ['ANDROID', 'IOS', 'WEB'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const ACCOUNT_HOLDER_DATA_ITEMS = ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'] as const;
export type AccountHolderDataItem = (typeof ACCOUNT_HOLDER_DATA_ITEMS)[number];

export const TOKEN_REQUESTOR_TYPES = ['WALLET', 'MERCHANT'] as const;
export type TokenRequestorType = (typeof TOKEN_REQUESTOR_TYPES)[number];

/** Field for field what MDES says, in domain types; unknown push methods and holder items are left out. */
export interface TokenRequestor {
  /** 11 digits. */
  readonly id: string;
  readonly name: string;
  readonly consumerFacingEntityName: string;
  readonly type: TokenRequestorType;
  readonly walletId: string | null;
  readonly imageAssetId: string | null;
  readonly enabledAccountRanges: readonly AccountRange[];
  readonly supportedPushMethods: readonly Platform[];
  readonly supportsMultiplePushedCards: boolean;
  readonly supportedAccountHolderData: readonly AccountHolderDataItem[];
  readonly supportsCardHolderAuthentication: boolean;
  readonly supportsIssuerInitiatedDigitizationData: boolean;
}

/** One that has the account holder authenticated takes one account at a time, whatever else it says. */
export function takesSeveralAccounts(requestor: TokenRequestor): boolean {
  return requestor.supportsMultiplePushedCards && !requestor.supportsCardHolderAuthentication;
}

/** Whether an account holder can be redirected there; every platform may fall back to the web. */
export function hasPushMethodFor({ supportedPushMethods }: TokenRequestor, platform: Platform): boolean {
  return supportedPushMethods.includes(platform) || supportedPushMethods.includes('WEB');
}

const TOKEN_REQUESTOR_ID = /^\d{11}$/;

export function isTokenRequestorId(text: string): boolean {
  return TOKEN_REQUESTOR_ID.test(text);
}
