/** How much of a model the tests go through. */

/** `npm run faults -- Q2` goes through all of it; `npm test`, which somebody waits for, through a part, another one each time. */
const IS_WHOLE = process.env['MODELS'] === 'whole';

/**
 * Of walks through a browser that differ in their end: all in `npm run faults -- B1`, else the last two. What each end comes to is
 * asked without a browser too.
 */
export function walksOf<T>(table: readonly T[]): readonly T[] {
  return process.env['WALKS'] === 'all' ? table : table.slice(-2);
}

/** How many random orders or texts: all that are promised, or a fifth of them. */
export function runs(promised: number): number {
  return IS_WHOLE ? promised : promised / 5;
}

/** All of a table, or every seventh of its rows: each value of each column is among them, since columns repeat in twos and fours. */
export function rowsOf<T>(table: readonly T[]): readonly T[] {
  const first = Math.floor(Math.random() * 7);
  return IS_WHOLE ? table : table.filter((_, index) => index % 7 === first);
}
