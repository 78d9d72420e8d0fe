/** Notices when the database has gone back in time: every number in it only grows. */
import { z } from 'zod';
import { UnfitDatabase } from './examine.js';

const progressRow = z.object({
  counter: z.coerce.bigint(),
  accepted: z.number(),
  lacks_key: z.boolean(),
});

export class Progress {
  #number = 0n;
  #counter = 0n;
  #hasGoneBack = false;
  /** How often operators had accepted that while all was well, and when it was found out. */
  #lastAccepted = 0;
  #accepted: number | null = null;

  /** The highest number that a push was given as far as this process knows. */
  get number(): bigint {
    return this.#number;
  }

  /**
   * A push has been given this number, which was asked for when `before` was the highest that was known.
   * False: the database has gone back since.
   */
  numbered(given: bigint, before: bigint): boolean {
    if (given <= before) this.#hasGoneBack = true;
    else if (given > this.#number) this.#number = given;
    return !this.#hasGoneBack;
  }

  /** @throws UnfitDatabase when it has gone back, until an operator has accepted that; and when a key is lacking */
  counted(row: unknown): void {
    const { counter, accepted, lacks_key: lacksKey } = progressRow.parse(row);
    if (this.#hasGoneBack && accepted > (this.#accepted ?? this.#lastAccepted)) {
      this.#hasGoneBack = false;
      this.#accepted = null;
      this.#number = 0n;
      this.#counter = 0n;
    }
    if (counter <= this.#counter) this.#hasGoneBack = true;
    if (this.#hasGoneBack) {
      this.#accepted ??= accepted;
      throw new UnfitDatabase(
        'the database has gone back in time (restored or emptied), and keys that it has forgotten would push again: read "A restored ledger" in docs/operating.md, then npm run migrate -- --accept-restore.',
      );
    }
    this.#counter = counter;
    this.#lastAccepted = accepted;
    if (!lacksKey) return;
    throw new UnfitDatabase(
      'it holds pushes of the last 30 days under a key that LEDGER_KEYS lacks: add that key again, behind the first.',
    );
  }
}
