/** The account ranges that this gateway's issuer owns; no other range is ever asked for at MDES. */
import type { AccountRange } from '../domain/account-range.js';
import { badUserInput } from '../domain/gateway-error.js';

/** More in one field is refused. */
const MAX_RANGES_PER_FIELD = 100;

export class IssuerRanges {
  readonly #ranges: ReadonlySet<AccountRange>;

  constructor(readonly all: readonly AccountRange[]) {
    this.#ranges = new Set(all);
  }

  owns(range: AccountRange): boolean {
    return this.#ranges.has(range);
  }

  /** @throws GatewayError BAD_USER_INPUT when a caller names too many ranges, or one that is not the issuer's */
  requireOwn(ranges: readonly AccountRange[]): void {
    if (ranges.length > MAX_RANGES_PER_FIELD) {
      throw badUserInput(`accountRanges takes at most ${MAX_RANGES_PER_FIELD} account ranges in one field.`);
    }
    const position = ranges.findIndex((range) => !this.owns(range));
    if (position >= 0) {
      throw badUserInput(
        `accountRanges[${position}] is not the start of one of this issuer's account ranges. ` +
          'Leave accountRanges out to use those of the signed-in account holder.',
      );
    }
  }
}
