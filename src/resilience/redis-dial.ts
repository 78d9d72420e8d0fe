/** Keeps a client connected to Redis: one dial at a time, and a pause before the next, however the last connection ended. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RedisClient } from './redis-client.js';
import { REDIS_DIAL_END_MS, REDIS_REDIAL_PAUSE_MS, REDIS_STEADY_MS } from './time-limits.js';

const FIRST_PAUSE_MS = 50;

export class RedisDial {
  readonly #client: RedisClient;
  readonly #onFault: (error: unknown) => void;
  /** `dialling` has no socket yet that could be destroyed. */
  #phase: 'dialling' | 'connected' | 'pausing' = 'dialling';
  /** Of the connection that is dialled or stands: what follows the first fault is its echo. */
  #isFaulty = false;
  #lost: () => void = () => undefined;
  #closing = false;

  /** Starts to connect; nothing waits for it. */
  constructor(client: RedisClient, onFault: (error: unknown) => void) {
    this.#client = client;
    this.#onFault = onFault;
    client.on('connect', () => {
      this.#phase = 'connected';
    });
    client.on('error', (error: unknown) => this.drop(error));
    client.on('end', () => this.#lost());
    void this.#keepConnected();
  }

  /** Gives a connection up that stands; the next is dialled. */
  drop(error: unknown): void {
    // At once: after a TLS alert the client leaves the socket open, and nobody listens to that socket's next error.
    if (this.#client.isOpen) this.#client.destroy();
    if (this.#isFaulty) return;
    this.#isFaulty = true;
    if (!this.#closing) this.#onFault(error);
  }

  async close(): Promise<void> {
    this.#closing = true;
    // A client that is destroyed while it dials connects all the same, and stays.
    for (let waited = 0; this.#phase === 'dialling' && waited < REDIS_DIAL_END_MS; waited += 5)
      await pause(5);
    if (this.#client.isOpen) this.#client.destroy();
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
    this.#phase = 'dialling';
    this.#isFaulty = false;
    const lost = new Promise<void>((resolve) => {
      this.#lost = resolve;
    });
    try {
      await this.#client.connect();
      const since = performance.now();
      await lost;
      return performance.now() - since;
    } catch (error) {
      this.drop(error);
      return 0;
    } finally {
      this.#phase = 'pausing';
    }
  }
}

function redialPause(failures: number): Promise<unknown> {
  const ms = Math.min(FIRST_PAUSE_MS * 2 ** failures, REDIS_REDIAL_PAUSE_MS);
  // It holds no process that has nothing else to do.
  return pause(Math.round(ms * (0.75 + Math.random() / 2)), { ref: false });
}
