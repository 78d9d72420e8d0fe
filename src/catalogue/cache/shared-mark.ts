/** A mark by which a process tells all that share the cache that there is something new. */
import { randomUUID } from 'node:crypto';
import type { Cache } from './cache.js';

/** Whoever looks less often than this looks by himself anyhow. */
const KEPT_MS = 3_600_000;

export class SharedMark {
  readonly #cache: Cache;
  readonly #key: string;
  #seen: unknown;

  constructor(cache: Cache, key: string) {
    this.#cache = cache;
    this.#key = key;
  }

  set(): void {
    this.#seen = randomUUID();
    this.#cache.setMany([{ key: this.#key, value: this.#seen, ttlMs: KEPT_MS, onlyShared: true }]);
  }

  /** Whether another process has set it since the last look. */
  async isNew(): Promise<boolean> {
    if (!Number.isFinite(this.#cache.recheckMs)) return false;
    const [mark] = await this.#cache.getMany([this.#key], { onlyShared: true });
    if (mark === undefined || mark === this.#seen) return false;
    this.#seen = mark;
    return true;
  }
}
