/** The in-process layer: bounded, and kept as long as an entry lives or, beside a shared cache, a minute at most. */
import { Keyv } from 'keyv';
import type { Clock } from '../../domain/clock.js';
import { LruStore } from './lru-store.js';
import type { Kept } from './row.js';

const BOUNDS = { entries: 10_000, bytes: 64 * 1024 * 1024 };

export class MemoryLayer {
  readonly #store = new LruStore(BOUNDS);
  readonly #keyv = new Keyv<Kept>({ store: this.#store, useKeyPrefix: false });
  readonly #clock: Clock;
  readonly #longestMs: number;

  constructor(clock: Clock, longestMs: number) {
    this.#clock = clock;
    this.#longestMs = longestMs;
    // Rows stay objects: parsing 40 ranges anew for each read would cost more than Redis does.
    this.#keyv.serialize = undefined;
    this.#keyv.deserialize = undefined;
  }

  get size(): number {
    return this.#store.size;
  }

  async getMany(keys: readonly string[]): Promise<(Kept | undefined)[]> {
    const now = this.#clock.now();
    const kept = await this.#keyv.getMany<Kept>([...keys]);
    return kept.map((entry) => (entry !== undefined && entry.expiresAt > now ? entry : undefined));
  }

  async setMany(entries: readonly { readonly key: string; readonly kept: Kept }[]): Promise<void> {
    const latest = this.#clock.now() + this.#longestMs;
    await this.#keyv.setMany(
      entries.map(({ key, kept }) => ({
        key,
        value: { ...kept, expiresAt: Math.min(kept.expiresAt, latest) },
      })),
    );
  }

  /** Whether a key is held now; a write of our own is newer than a read that began before it. */
  holds(key: string): boolean {
    return (this.#store.peek(key)?.expiresAt ?? 0) > this.#clock.now();
  }

  clear(): void {
    this.#store.clear();
  }
}
