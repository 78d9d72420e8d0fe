/** Holder data for one request: accounts that ask for the same items are asked for together. */
import DataLoader from 'dataloader';
import type { AccountHolderData } from '../../domain/funding-account.js';
import { Secret } from '../../domain/secret.js';
import type { AccountHolderDataItem } from '../../domain/token-requestor.js';
import { type CardStore, MOST_ACCOUNTS_AT_ONCE } from '../../vault/card-store.js';

export class HolderDataLoader {
  readonly #cardStore: CardStore;
  readonly #accountHolder: string;
  readonly #byItems = new Map<string, DataLoader<string, Secret<AccountHolderData>>>();

  constructor(cardStore: CardStore, accountHolder: string) {
    this.#cardStore = cardStore;
    this.#accountHolder = accountHolder;
  }

  /** Nothing of an account that the store does not know. @param items in the order of their declaration */
  async load(accountId: string, items: readonly AccountHolderDataItem[]): Promise<Secret<AccountHolderData>> {
    // The store hands out the number with it: it is not asked for nothing.
    if (items.length === 0) return new Secret({});
    const key = items.join();
    const loader = this.#byItems.get(key) ?? this.#loaderOf(items);
    this.#byItems.set(key, loader);
    return loader.load(accountId);
  }

  /** Of the answer only the holder data is kept; the account's number is let go unopened. */
  #loaderOf(items: readonly AccountHolderDataItem[]): DataLoader<string, Secret<AccountHolderData>> {
    return new DataLoader(
      async (ids) => {
        const answer = await this.#cardStore.fundingAccountData(this.#accountHolder, ids, items);
        return ids.map((id) => answer.get(id)?.holder ?? new Secret({}));
      },
      { maxBatchSize: MOST_ACCOUNTS_AT_ONCE },
    );
  }
}
