/** The last mark of the ledger's progress in the cache's Redis, where a fresh process finds what others knew. */
import type { RedisConnection } from '../../../resilience/redis-connection.js';
import { FIRST_CONNECTION_MS } from '../../../resilience/time-limits.js';
import { HISTORY_LIFE_MS } from '../ledger.js';
import type { Mark, MarkMemory } from './progress.js';

const FORM = /^(\d{1,19}) (\d{1,16}(?:\.\d+)?)$/;

export class RedisMarkMemory implements MarkMemory {
  readonly #connection: RedisConnection;
  readonly #key: string;

  /** Whoever shares a Redis under one issuer shares its ledger, too. */
  constructor(connection: RedisConnection) {
    this.#connection = connection;
    this.#key = `token-connect-ledger-mark-${connection.keyName}`;
  }

  /** Never rejects; waits half a second at most for the first connection. */
  async recall(): Promise<Mark | null> {
    await this.#connection.whenUp(FIRST_CONNECTION_MS);
    const text = await this.#connection.run('mark', (client) => client.get(this.#key)).catch(() => null);
    const [, counter, at] = FORM.exec(String(text)) ?? [];
    return counter === undefined || at === undefined ? null : { counter: BigInt(counter), at: Number(at) };
  }

  remember({ counter, at }: Mark): void {
    const kept = { expiration: { type: 'PX', value: HISTORY_LIFE_MS } } as const;
    this.#connection
      .run('mark', (client) => client.set(this.#key, `${counter} ${at}`, kept))
      .catch(() => undefined);
  }
}
