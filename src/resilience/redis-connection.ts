/** A connection to Redis that comes and goes by itself: an operation is answered soon, or turned away at once. */
import { setTimeout as pause } from 'node:timers/promises';
import { ErrorReply } from '@redis/client';
import type { Secret } from '../domain/secret.js';
import type { Logger } from '../observability/logger.js';
import { Breaker } from './breaker.js';
import { DeadlineExceeded, withDeadline } from './deadline.js';
import { FaultLog } from './fault-log.js';
import { createRedisClient, type RedisClient } from './redis-client.js';
import { RedisDial } from './redis-dial.js';
import { REDIS_HEARTBEAT_MS, REDIS_REST_MS, REDIS_SILENCE_MS } from './time-limits.js';

class RedisUnavailable extends Error {
  constructor() {
    super('not connected to Redis');
    this.name = 'RedisUnavailable';
  }
}

class Silence extends Error {}

interface RedisConnectionOptions {
  readonly url: Secret<string>;
  /** For the log: what this Redis is used for. */
  readonly name: string;
  /** For the log: what becomes of those who need it then. */
  readonly whileAway: string;
  /** Per operation. */
  readonly deadlineMs: number;
}

export class RedisConnection {
  readonly client: RedisClient;
  readonly log: FaultLog;
  readonly #deadlineMs: number;
  readonly #breaker: Breaker;
  readonly #dial: RedisDial;
  readonly #heartbeat: NodeJS.Timeout;
  #silentSince: number | undefined;
  #closing = false;

  /** Starts to connect; nothing waits for it. */
  constructor({ log }: { readonly log: Logger }, options: RedisConnectionOptions) {
    this.#deadlineMs = options.deadlineMs;
    this.log = new FaultLog(log, options.name, options.whileAway);
    this.client = createRedisClient(options.url);
    this.#breaker = new Breaker({
      failures: 5,
      openMs: REDIS_REST_MS,
      // Redis that answers with an error is alive; what to make of it is the caller's business.
      countsAsFailure: (error) => !(error instanceof ErrorReply),
      probe: () => this.#attempt((client) => client.ping()),
      onChange: () => this.#tellState(),
    });
    this.client.on('ready', () => {
      this.#heard();
      this.#breaker.reset();
      this.#tellState();
    });
    this.#dial = new RedisDial(this.client, (error) => {
      this.log.fault('connection', error);
      this.#tellState();
    });
    // Finds out when nobody asks; a failure is counted and that is all.
    const beat = () => void this.run((client) => client.ping()).catch(() => undefined);
    this.#heartbeat = setInterval(beat, REDIS_HEARTBEAT_MS).unref();
  }

  /** Whether it answers now, as far as is known. */
  get isUp(): boolean {
    const isSilent = this.#silentSince !== undefined;
    return !this.#closing && this.client.isReady && this.#breaker.isPassing && !isSilent;
  }

  /**
   * Resolves with what Redis says, or rejects: at once when there is no connection, at the deadline when there
   * is no answer, with an ErrorReply when Redis refuses.
   */
  run<T>(work: (client: RedisClient) => Promise<T>): Promise<T> {
    if (this.#closing || !this.client.isReady) return Promise.reject(new RedisUnavailable());
    return this.#breaker.run(() => this.#attempt(work));
  }

  /** Waits for the first connection, at most so long; says whether it is up. */
  async whenUp(ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (!this.isUp && performance.now() < until) await pause(5);
    this.#tellState();
    return this.isUp;
  }

  /** Answers under way are lost; wait for them first. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    this.#breaker.close();
    clearInterval(this.#heartbeat);
    await this.#dial.close();
  }

  async #attempt<T>(work: (client: RedisClient) => Promise<T>): Promise<T> {
    if (!this.client.isReady) throw new RedisUnavailable();
    const answer = work(this.client);
    // Also an answer that comes after its deadline shows that the connection lives.
    answer.then(
      () => this.#heard(),
      (error: unknown) => error instanceof ErrorReply && this.#heard(),
    );
    try {
      return await withDeadline(answer, this.#deadlineMs);
    } catch (error) {
      if (error instanceof DeadlineExceeded) this.#heardNothing();
      throw error;
    }
  }

  #heard(): void {
    this.#silentSince = undefined;
  }

  #heardNothing(): void {
    const now = performance.now();
    this.#silentSince ??= now - this.#deadlineMs;
    // Only a ready client has a connection that could be given up.
    if (now - this.#silentSince < REDIS_SILENCE_MS || this.#closing || !this.client.isReady) return;
    this.#dial.drop(new Silence());
  }

  #tellState(): void {
    if (!this.#closing) this.log.state(this.isUp);
  }
}
