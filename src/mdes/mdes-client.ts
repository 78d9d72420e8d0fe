/** The three operations of MDES Token Connect, in the gateway's own words: what the layers above know of MDES. */
import type { AccountRange } from '../domain/account-range.js';
import type { Asset } from '../domain/asset.js';
import type { FundingAccountData } from '../domain/funding-account.js';
import type { Secret } from '../domain/secret.js';
import type { Platform, TokenRequestor } from '../domain/token-requestor.js';
import type { MdesReason } from './mdes-error.js';

/** How many account ranges MDES takes in one call. */
export const ACCOUNT_RANGES_PER_CALL = 25;

export interface AccountToPush {
  /** Ours, 1 to 36 characters, unique within the push; never derived from the account number. */
  readonly pushAccountId: string;
  readonly data: FundingAccountData;
}

export interface PushRequest {
  /** 1 to 64 characters; the gateway uses the push id, so that a push can be found at MDES. */
  readonly requestId: string;
  readonly tokenRequestorId: string;
  readonly accounts: readonly AccountToPush[];
  readonly requestIssuerInitiatedDigitizationData: boolean;
  /** Minutes, 5 to 15. */
  readonly pushAccountReceiptsValidityPeriod: number;
  /** Whether holder data goes along with at least one account. */
  readonly accountHolderDataSupplied: boolean;
  readonly callbackUrl: string | null;
  readonly locale: string | null;
}

export interface PushedAccount {
  readonly pushAccountId: string;
  readonly pushAccountReceipt: Secret<string>;
  readonly issuerInitiatedDigitizationData: Secret<string> | null;
}

export interface RefusedAccount {
  readonly pushAccountId: string;
  readonly reason: MdesReason;
}

/** A URL that hands the account holder over to the token requestor; it holds the receipts. */
export interface HandOff {
  readonly platform: Platform;
  readonly url: Secret<string>;
}

export interface PushAnswer {
  /** One entry per account of the request, in the request's order. */
  readonly accounts: readonly (PushedAccount | RefusedAccount)[];
  /** Empty when digitization data was asked for, or when no account was pushed. */
  readonly handOffs: readonly HandOff[];
}

/** How reads fare just now; pushes are sent whatever it says. */
export type MdesState = 'ready' | 'unavailable' | 'unauthorized';

export interface MdesClient {
  /**
   * The token requestors that are enabled for at least one of the ranges. Each carries in `enabledAccountRanges`
   * only ranges that were asked for. A range that MDES does not know is in none of them.
   * @param ranges 1 to 25 (`ACCOUNT_RANGES_PER_CALL`)
   * @throws MdesError
   */
  getEligibleTokenRequestors(ranges: readonly AccountRange[]): Promise<readonly TokenRequestor[]>;

  /**
   * A logo; null when MDES has none of that id.
   * @throws MdesError
   */
  getAsset(assetId: string): Promise<Asset | null>;

  /**
   * Sends one push, exactly one HTTP request, never repeated.
   * @throws MdesError whose kind tells what became of the push: see `MdesErrorKind`
   */
  pushMultipleAccounts(request: PushRequest): Promise<PushAnswer>;

  state(): MdesState;

  close(): Promise<void>;
}
