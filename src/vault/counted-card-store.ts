/** The card store as one operation asks it: each question is counted. */
import type { UpstreamCalls } from '../domain/upstream-calls.js';
import type { AskedCardStore, CardStore } from './card-store.js';

export class CountedCardStore implements AskedCardStore {
  readonly #store: AskedCardStore;
  readonly #calls: UpstreamCalls;

  constructor(store: AskedCardStore, calls: UpstreamCalls) {
    this.#store = store;
    this.#calls = calls;
  }

  fundingAccounts(...question: Parameters<CardStore['fundingAccounts']>) {
    return this.#counted().fundingAccounts(...question);
  }

  fundingAccountData(...question: Parameters<CardStore['fundingAccountData']>) {
    return this.#counted().fundingAccountData(...question);
  }

  judgedAccountData(...question: Parameters<CardStore['judgedAccountData']>) {
    return this.#counted().judgedAccountData(...question);
  }

  #counted(): AskedCardStore {
    this.#calls.cardStore += 1;
    return this.#store;
  }
}
