/** The one way in which this product configures the Redis client, each setting with the outage that it prevents. */
import { createClient } from '@redis/client';
import type { Secret } from '../domain/secret.js';
import { REDIS_CONNECT_MS, REDIS_SOCKET_MS } from './time-limits.js';

export type RedisClient = ReturnType<typeof createClient>;

/** It connects once: RedisDial connects it again. */
export function createRedisClient(url: Secret<string>): RedisClient {
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
        // Its own loop knows no pause after a connection that stood for a moment only.
        reconnectStrategy: false,
      },
    });
  } catch {
    // The client's own error repeats the URL with its password.
    throw new TypeError('not a redis:// or rediss:// URL');
  }
}
