/** Makes the counters of an issuer's limits: what counts them is loaded where there is something to count. */
import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import type { Limit } from '../../domain/limit.js';
import type { RedisSettings } from '../../domain/network/redis-address.js';
import type { Secret } from '../../domain/secret.js';
import type { RedisConnection, RedisConnectionDeps } from '../redis-connection.js';
import { LimitCounter } from './limit-counter.js';

const KEY_BYTES = 32;

interface LimitCountersOptions {
  readonly issuer: string;
  /** The same for all processes of the issuer: who is counted stands in Redis as a keyed hash. */
  readonly secret: Secret<Buffer> | KeyObject;
}

type What = 'requests' | 'pushes';

/** null: each process counts for itself, and that is all there is. */
type LimitConnections = Readonly<Record<What, RedisConnection | null>>;

interface CounterOptions {
  /** What is counted: part of the keys in Redis. */
  readonly what: What;
  /** While Redis is away, each process counts for itself; false: then nothing is let through. */
  readonly countsAlone: boolean;
}

export class LimitCounters {
  readonly #connections: LimitConnections;
  readonly #issuer: string;
  readonly #hashKey: Buffer;

  constructor(connections: LimitConnections, { issuer, secret }: LimitCountersOptions) {
    this.#connections = connections;
    this.#issuer = issuer;
    const material = 'reveal' in secret ? secret.reveal() : secret.export({ type: 'pkcs8', format: 'der' });
    this.#hashKey = Buffer.from(hkdfSync('sha256', material, '', 'token-connect limits v1', KEY_BYTES));
  }

  areShared(what: What): boolean {
    return this.#connections[what] !== null;
  }

  async of({ dimension, count, seconds }: Limit, options: CounterOptions): Promise<LimitCounter> {
    // By its default: bundled, a CommonJS module that is loaded late has no other export.
    const { RateLimiterMemory, RateLimiterRedis } = (await import('rate-limiter-flexible')).default;
    const connection = this.#connections[options.what];
    const issuer = connection?.keyName ?? this.#issuer;
    const keyPrefix = `token-connect-limits-v1-${issuer}-${options.what}-${dimension}-${seconds}`;
    const limit = { points: count, duration: seconds, keyPrefix };
    if (connection === null) {
      return new LimitCounter({ shared: null, own: new RateLimiterMemory(limit), hash: String });
    }
    return new LimitCounter({
      shared: new RateLimiterRedis({
        ...limit,
        // Whoever is at the limit is refused without asking Redis again: of pushes, some may be given back.
        ...(options.what === 'requests' && { inMemoryBlockOnConsumed: count }),
        useRedisPackage: true,
        storeClient: clientOf(connection),
      }),
      own: options.countsAlone ? new RateLimiterMemory(limit) : null,
      hash: (subject) =>
        createHmac('sha256', this.#hashKey).update(`${keyPrefix} ${subject}`).digest('base64url'),
    });
  }
}

/**
 * A push can wait a little longer for its count than a read for its cache: one that a busy process hears too late would count
 * alone, past the limit.
 */
export async function openPushCountConnection(
  deps: RedisConnectionDeps,
  {
    redis,
    issuer,
    countsAlone,
    deadlineMs,
  }: {
    readonly redis: RedisSettings;
    readonly issuer: string;
    readonly countsAlone: boolean;
    readonly deadlineMs: number;
  },
): Promise<RedisConnection> {
  const { RedisConnection } = await import('../redis-connection.js');
  const whileAway = countsAlone ? 'each process counts pushes for itself' : 'pushes are refused';
  return new RedisConnection(deps, { redis, issuer, name: 'push limits', whileAway, deadlineMs });
}

/** All of Redis's client that the library uses, each call with the connection's deadline and breaker. */
function clientOf(connection: RedisConnection) {
  return {
    eval: (script: string, options: { readonly keys: string[]; readonly arguments: string[] }) =>
      connection
        .run('count', (client) => client.eval(script, options))
        .catch((error: unknown) => {
          // That it is away at all has been said.
          if (connection.isUp) connection.log.fault('counting', error);
          throw error;
        }),
  };
}
