/** Notices when the database has gone back in time: every number in it only grows. */
import { z } from 'zod';
import { GONE_BACK, UnfitDatabase } from './examine.js';

const progressRow = z.object({
  counter: z.coerce.bigint(),
  counted_at: z.number(),
  accepted_at: z.number().nullable(),
  gone_back_at: z.number().nullable(),
  lacks_key: z.boolean(),
});

/** How far the ledger was when it was well. */
export interface Mark {
  readonly counter: bigint;
  /** By the database's clock, in milliseconds since the epoch. */
  readonly at: number;
}

/** Marks beside the database, for processes that start after it has gone back. It may be lost: then they do not notice. */
export interface MarkMemory {
  recall(): Promise<Mark | null>;
  remember(mark: Mark): void;
}

export class Progress {
  #number = 0n;
  #mark: Mark | null = null;
  #hasGoneBack = false;
  #acceptedAt: number | null = null;

  /** The highest number that a push was given as far as this process knows. */
  get number(): bigint {
    return this.#number;
  }

  /** When this process last found all well; null: never yet. */
  get mark(): Mark | null {
    return this.#mark;
  }

  get hasGoneBack(): boolean {
    return this.#hasGoneBack;
  }

  /** When an operator last accepted, as it was read last. */
  get acceptedAt(): number | null {
    return this.#acceptedAt;
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

  /**
   * @param known the last mark, this process's or another's
   * @throws UnfitDatabase when it has gone back, until an operator has accepted that; and when a key is lacking
   */
  counted(row: unknown, known: Mark | null): void {
    const found = progressRow.parse(row);
    this.#acceptedAt = found.accepted_at;
    const wellAt = known?.at ?? 0;
    const isBehind = known !== null && found.counter <= known.counter;
    // Whoever noticed first has said so in the database itself.
    const wasNoticed = found.gone_back_at !== null && found.gone_back_at > wellAt;
    if (this.#hasGoneBack || isBehind || wasNoticed) {
      this.#hasGoneBack = true;
      if ((found.accepted_at ?? 0) <= Math.max(wellAt, found.gone_back_at ?? 0)) {
        throw new UnfitDatabase(GONE_BACK);
      }
      this.#hasGoneBack = false;
      this.#number = 0n;
    }
    this.#mark = { counter: found.counter, at: found.counted_at };
    if (!found.lacks_key) return;
    throw new UnfitDatabase(
      'it holds pushes of the last 30 days under a key that LEDGER_KEYS lacks: add that key again, behind the first.',
    );
  }
}
