/** The one way in which this product configures the Redis client, each setting with the outage that it prevents. */
import { createClient } from '@redis/client';
import { type TlsSettings, tlsOptions } from '../domain/network/outward.js';
import type { Credentials, HostAndPort } from '../domain/network/redis-address.js';
import { REDIS_CONNECT_MS, REDIS_SOCKET_MS } from './time-limits.js';

export type RedisClient = ReturnType<typeof createClient>;

export interface RedisServerOptions extends HostAndPort {
  /** null: not encrypted. */
  readonly tls: TlsSettings | null;
  readonly credentials: Credentials;
  readonly database: number;
}

/** Never connected: its class, with a method for each of Redis's commands, takes 10 ms to make, and the library makes it per server. */
let pattern: RedisClient | undefined;

/** It connects once: RedisDial makes the next. */
export function createRedisClient({
  host,
  port,
  tls,
  credentials,
  database,
}: RedisServerOptions): RedisClient {
  const { user, password } = credentials;
  pattern ??= createClient({
    // A queue would keep callers waiting for Redis to come back, and then replay their old writes.
    disableOfflineQueue: true,
    commandsQueueMaxLength: 1000,
  });
  return pattern.duplicate({
    ...(user !== null && { username: user }),
    ...(password !== null && { password: password.reveal() }),
    database,
    socket: {
      host,
      port,
      ...(tls !== null && { tls: true, ...tlsOptions(tls) }),
      connectTimeout: REDIS_CONNECT_MS,
      // Bounds the handshake, which otherwise hangs for good when the path breaks in the middle of it.
      // It would cut idle connections too, were it not for a heartbeat well below it.
      socketTimeout: REDIS_SOCKET_MS,
      keepAlive: true,
      // Its own loop knows no pause after a connection that stood for a moment only.
      reconnectStrategy: false,
    },
  });
}
