/** A connection to Redis that comes and goes by itself: an operation is answered soon, or turned away at once. */
import { setTimeout as pause } from 'node:timers/promises';
import { ErrorReply } from '@redis/client';
import { parseRedisUrl, type RedisAddress, type RedisSettings } from '../domain/network/redis-address.js';
import type { Logger } from '../observability/logger.js';
import { NO_TELEMETRY, type Telemetry } from '../observability/telemetry.js';
import { Breaker } from './breaker.js';
import { CommonDeadline, DeadlineExceeded, withDeadline } from './deadline.js';
import { FaultLog } from './fault-log.js';
import { examine, type UnfitCode, UnfitRedis, unfitness } from './redis/fitness.js';
import { locator } from './redis/locate.js';
import type { RedisClient } from './redis-client.js';
import { RedisDial } from './redis-dial.js';
import { REDIS_HEARTBEAT_MS, REDIS_LOCATE_MS, REDIS_REST_MS, REDIS_SILENCE_MS } from './time-limits.js';

class RedisUnavailable extends Error {
  constructor() {
    super('not connected to Redis');
    this.name = 'RedisUnavailable';
  }
}

/** One for all: while it is away, each read would pay for a stack trace. */
const UNAVAILABLE = new RedisUnavailable();

class Silence extends Error {}

/** What is asked of it, in the words that metrics and traces use. */
export type RedisOperation = 'read' | 'write' | 'lease' | 'count' | 'mark';

export interface RedisConnectionDeps {
  readonly log: Logger;
  /** Told of every operation that is sent. */
  readonly telemetry?: Telemetry;
}

interface RedisConnectionOptions {
  readonly redis: RedisSettings;
  /** The issuer's name, in every key. */
  readonly issuer: string;
  /** For the log: what this Redis is used for. */
  readonly name: string;
  /** For the log: what becomes of those who need it then. */
  readonly whileAway: string;
  /** Per operation. */
  readonly deadlineMs: number;
}

export class RedisConnection {
  readonly log: FaultLog;
  /** The issuer's name as keys hold it: in a cluster in braces, which keep all keys of an issuer on one node. */
  readonly keyName: string;
  readonly #log: Logger;
  readonly #telemetry: Telemetry;
  readonly #name: string;
  readonly #kind: RedisAddress['kind'];
  readonly #probeKey: string;
  readonly #deadline: CommonDeadline;
  readonly #breaker: Breaker;
  readonly #dial: RedisDial;
  readonly #heartbeat: NodeJS.Timeout;
  #silentSince: number | undefined;
  /** The one that has been looked at. */
  #examined: RedisClient | undefined;
  #isSuspect = false;
  #unfit: UnfitCode | null = null;
  #closing = false;

