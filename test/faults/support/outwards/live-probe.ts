/** Asks for liveness all the while, as an orchestrator does, and keeps how long each answer took. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

const PAUSE_MS = 20;

export class LiveProbe {
  readonly #pool: Pool;
  readonly #waits: number[] = [];
  readonly #asking: Promise<void>;
  #going = true;

  constructor(url: string) {
    this.#pool = new Pool(url, { connections: 1 });
    this.#asking = this.#ask();
  }

  /** Milliseconds; infinite where there was no answer. */
  async end(): Promise<readonly number[]> {
    this.#going = false;
    await this.#asking;
    await this.#pool.destroy();
    return this.#waits;
  }

  async #ask(): Promise<void> {
    while (this.#going) {
      const startedAt = performance.now();
      const isWell = await this.#pool.request({ method: 'GET', path: '/livez' }).then(
        async ({ statusCode, body }) => {
          await body.text();
          return statusCode === 200;
        },
        () => false,
      );
      this.#waits.push(isWell ? performance.now() - startedAt : Number.POSITIVE_INFINITY);
      await sleep(PAUSE_MS);
    }
  }
}
