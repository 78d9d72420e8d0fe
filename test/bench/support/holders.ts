/** Account holders and their cards, as many as a workload wants. */
import type { OwnAccount } from '../../support/issuer/own-card-store.js';

/** The holder of the single-token workloads, with a card in each of these ranges. */
export const SUSAN = 'susan';

export function holderName(number: number): string {
  return `holder-${number}`;
}

/** @param ranges 19 digits each */
export function cardsOf(holder: string, ranges: readonly string[]): OwnAccount[] {
  return ranges.map((range, at) => ({
    id: `${holder}-card-${at + 1}`,
    accountHolder: holder,
    range,
    // MDES never looks at it.
    accountNumber: `${range.slice(0, 9)}${String(at).padStart(7, '0')}`,
  }));
}

/** The same each time: a bench that asks otherwise each time tells less. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(end: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * end);
  }

  some<T>(all: readonly T[], count: number): T[] {
    const left = [...all];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.below(left.length), 1))
      .flat()
      .filter((one) => one !== undefined);
  }
}
