/** Keeps connected to a Redis: one dial at a time, each to where it is by then, and a pause before the next, however the last ended. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Locate } from './redis/locate.js';
import { createRedisClient, type RedisClient } from './redis-client.js';
import { REDIS_DIAL_END_MS, REDIS_REDIAL_PAUSE_MS, REDIS_STEADY_MS } from './time-limits.js';

const FIRST_PAUSE_MS = 50;

interface RedisDialHooks {
  readonly onReady: (client: RedisClient) => void;
  /** Once for each connection that is dialled or stands: what follows the first fault is its echo. */
  readonly onFault: (error: unknown) => void;
}

export class RedisDial {
  readonly #locate: Locate;
  readonly #hooks: RedisDialHooks;
  #client: RedisClient | undefined;
  /** `dialling` has no socket yet that could be destroyed. */
  #phase: 'locating' | 'dialling' | 'connected' | 'pausing' = 'pausing';
  #isFaulty = false;
  #closing = false;

  /** Starts to connect; nothing waits for it. */
  constructor(locate: Locate, hooks: RedisDialHooks) {
    this.#locate = locate;
    this.#hooks = hooks;
    void this.#keepConnected();
  }

  /** One that can be asked now. */
  get client(): RedisClient | undefined {
    return this.#client?.isReady ? this.#client : undefined;
  }

  /** Gives a connection up that stands; the next is dialled. */
  drop(error: unknown): void {
    // At once: after a TLS alert the client leaves the socket open, and nobody listens to that socket's next error.
    if (this.#client?.isOpen) this.#client.destroy();
    if (this.#isFaulty) return;
    this.#isFaulty = true;
    if (!this.#closing) this.#hooks.onFault(error);
  }

  async close(): Promise<void> {
    this.#closing = true;
    // A client that is destroyed while it dials connects all the same, and stays.
    for (let waited = 0; this.#phase === 'dialling' && waited < REDIS_DIAL_END_MS; waited += 5)
      await pause(5);
    if (this.#client?.isOpen) this.#client.destroy();
  }

  async #keepConnected(): Promise<void> {
    let failures = 0;
    while (!this.#closing) {
      const stoodMs = await this.#connection();
      failures = stoodMs < REDIS_STEADY_MS ? failures + 1 : 0;
      await redialPause(failures);
    }
  }

  /** One connection from its dial to its end; gives how long it stood. */
  async #connection(): Promise<number> {
    this.#phase = 'locating';
    this.#isFaulty = false;
    try {
      const server = await this.#locate();
      if (this.#closing) return 0;
      this.#phase = 'dialling';
      const client = createRedisClient(server);
      this.#client = client;
      const lost = this.#watch(client);
      await client.connect();
      const since = performance.now();
      await lost;
      return performance.now() - since;
    } catch (error) {
      this.drop(error);
      return 0;
    } finally {
      this.#client = undefined;
      this.#phase = 'pausing';
    }
  }

  /** Resolves when it has ended. What an earlier client still has to say is no news. */
  #watch(client: RedisClient): Promise<void> {
    client.on('connect', () => {
      if (client === this.#client) this.#phase = 'connected';
    });
    client.on('ready', () => this.#hooks.onReady(client));
    client.on('error', (error: unknown) => {
      if (client === this.#client) this.drop(error);
    });
    return new Promise((resolve) => client.on('end', resolve));
  }
}

function redialPause(failures: number): Promise<unknown> {
  const ms = Math.min(FIRST_PAUSE_MS * 2 ** failures, REDIS_REDIAL_PAUSE_MS);
  // It holds no process that has nothing else to do.
  return pause(Math.round(ms * (0.75 + Math.random() / 2)), { ref: false });
}