  /** Starts to connect; nothing waits for it. */
  constructor({ log, telemetry = NO_TELEMETRY }: RedisConnectionDeps, options: RedisConnectionOptions) {
    const address = parseRedisUrl(options.redis.url.reveal());
    if (address === undefined) throw new TypeError('not the URL of a Redis');
    this.#kind = address.kind;
    this.keyName = address.kind === 'CLUSTER' ? `{${options.issuer}}` : options.issuer;
    this.#probeKey = `token-connect-probe-${this.keyName}`;
    this.#deadline = new CommonDeadline(options.deadlineMs);
    this.#log = log;
    this.#telemetry = telemetry;
    this.#name = options.name;
    this.log = new FaultLog(log, options.name, options.whileAway);
    this.#breaker = new Breaker({
      failures: 5,
      openMs: REDIS_REST_MS,
      // Redis that answers with an error is alive; what to make of it is the caller's business.
      countsAsFailure: (error) => !(error instanceof ErrorReply),
      probe: () => this.#attempt((client) => client.ping()),
      onChange: () => this.#tellState(),
    });
    this.#dial = new RedisDial(locator(address, options.redis, this.#probeKey), {
      onReady: (client) => {
        this.#heard();
        this.#breaker.reset();
        void this.#examine(client);
      },
      onFault: (error) => {
        const unfit = error instanceof UnfitRedis ? error : unfitness(error);
        // Where somebody else says who is the primary, it is asked for anew.
        if (unfit === null || this.#isElsewhere(unfit)) this.log.fault('connection', error);
        else this.#tellUnfit(unfit);
        this.#tellState();
      },
    });
    // Finds out when nobody asks; a failure is counted and that is all.
    this.#heartbeat = setInterval(() => this.#beat(), REDIS_HEARTBEAT_MS).unref();
  }

  /** Whether it answers now, as far as is known. */
  get isUp(): boolean {
    const isSilent = this.#silentSince !== undefined;
    const { client } = this.#dial;
    const isExamined = client !== undefined && client === this.#examined;
    return !this.#closing && isExamined && this.#breaker.isPassing && !isSilent;
  }

  /** Why it cannot be used as it is set up; null: nothing is known. */
  get unfit(): UnfitCode | null {
    return this.#unfit;
  }

  /**
   * Resolves with what Redis says, or rejects: at once when there is no connection, when there is no answer
   * at its own deadline or at that of one before it, with an ErrorReply when Redis refuses.
   */
  run<T>(operation: RedisOperation, work: (client: RedisClient) => Promise<T>): Promise<T> {
    return this.#guarded(() =>
      this.#telemetry.upstream({ system: 'redis', operation }, () => this.#attempt(work)),
    );
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

  #guarded<T>(attempt: () => Promise<T>): Promise<T> {
    if (this.#closing || this.#dial.client === undefined) return Promise.reject(UNAVAILABLE);
    return this.#breaker.run(attempt);
  }

  async #attempt<T>(work: (client: RedisClient) => Promise<T>): Promise<T> {
    const { client } = this.#dial;
    if (client === undefined) throw UNAVAILABLE;
    const answer = work(client);
    // Also an answer that comes after its deadline shows that the connection lives.
    answer.then(
      () => this.#heard(),
      (error: unknown) => error instanceof ErrorReply && this.#heard(),
    );
    try {
      return await this.#deadline.run(answer);
    } catch (error) {
      if (error instanceof DeadlineExceeded) this.#heardNothing();
      else if (error instanceof ErrorReply) this.#refused(error);
      throw error;
    }
  }

  #beat(): void {
    const { client } = this.#dial;
    if (client !== undefined && (this.#isSuspect || this.#unfit !== null)) void this.#examine(client);
    else void this.#guarded(() => this.#attempt((it) => it.ping())).catch(() => undefined);
  }

  /** Until it has answered, or its connection has ended. */
  async #examine(client: RedisClient): Promise<void> {
    while (client === this.#dial.client && !this.#closing) {
      try {
        this.#isSuspect = false;
        const unfit = await withDeadline(examine(client, this.#kind, this.#probeKey), REDIS_LOCATE_MS);
        if (client !== this.#dial.client) return;
        if (unfit !== null && this.#isElsewhere(unfit)) return this.#dial.drop(unfit);
        this.#examined = client;
        if (unfit !== null) this.#tellUnfit(unfit);
        else this.#unfit = null;
        return this.#tellState();
      } catch {
        await pause(REDIS_REST_MS / 10, undefined, { ref: false });
      }
    }
  }

  #refused(error: ErrorReply): void {
    const isMoved = error.message.startsWith('MOVED');
    const unfit = unfitness(error);
    if (this.#kind !== 'SERVER' && (isMoved || unfit?.code === 'REPLICA')) this.#dial.drop(error);
    else if (isMoved || unfit !== null) this.#isSuspect = true;
  }

  /** It was the primary, and another one is by now. */
  #isElsewhere({ code }: UnfitRedis): boolean {
    return this.#kind !== 'SERVER' && code === 'REPLICA';
  }

  #heard(): void {
    this.#silentSince = undefined;
  }

  #heardNothing(): void {
    const now = performance.now();
    this.#silentSince ??= now - this.#deadline.ms;
    // Only a ready client has a connection that could be given up.
    if (now - this.#silentSince < REDIS_SILENCE_MS || this.#closing || this.#dial.client === undefined)
      return;
    this.#dial.drop(new Silence());
  }

  /** Each sentence once, until things are well again. */
  #tellUnfit({ code, message }: UnfitRedis): void {
    if (this.#unfit !== code) this.#log.error({ event: 'redis.unfit', code }, `${this.#name}: ${message}`);
    this.#unfit = code;
  }

  /** One that cannot be used as it should is not told of as being in use. */
  #tellState(): void {
    if (!this.#closing && !(this.isUp && this.#unfit !== null)) this.log.state(this.isUp);
  }
}
