/** A bounded store for Keyv: lru-cache under Keyv's names, since lru-cache itself fails silently as a Keyv store. */
import { LRUCache } from 'lru-cache';
import type { Held } from './row.js';

/** What Keyv puts around a value. */
interface KeyvRow {
  readonly value: Held;
}

interface Bounds {
  readonly entries: number;
  readonly bytes: number;
}

export class LruStore {
  readonly #rows: LRUCache<string, KeyvRow>;

  constructor(bounds: Bounds) {
    this.#rows = new LRUCache({
      max: bounds.entries,
      maxSize: bounds.bytes,
      maxEntrySize: bounds.bytes / 4,
      sizeCalculation: bytesOf,
    });
  }

  get size(): number {
    return this.#rows.size;
  }

  get bytes(): number {
    return this.#rows.calculatedSize;
  }

  get(key: string): KeyvRow | undefined {
    return this.#rows.get(key);
  }

  /** Without it Keyv makes a promise per key. */
  getMany(keys: readonly string[]): Promise<(KeyvRow | undefined)[]> {
    return Promise.resolve(keys.map((key) => this.#rows.get(key)));
  }

  /** Without counting as a use. */
  peek(key: string): Held | undefined {
    return this.#rows.peek(key)?.value;
  }

  set(key: string, row: KeyvRow): void {
    this.#rows.set(key, row);
  }

  delete(key: string): boolean {
    return this.#rows.delete(key);
  }

  clear(): void {
    this.#rows.clear();
  }
}

/** Long strings (logos) take a byte a character, parsed objects two to three: two, and something for the bookkeeping. */
function bytesOf(row: KeyvRow, key: string): number {
  return 2 * (row.value.size + key.length) + 200;
}
