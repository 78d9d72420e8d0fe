/** The right to do a piece of work for all processes on one Redis: held for a time, by a token, lost without harm. */
import { randomUUID } from 'node:crypto';
import type { RedisConnection } from './redis-connection.js';

/** It saves work, it guards nothing: where nobody can be asked, everybody may go on. */
export interface Lease {
  /** Whether it is ours for `ms`; true also when nobody can tell. */
  take(ms: number): Promise<boolean>;
  /** Whether it is still ours, now for `ms` from here on; true also when nobody can tell. */
  extend(ms: number): Promise<boolean>;
  /** Gives it back, unless somebody else has it by now. */
  release(): Promise<void>;
}

/** For a process that shares nothing. */
export const LONE_LEASE: Lease = {
  take: () => Promise.resolve(true),
  extend: () => Promise.resolve(true),
  release: () => Promise.resolve(),
};

const EXTEND =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";
const RELEASE =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

export class RedisLease implements Lease {
  readonly #connection: RedisConnection;
  readonly #key: string;
  readonly #token = randomUUID();

  constructor(connection: RedisConnection, key: string) {
    this.#connection = connection;
    this.#key = key;
  }

  async take(ms: number): Promise<boolean> {
    const options = { condition: 'NX', expiration: { type: 'PX', value: ms } } as const;
    const answer = await this.#ask((client) => client.set(this.#key, this.#token, options));
    return answer === undefined || answer === 'OK' || this.extend(ms);
  }

  async extend(ms: number): Promise<boolean> {
    const options = { keys: [this.#key], arguments: [this.#token, String(ms)] };
    const answer = await this.#ask((client) => client.eval(EXTEND, options));
    return answer === undefined || answer === 1;
  }

  async release(): Promise<void> {
    await this.#ask((client) => client.eval(RELEASE, { keys: [this.#key], arguments: [this.#token] }));
  }

  /** undefined when Redis does not say. */
  #ask(work: Parameters<RedisConnection['run']>[1]): Promise<unknown> {
    return this.#connection.run('lease', work).catch(() => undefined);
  }
}
