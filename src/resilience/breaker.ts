/** A circuit breaker that looks for itself whether things are well again, so that no request is ever the guinea pig. */
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';

class BreakerOpen extends Error {
  constructor() {
    super('not tried: it failed too often just now');
    this.name = 'BreakerOpen';
  }
}

/** One for all: whoever is turned away says so, and a stack trace for each would cost more than what it was turned away from. */
const BREAKER_OPEN = new BreakerOpen();

interface BreakerOptions {
  /** So many failures in a row open it. */
  readonly failures: number;
  /** How long it stays open between two probes. */
  readonly openMs: number;
  readonly countsAsFailure: (error: Error) => boolean;
  readonly probe: () => Promise<unknown>;
  readonly onChange: () => void;
}

export class Breaker {
  readonly #options: BreakerOptions;
  #policy: ReturnType<typeof circuitBreaker>;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#policy = this.#newPolicy();
  }

  get isPassing(): boolean {
    return this.#policy.state === CircuitState.Closed;
  }

  /** Cockatiel lets callers wait for the probe while it is half open; here they are turned away at once. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.isPassing ? this.#policy.execute(work) : Promise.reject(BREAKER_OPEN);
  }

  /** Forgets what has been: a new connection says nothing about the failures of the last. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#policy = this.#newPolicy();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #newPolicy(): ReturnType<typeof circuitBreaker> {
    const policy = circuitBreaker(handleWhen(this.#options.countsAsFailure), {
      breaker: new ConsecutiveBreaker(this.#options.failures),
      halfOpenAfter: this.#options.openMs,
    });
    policy.onBreak(() => this.#probeIn(this.#options.openMs));
    policy.onStateChange(this.#options.onChange);
    return policy;
  }

  #probeIn(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#probe(), ms).unref();
  }

  async #probe(): Promise<void> {
    if (this.isPassing) return;
    try {
      await this.#policy.execute(this.#options.probe);
    } catch {
      // A failed probe has opened the breaker again; one that came too early has changed nothing.
    }
    if (!this.isPassing) this.#probeIn(this.#options.openMs);
  }
}
