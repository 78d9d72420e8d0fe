/** Makes the catalogue's cache: memory alone, or memory in front of a Redis that may come and go. */
import { type Clock, systemClock } from '../../domain/clock.js';
import type { Secret } from '../../domain/secret.js';
import type { Logger } from '../../observability/logger.js';
import { RedisConnection } from '../../resilience/redis-connection.js';
import { CACHE_OPERATION_MS, FIRST_CONNECTION_MS } from '../../resilience/time-limits.js';
import type { Cache } from './cache.js';
import { LayeredCache } from './layered-cache.js';
import { MemoryLayer } from './memory-layer.js';
import { RedisLayer } from './redis-layer.js';

/** Beside Redis: how long another instance's newer value may go unseen. */
const RECHECK_MS = 60_000;

interface CacheDeps {
  readonly log: Logger;
  readonly clock?: Clock;
}

export interface CacheOptions {
  /** null: memory only; else redis:// or rediss://, which may hold a password. */
  readonly url: Secret<string> | null;
  /** Part of every shared key: who we are to MDES, and the format's version. Without `:`. */
  readonly namespace: string;
  /** false: no memory in front of Redis. */
  readonly inProcessLayer?: boolean;
}

/** Waits half a second at most for Redis, then goes on without; Redis joins when it is there. */
export async function createCache(
  { log, clock = systemClock }: CacheDeps,
  { url, namespace, inProcessLayer = true }: CacheOptions,
): Promise<Cache> {
  if (namespace === '' || namespace.includes(':')) throw new TypeError('a cache namespace must not hold ":"');
  if (url === null) {
    const memory = new MemoryLayer(clock, Number.POSITIVE_INFINITY);
    return new LayeredCache({ memory, redis: null }, log, clock);
  }
  const connection = new RedisConnection(
    { log },
    { url, name: 'catalogue cache', whileAway: 'going on without it', deadlineMs: CACHE_OPERATION_MS },
  );
  const redis = new RedisLayer(connection, namespace, clock);
  const memory = inProcessLayer ? new MemoryLayer(clock, RECHECK_MS) : null;
  await connection.whenUp(FIRST_CONNECTION_MS);
  return new LayeredCache({ memory, redis }, log, clock);
}
