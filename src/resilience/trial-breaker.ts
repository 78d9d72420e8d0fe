/** A circuit breaker for requests that come by themselves: once open, one of them at a time tries whether things are well again. */

/** `unknown`: how it ended says nothing about what this breaker watches. */
export type Verdict = 'good' | 'bad' | 'unknown';

interface TrialBreakerOptions {
  /** So many bad ends in a row open it. */
  readonly failures: number;
  /** From a bad end to the next trial. */
  readonly restMs: number;
}

/**
 * Not cockatiel's: that one lets the others wait for the trial, rests by the wall clock, takes every end that it does
 * not count for a good one, and is opened again by requests that began before the trial.
 */
export class TrialBreaker {
  readonly #options: TrialBreakerOptions;
  #failures = 0;
  /** By the monotonic clock; undefined while it is closed. */
  #restsUntil: number | undefined;
  #isTrialUnderWay = false;
  #era = 0;

  constructor(options: TrialBreakerOptions) {
    this.#options = options;
  }

  get isClosed(): boolean {
    return this.#restsUntil === undefined;
  }

  /** Milliseconds until a request may try; 0: it may now. */
  get waitMs(): number {
    if (this.#restsUntil === undefined) return 0;
    return this.#isTrialUnderWay ? this.#options.restMs : Math.max(0, this.#restsUntil - performance.now());
  }

  /** For a request that may try now, and starts with this; what it gives must be told how the request ended. */
  enter(): (verdict: Verdict) => void {
    this.#isTrialUnderWay = !this.isClosed;
    const era = this.#era;
    return (verdict) => {
      // What began before it last opened or closed tells nothing about now.
      if (era !== this.#era) return;
      if (verdict === 'good') this.#close();
      else if (this.#isTrialUnderWay) this.#open();
      else if (verdict === 'bad' && ++this.#failures >= this.#options.failures) this.#open();
    };
  }

  #open(): void {
    this.#restsUntil = performance.now() + this.#options.restMs;
    this.#isTrialUnderWay = false;
    this.#era++;
  }

  #close(): void {
    this.#failures = 0;
    if (this.isClosed) return;
    this.#restsUntil = undefined;
    this.#isTrialUnderWay = false;
    this.#era++;
  }
}
