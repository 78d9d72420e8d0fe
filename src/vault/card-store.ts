/** The issuer's card store as the gateway knows it: account reference in, account data out. */
import type { FundingAccount, FundingAccountData, JudgedAccountData } from '../domain/funding-account.js';
import type { AccountHolderDataItem } from '../domain/token-requestor.js';

/** Of how many accounts the full data is handed out by one request. */
export const MOST_ACCOUNTS_AT_ONCE = 5;

export interface CardStore {
  /**
   * The account holder's cards and financial accounts, without any account number; empty for an unknown holder.
   * @param accountHolder the `sub` of the access token
   * @throws CardStoreError
   */
  fundingAccounts(accountHolder: string): Promise<readonly FundingAccount[]>;

  /**
   * The full data of some accounts of that holder, by account id; an id that is not the holder's is left out.
   * Holder data comes as it will be sent: what cannot be brought into MDES's form is not there.
   * @param ids at most MOST_ACCOUNTS_AT_ONCE
   * @param items the only holder data that is asked for
   * @throws CardStoreError
   */
  fundingAccountData(
    accountHolder: string,
    ids: readonly string[],
    items: readonly AccountHolderDataItem[],
  ): Promise<ReadonlyMap<string, FundingAccountData>>;

  /**
   * The same in one exchange for several sets of items, and without any number: of each account what a push would find
   * with each set, in the order of the sets.
   * @param ids at most MOST_ACCOUNTS_AT_ONCE
   * @throws CardStoreError
   */
  judgedAccountData(
    accountHolder: string,
    ids: readonly string[],
    itemSets: readonly (readonly AccountHolderDataItem[])[],
  ): Promise<ReadonlyMap<string, readonly JudgedAccountData[]>>;

  close(): Promise<void>;
}

/** As whoever did not make it has it. */
export type AskedCardStore = Omit<CardStore, 'close'>;

/** The card store did not answer, or not as its contract says. The message is for the log and holds no account data. */
export class CardStoreError extends Error {
  override readonly name = 'CardStoreError';
}
