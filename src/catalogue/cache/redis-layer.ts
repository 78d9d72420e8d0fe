/** The shared layer: Keyv over Redis, every operation within the connection's deadline and breaker. */
import KeyvRedis from '@keyv/redis';
import { ErrorReply } from '@redis/client';
import { Keyv } from 'keyv';
import type { Clock } from '../../domain/clock.js';
import { type Lease, RedisLease } from '../../resilience/lease.js';
import type { RedisClient } from '../../resilience/redis-client.js';
import type { RedisConnection } from '../../resilience/redis-connection.js';
import { decode, encode, type Kept, type Row } from './row.js';

export class RedisLayer {
  readonly #connection: RedisConnection;
  readonly #clock: Clock;
  readonly #namespace: string;
  #keyv: { readonly of: RedisClient; readonly keyv: Keyv<string> } | undefined;
  #refusesReads = false;

  constructor(connection: RedisConnection, namespace: string, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    this.#namespace = namespace;
  }

  get answers(): boolean {
    return this.#connection.isUp && this.#connection.unfit === null && !this.#refusesReads;
  }

  /** Never rejects. */
  async getMany(keys: readonly string[]): Promise<(Kept | undefined)[]> {
    try {
      const texts = await this.#connection.run('read', (client) =>
        this.#keyvOver(client).getMany<string>([...keys]),
      );
      this.#refusesReads = false;
      const now = this.#clock.now();
      return keys.map((_, index) => decode(texts[index], now));
    } catch (error) {
      this.#note('reading', error);
      if (error instanceof ErrorReply) this.#refusesReads = true;
      return keys.map(() => undefined);
    }
  }

  /** Never rejects; what cannot be written now is gone. */
  async setMany(rows: readonly Row[]): Promise<void> {
    const now = Math.round(this.#clock.now());
    try {
      // One by one, sent together: Keyv's setMany is a transaction, which a full queue could leave half sent,
      // and which one refused entry would undo for all.
      await this.#connection.run('write', (client) => {
        const keyv = this.#keyvOver(client);
        return Promise.all(
          rows.map((row) => keyv.set(row.key, encode(row), Math.max(1, row.expiresAt - now))),
        );
      });
    } catch (error) {
      this.#note('writing', error);
    }
  }

  lease(name: string): Lease {
    return new RedisLease(this.#connection, `${this.#namespace}::lease-${name}`);
  }

  /** Each connection has a client of its own. */
  #keyvOver(client: RedisClient): Keyv<string> {
    if (this.#keyv?.of === client) return this.#keyv.keyv;
    const keyv = new Keyv<string>({
      // Both have to throw, or a set that failed looks like one that succeeded.
      store: new KeyvRedis(client, { throwOnErrors: true, throwOnConnectError: true }),
      throwOnErrors: true,
      namespace: this.#namespace,
      useKeyPrefix: false,
      // Keyv only carries text: one row that its own deserializer cannot read would fail all the others.
      serialize: ({ value }) => String(value),
      deserialize: (text: string) => ({ value: text as never }),
    });
    // Each of them also arrives as a rejection, which is where it is dealt with.
    keyv.on('error', () => undefined);
    this.#keyv = { of: client, keyv };
    return keyv;
  }

  /** That Redis is away at all has been said by the connection. */
  #note(doing: string, error: unknown): void {
    if (this.#connection.isUp) this.#connection.log.fault(doing, error);
  }
}
