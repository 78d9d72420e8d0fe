/** The one way in which this product configures the Redis client, each setting with the outage that it prevents. */
import { createClient } from '@redis/client';
import type { Secret } from '../domain/secret.js';
import { REDIS_CONNECT_MS, REDIS_REDIAL_PAUSE_MS, REDIS_SOCKET_MS } from './time-limits.js';

export type RedisClient = ReturnType<typeof createClient>;

/** @param mayReconnect asked before each attempt; false ends the client's own loop. */
export function createRedisClient(url: Secret<string>, mayReconnect: () => boolean): RedisClient {
  try {
    return createClient({
      url: url.reveal(),
      // A queue would keep callers waiting for Redis to come back, and then replay their old writes.
      disableOfflineQueue: true,
      commandsQueueMaxLength: 1000,
      socket: {
        connectTimeout: REDIS_CONNECT_MS,
        // Bounds the handshake, which otherwise hangs for good when the path breaks in the middle of it.
        // It would cut idle connections too, were it not for a heartbeat well below it.
        socketTimeout: REDIS_SOCKET_MS,
        keepAlive: true,
        reconnectStrategy: (retries) => (mayReconnect() ? pauseBefore(retries) : false),
      },
    });
  } catch {
    // The client's own error repeats the URL with its password.
    throw new TypeError('not a redis:// or rediss:// URL');
  }
}

function pauseBefore(retries: number): number {
  const pause = Math.min(50 * 2 ** retries, REDIS_REDIAL_PAUSE_MS);
  return Math.round(pause * (0.75 + Math.random() / 2));
}
