/** The layers together: what is being written, then the process's memory, then Redis for whatever is left. */
import type { Clock } from '../../domain/clock.js';
import type { Logger } from '../../observability/logger.js';
import type { Telemetry } from '../../observability/telemetry.js';
import { type Lease, LONE_LEASE } from '../../resilience/lease.js';
import { CACHE_CLOSE_MS } from '../../resilience/time-limits.js';
import type { Cache, CacheEntry, ReadOptions } from './cache.js';
import type { MemoryLayer } from './memory-layer.js';
import type { RedisLayer } from './redis-layer.js';
import { type Held, type Kept, keep, type Row, toRow } from './row.js';
import { WriteBehind } from './write-behind.js';

interface Layers {
  readonly memory: MemoryLayer | null;
  readonly redis: RedisLayer | null;
}

interface LayeredCacheDeps {
  readonly log: Logger;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

export class LayeredCache implements Cache {
  readonly #memory: MemoryLayer | null;
  readonly #redis: RedisLayer | null;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #telemetry: Telemetry;
  readonly #writes = new WriteBehind((rows) => this.#write(rows));
  #isClosed = false;

  constructor(layers: Layers, { log, clock, telemetry }: LayeredCacheDeps) {
    this.#memory = layers.memory;
    this.#redis = layers.redis;
    this.#log = log;
    this.#clock = clock;
    this.#telemetry = telemetry;
  }

  async getMany(
    keys: readonly string[],
    { recheck = false, onlyShared = false }: ReadOptions = {},
  ): Promise<(unknown | undefined)[]> {
    if (this.#isClosed) return keys.map(() => undefined);
    const nearby = await this.#nearby(keys);
    const found = new Map<string, Kept>(nearby);
    const now = recheck ? Number.POSITIVE_INFINITY : this.#clock.now();
    const unsure = keys.filter((key) => (nearby.get(key)?.recheckAt ?? now) <= now);
    if (this.#redis !== null && unsure.length > 0) {
      // What Redis does not have, or cannot say just now, is answered as this process knows it.
      const shared = await this.#redis.getMany(unsure);
      const hits = unsure.flatMap((key, index) => {
        const kept = shared[index];
        return kept === undefined || this.#writes.get(key) !== undefined ? [] : [{ key, kept }];
      });
      for (const { key, kept } of hits) found.set(key, kept);
      if (!onlyShared)
        await this.#memory?.setMany(hits.filter(({ key }) => recheck || !this.#memory?.holds(key)));
    }
    this.#count(keys.length, nearby.size, found.size);
    return keys.map((key) => found.get(key)?.value);
  }

  holds(key: string): boolean {
    return !this.#isClosed && this.#memory?.holds(key) === true;
  }

  setMany(entries: readonly CacheEntry[]): void {
    if (this.#isClosed) return;
    const now = this.#clock.now();
    for (const entry of entries) {
      if (entry.onlyShared && this.#redis === null) continue;
      const row = toRow(entry, now);
      if (row === undefined)
        this.#log.warn({ key: entry.key }, 'cache: not JSON or without a TTL, not cached');
      else this.#writes.add(row);
    }
  }

  get recheckMs(): number {
    return this.#memory?.recheckMs ?? 0;
  }

  settled(ms: number): Promise<void> {
    return this.#writes.drained(ms);
  }

  lease(name: string): Lease {
    return this.#redis?.lease(name) ?? LONE_LEASE;
  }

  state(): 'memory' | 'ready' | 'degraded' {
    if (this.#redis === null) return 'memory';
    return this.#redis.answers ? 'ready' : 'degraded';
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#writes.drained(CACHE_CLOSE_MS);
    this.#memory?.clear();
  }

  async #nearby(keys: readonly string[]): Promise<Map<string, Held>> {
    const found = new Map<string, Held>();
    const kept = (await this.#memory?.getMany(keys)) ?? [];
    const now = this.#clock.now();
    for (const [index, key] of keys.entries()) {
      const waiting = this.#writes.get(key);
      const isOurs = waiting !== undefined && waiting.expiresAt > now;
      const hit = isOurs ? { ...keep(waiting), recheckAt: waiting.expiresAt } : kept[index];
      if (hit !== undefined) found.set(key, hit);
    }
    return found;
  }

  #count(asked: number, nearby: number, found: number): void {
    if (nearby > 0) this.#telemetry.cacheRead('memory', nearby);
    if (found > nearby) this.#telemetry.cacheRead('redis', found - nearby);
    if (asked > found) this.#telemetry.cacheRead('none', asked - found);
  }

  async #write(rows: readonly Row[]): Promise<void> {
    const own = rows.filter(({ onlyShared }) => !onlyShared);
    await this.#memory?.setMany(own.map((row) => ({ key: row.key, kept: keep(row) })));
    await this.#redis?.setMany(rows);
  }
}
