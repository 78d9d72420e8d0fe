/** Several questions at once: in batches that can be asked, and with answers where one that failed takes none of the others along. */

/** An answer per key, in the keys' order; one that failed is an Error. */
export type Answers<T> = (T | Error)[];

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('failed without an error', { cause: error });
}

/** For those who take only so many at once. */
export function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
