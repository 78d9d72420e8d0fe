/** How much of a model the tests go through. */

/**
 * `npm run faults -- Q2` and those rows that run a file alone go through all of it; `npm test`, which somebody waits for, through a
 * part, another one each time.
 */
const IS_WHOLE = process.env['MODELS'] === 'whole' || process.env['MEASURE_TIME'] === 'exactly';

/**
 * Of walks through a browser that differ in their end, or in the window: all in `npm run faults -- B1`, else the last. What each end
 * comes to is asked without a browser too.
 */
export function walksOf<T>(table: readonly T[]): readonly T[] {
  return process.env['WALKS'] === 'all' ? table : table.slice(-1);
}

/** How many random orders or texts: all that are promised, or a twentieth of them. */
export function runs(promised: number): number {
  return IS_WHOLE ? promised : promised / 20;
}

/** How many of a kind: all that are promised, or a quarter of them. */
export function quarterOf(promised: number): number {
  return IS_WHOLE ? promised : promised / 4;
}

/** All of a few ways to say the same, or one of them. */
export function oneOf<T>(ways: readonly T[]): readonly T[] {
  const one = Math.floor(Math.random() * ways.length);
  return IS_WHOLE ? ways : ways.slice(one, one + 1);
}

/** All of a table, or every thirteenth of its rows: each value of each column is among them, since columns repeat in twos and fours. */
export function rowsOf<T>(table: readonly T[]): readonly T[] {
  const first = Math.floor(Math.random() * 13);
  return IS_WHOLE ? table : table.filter((_, index) => index % 13 === first);
}
