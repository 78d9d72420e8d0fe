/** The in-process layer: bounded, kept as long as an entry lives; beside a shared cache, that is asked again after a while. */
import { Keyv } from 'keyv';
import type { Clock } from '../../domain/clock.js';
import { LruStore } from './lru-store.js';
import type { Held, Kept } from './row.js';

const BOUNDS = { entries: 10_000, bytes: 64 * 1024 * 1024 };

export class MemoryLayer {
  readonly #store = new LruStore(BOUNDS);
  readonly #keyv = new Keyv<Held>({ store: this.#store, useKeyPrefix: false });
  readonly #clock: Clock;
  readonly recheckMs: number;

  constructor(clock: Clock, recheckMs: number) {
    this.#clock = clock;
    this.recheckMs = recheckMs;
    // Rows stay objects: parsing 40 ranges anew for each read would cost more than Redis does.
    this.#keyv.serialize = undefined;
    this.#keyv.deserialize = undefined;
  }

  get size(): number {
    return this.#store.size;
  }

  async getMany(keys: readonly string[]): Promise<(Held | undefined)[]> {
    const now = this.#clock.now();
    const kept = await this.#keyv.getMany<Held>([...keys]);
    return kept.map((entry) => (entry !== undefined && entry.expiresAt > now ? entry : undefined));
  }

  async setMany(entries: readonly { readonly key: string; readonly kept: Kept }[]): Promise<void> {
    const recheckAt = this.#clock.now() + this.recheckMs;
    await this.#keyv.setMany(entries.map(({ key, kept }) => ({ key, value: { ...kept, recheckAt } })));
  }

  /** Whether a key is held that need not be rechecked yet: a write of our own is newer than a read that began before it. */
  holds(key: string): boolean {
    const held = this.#store.peek(key);
    return held !== undefined && Math.min(held.expiresAt, held.recheckAt) > this.#clock.now();
  }

  clear(): void {
    this.#store.clear();
  }
}
