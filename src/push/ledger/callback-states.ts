/** What a callback of a push has to carry, to show that the link was made by us. */
import { timingSafeEqual } from 'node:crypto';
import type { LedgerKeys } from './ledger-keys.js';

const LENGTH = 22;

export class CallbackStates {
  readonly #keys: LedgerKeys;

  constructor(keys: LedgerKeys) {
    this.#keys = keys;
  }

  /** With the key that writes. */
  of(pushId: string): string {
    return this.#keys.writing.hash('state', pushId).slice(0, LENGTH);
  }

  /** Whichever key it was made with. */
  isOf(pushId: string, state: string): boolean {
    const given = Buffer.from(state);
    return this.#keys.all.some((key) => {
      const own = Buffer.from(key.hash('state', pushId).slice(0, LENGTH));
      return own.length === given.length && timingSafeEqual(own, given);
    });
  }
}
