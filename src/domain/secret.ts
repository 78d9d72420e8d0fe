/** A value that must never be printed: card numbers, receipts, digitization data, keys and tokens travel in it. */
import { inspect } from 'node:util';

const MASK = '[SECRET]';

/**
 * Holds a value that every way of printing turns into `[SECRET]`: template strings, `JSON.stringify`,
 * `console.log`, `util.inspect`, pino, and `structuredClone` (which yields an empty object).
 * `reveal()` is the only way out; search for it to find every place where a secret is used.
 */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
