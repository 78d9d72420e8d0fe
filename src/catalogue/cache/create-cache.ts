/** Makes the catalogue's cache: memory alone, or memory in front of a Redis that may come and go. */
import { type Clock, systemClock } from '../../domain/clock.js';
import type { RedisSettings } from '../../domain/network/redis-address.js';
import type { Logger } from '../../observability/logger.js';
import { NO_TELEMETRY, type Telemetry } from '../../observability/telemetry.js';
import type { RedisConnection, RedisConnectionDeps } from '../../resilience/redis-connection.js';
import { CACHE_OPERATION_MS } from '../../resilience/time-limits.js';
import type { Cache } from './cache.js';
import { LayeredCache } from './layered-cache.js';
import { MemoryLayer } from './memory-layer.js';

/** Beside Redis: how long another instance's newer value may go unseen. */
const RECHECK_MS = 60_000;

interface CacheDeps {
  readonly log: Logger;
  readonly clock?: Clock;
  readonly telemetry?: Telemetry;
  /** null: memory only. Whoever has made it closes it, after the cache. */
  readonly connection: RedisConnection | null;
}

export interface CacheOptions {
  /** Part of every shared key: who we are to MDES, and the format's version. Without `:`. */
  readonly namespace: string;
  /** false: no memory in front of Redis. */
  readonly inProcessLayer?: boolean;
}

/**
 * One for all that a process caches; null: there is no Redis. It may come and go: nothing has to wait for it.
 * The Redis client, a third of all that a start would load, is loaded where there is a Redis.
 */
export async function openCacheConnection(
  deps: RedisConnectionDeps,
  redis: RedisSettings | null,
  issuer: string,
  operationMs = CACHE_OPERATION_MS,
): Promise<RedisConnection | null> {
  if (redis === null) return null;
  const { RedisConnection } = await import('../../resilience/redis-connection.js');
  return new RedisConnection(deps, {
    ...{ redis, issuer, name: 'catalogue cache' },
    ...{ whileAway: 'going on without it', deadlineMs: operationMs },
  });
}

export async function createCache(
  { log, clock = systemClock, telemetry = NO_TELEMETRY, connection }: CacheDeps,
  { namespace, inProcessLayer = true }: CacheOptions,
): Promise<Cache> {
  if (namespace === '' || namespace.includes(':')) throw new TypeError('a cache namespace must not hold ":"');
  if (connection === null) {
    const memory = new MemoryLayer(clock, Number.POSITIVE_INFINITY);
    return new LayeredCache({ memory, redis: null }, { log, clock, telemetry });
  }
  const { RedisLayer } = await import('./redis-layer.js');
  const redis = new RedisLayer(connection, namespace, clock);
  const memory = inProcessLayer ? new MemoryLayer(clock, RECHECK_MS) : null;
  return new LayeredCache({ memory, redis }, { log, clock, telemetry });
}
