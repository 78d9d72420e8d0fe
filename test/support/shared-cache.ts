/** What the tests of the shared cache have in common: caches that are closed, log lines, steady reads, waiting. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Cache } from '../../src/catalogue/cache/cache.js';
import {
  type CacheOptions,
  createCache,
  openCacheConnection,
} from '../../src/catalogue/cache/create-cache.js';
import { type Clock, systemClock } from '../../src/domain/clock.js';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { CACHE_OPERATION_MS, FIRST_CONNECTION_MS } from '../../src/resilience/time-limits.js';
import { within } from './measurements.js';
import type { RedisServer } from './redis-server.js';

export const TTL_MS = 60_000;
export const NAMESPACE = 'test-1';

type MakeOptions = Partial<CacheOptions> & { readonly clock?: Clock };

/** Makes caches and collects what they log; `closeAll` belongs into afterEach. */
export class CacheBench {
  readonly lines: string[] = [];
  readonly #caches: Cache[] = [];

  /** Without the in-process layer unless asked for: with it a test would show little about Redis. */
  async make(url: string, { clock = systemClock, ...options }: MakeOptions = {}): Promise<Cache> {
    const log = createLogger('trace', { write: (line) => void this.lines.push(line) });
    const connection = await openCacheConnection(
      { log },
      { url: new Secret(url) },
      'test',
      within(CACHE_OPERATION_MS),
    );
    await connection?.whenUp(FIRST_CONNECTION_MS);
    const fixed = { namespace: NAMESPACE, inProcessLayer: false };
    const cache = await createCache({ log, clock, connection }, { ...fixed, ...options }).catch(
      async (error: unknown) => {
        await connection?.close();
        throw error;
      },
    );
    const closeCache = cache.close.bind(cache);
    cache.close = async () => {
      await closeCache();
      await connection?.close();
    };
    this.#caches.push(cache);
    return cache;
  }

  linesWith(text: string): string[] {
    return this.lines.filter((line) => line.includes(text));
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.#caches.splice(0).map((cache) => cache.close()));
    this.lines.length = 0;
  }
}

interface Read {
  /** Since the reads began. */
  readonly at: number;
  readonly ms: number;
  readonly value: unknown;
}

interface Reads {
  readonly list: readonly Read[];
  /** The longest read, without what this process's own event loop stood still at most. */
  readonly slowestMs: number;
}

/** Reads one key on a fixed beat, whether or not earlier reads have been answered. */
export async function readSteadily(
  cache: Cache,
  key: string,
  everyMs: number,
  forMs: number,
): Promise<Reads> {
  const startedAt = performance.now();
  const reads: Promise<Read>[] = [];
  const read = async (): Promise<Read> => {
    const at = performance.now() - startedAt;
    const [value] = await cache.getMany([key]);
    return { at, ms: performance.now() - startedAt - at, value };
  };
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  stalls.enable();
  const timer = setInterval(() => reads.push(read()), everyMs);
  await sleep(forMs);
  clearInterval(timer);
  const list = await Promise.all(reads);
  stalls.disable();
  // The loop is measured in beats of 5 ms. Two timers may be late for one read: the deadline's, and its grace's.
  const stalledMs = 2 * Math.max(0, stalls.max / 1e6 - 10);
  return { list, slowestMs: Math.max(...list.map(({ ms }) => ms)) - stalledMs };
}

export function median(reads: readonly Read[]): number {
  return reads.map((read) => read.ms).sort((a, b) => a - b)[Math.floor(reads.length / 2)] ?? Number.NaN;
}

/** Resolves with the time it took until `isSo`; fails after `ms`, which is a bound on time like any other. */
export async function eventually(isSo: () => boolean | Promise<boolean>, ms: number): Promise<number> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > within(ms)) throw new Error(`not so within ${ms} ms`);
    await sleep(5);
  }
  return performance.now() - startedAt;
}

export async function holds(cache: Cache, key: string): Promise<boolean> {
  return (await cache.getMany([key]))[0] !== undefined;
}

/** Writes and waits until it is in Redis: the writer itself would answer with it sooner. */
export async function put(
  redis: RedisServer,
  cache: Cache,
  key: string,
  value: unknown,
  ttlMs = TTL_MS,
): Promise<void> {
  cache.setMany([{ key, value, ttlMs }]);
  const text = JSON.stringify(value);
  await eventually(async () => (await redis.command('GET', `${NAMESPACE}::${key}`)).includes(text), 1000);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
