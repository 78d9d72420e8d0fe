/** How the process ends: balancers hear of it while it serves on, then what is under way ends, then all the rest. */
import { setTimeout as pause } from 'node:timers/promises';

interface EndingSteps {
  /** Says so, and serves on. */
  drain(): unknown;
  /** Ends what is under way, and then the process. */
  close(): Promise<void>;
}

export class Ending {
  readonly #steps: EndingSteps;
  readonly #drainMs: number;
  readonly #patience = new AbortController();
  #isBegun = false;

  constructor(steps: EndingSteps, drainMs: number) {
    this.#steps = steps;
    this.#drainMs = drainMs;
  }

  /** Once. */
  begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    void this.#run();
  }

  /** Once, and without waiting, or waiting any longer, for balancers. */
  beginAtOnce(): void {
    this.#patience.abort();
    this.begin();
  }

  async #run(): Promise<void> {
    const { signal } = this.#patience;
    if (!signal.aborted) {
      this.#steps.drain();
      await pause(this.#drainMs, undefined, { signal }).catch(() => undefined);
    }
    await this.#steps.close();
  }
}
