/** The account ranges that this gateway's issuer owns; no other range is ever asked for at MDES. */
import type { AccountRange } from '../domain/account-range.js';

export class IssuerRanges {
  readonly #ranges: ReadonlySet<AccountRange>;

  constructor(readonly all: readonly AccountRange[]) {
    this.#ranges = new Set(all);
  }

  owns(range: AccountRange): boolean {
    return this.#ranges.has(range);
  }
}
