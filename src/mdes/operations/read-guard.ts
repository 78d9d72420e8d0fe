/** What stands between a read and MDES, from the outside in: total deadline, repeats, semaphore, breakers, time for an attempt. */
import { DelegateBackoff, handleWhen, type IRetryBackoffContext, retry } from 'cockatiel';
import type { Logger } from '../../observability/logger.js';
import type { Reading } from '../../observability/telemetry.js';
import { Semaphore } from '../../resilience/semaphore.js';
import {
  MDES_REPEAT_PAUSE_MS,
  MDES_REST_MS,
  MDES_UNAUTHORIZED_REST_MS,
  MDES_USEFUL_MS,
} from '../../resilience/time-limits.js';
import { endWithin } from '../../resilience/total-deadline.js';
import { TrialBreaker, type Verdict } from '../../resilience/trial-breaker.js';
import type { CallDeps } from '../http/call.js';
import type { Operation } from '../http/failures.js';
import type { MdesState } from '../mdes-client.js';
import { MdesError } from '../mdes-error.js';
import { authorisation, availability, isRetryable } from './read-verdicts.js';

type ReadOperation = Exclude<Operation, 'pushMultipleAccounts'>;

interface ReadLimits {
  /** From the call to the last byte of the answer, waiting and repeats included. */
  readonly readMs: number;
  readonly attemptMs: number;
  readonly repeatWithinMs: number;
  /** How many attempts may be under way at once. */
  readonly places: number;
}

export interface ReadDeps extends CallDeps {
  readonly guard: ReadGuard;
}

const MAX_REPEATS = 2;
const AVAILABILITY = { failures: 5, restMs: MDES_REST_MS };
const AUTHORISATION = { failures: 3, restMs: MDES_UNAUTHORIZED_REST_MS };

export class ReadGuard {
  readonly #limits: ReadLimits;
  readonly #log: Logger;
  readonly #semaphore: Semaphore;
  /** Who we are is the same question for both reads. */
  readonly #authorisation = new TrialBreaker(AUTHORISATION);
  readonly #availability: Readonly<Record<ReadOperation, TrialBreaker>> = {
    getEligibleTokenRequestors: new TrialBreaker(AVAILABILITY),
    getAsset: new TrialBreaker(AVAILABILITY),
  };
  #told: MdesState = 'ready';
  /** What reads have ended with, while none has ended well: nobody can rely on breakers that wait for a few more. */
  #first: MdesState | undefined = 'ready';

  constructor(limits: ReadLimits, log: Logger) {
    this.#limits = limits;
    this.#log = log;
    this.#semaphore = new Semaphore(limits.places);
  }

  get state(): MdesState {
    const state = this.#byBreakers;
    return state === 'ready' ? (this.#first ?? 'ready') : state;
  }

  get #byBreakers(): MdesState {
    if (!this.#authorisation.isClosed) return 'unauthorized';
    return Object.values(this.#availability).every((breaker) => breaker.isClosed) ? 'ready' : 'unavailable';
  }

  get readings(): readonly Reading[] {
    const breakers = { authorisation: this.#authorisation, ...this.#availability };
    return [
      {
        name: 'mdes_places_in_use',
        help: 'Reads that are under way at MDES; 50 may be.',
        read: () => this.#semaphore.taken,
      },
      {
        name: 'mdes_reads_waiting',
        help: 'Reads that wait for a place.',
        read: () => this.#semaphore.waiting,
      },
      {
        name: 'mdes_breaker_open',
        help: '1: reads of that kind are turned away, and one now and then tries whether MDES is well again.',
        labelNames: ['breaker'],
        read: () =>
          Object.entries(breakers).map(([breaker, { isClosed }]) => [{ breaker }, isClosed ? 0 : 1] as const),
      },
    ];
  }

  /**
   * @param attempt one request and the reading of its answer, within so many milliseconds
   * @throws MdesError
   */
  async read<T>(operation: ReadOperation, attempt: (ms: number) => Promise<T>): Promise<T> {
    const started = performance.now();
    const isWorthRepeating = (error: Error) =>
      isRetryable(error) && performance.now() - started <= this.#limits.repeatWithinMs;
    const backoff = new DelegateBackoff(pauseMs);
    const repeats = retry(handleWhen(isWorthRepeating), { maxAttempts: MAX_REPEATS, backoff });
    const endsAt = started + this.#limits.readMs;
    // Cockatiel's pause between two attempts does not end with the signal.
    const attempts = (signal: AbortSignal) =>
      repeats.dangerouslyUnref().execute(() => this.#attempt(operation, attempt, endsAt, signal));
    return endWithin(this.#limits.readMs, attempts, () => outOfTime(operation));
  }

  async #attempt<T>(
    operation: ReadOperation,
    attempt: (ms: number) => Promise<T>,
    endsAt: number,
    signal: AbortSignal,
  ): Promise<T> {
    this.#turnAway(operation);
    return this.#semaphore.run(signal, async () => {
      // A breaker may have opened while it waited for its place.
      this.#turnAway(operation);
      const ms = endsAt - performance.now();
      if (ms < MDES_USEFUL_MS) throw outOfTime(operation);
      const tellAvailability = this.#availability[operation].enter();
      const tellAuthorisation = this.#authorisation.enter();
      const end = (error?: unknown) => {
        const [available, authorised] = [availability(error), authorisation(error)];
        tellAvailability(available);
        tellAuthorisation(authorised);
        this.#tellFirst(available, authorised);
        this.#tell(operation, error);
      };
      try {
        const value = await attempt(Math.min(ms, this.#limits.attemptMs));
        end();
        return value;
      } catch (error) {
        end(error);
        throw error;
      }
    });
  }

  #turnAway(operation: ReadOperation): void {
    const untilAuthorised = this.#authorisation.waitMs;
    if (untilAuthorised > 0)
      throw notTried('UNAUTHORIZED', operation, 'MDES did not accept us just now', untilAuthorised);
    const untilAvailable = this.#availability[operation].waitMs;
    if (untilAvailable > 0)
      throw notTried('UNAVAILABLE', operation, 'it failed too often just now', untilAvailable);
  }

  #tellFirst(available: Verdict, authorised: Verdict): void {
    if (this.#first === undefined) return;
    if (authorised === 'bad') this.#first = 'unauthorized';
    else if (available === 'bad') this.#first = 'unavailable';
    else if (available === 'good') this.#first = undefined;
  }

  #tell(operation: ReadOperation, cause: unknown): void {
    const state = this.#byBreakers;
    if (state === this.#told) return;
    this.#told = state;
    const about = { operation, err: cause };
    switch (state) {
      case 'ready':
        this.#log.info('MDES: answers reads again');
        return;
      case 'unavailable':
        this.#log.warn(about, 'MDES: does not answer reads, only one a second is tried');
        return;
      case 'unauthorized':
        if (cause instanceof MdesError && cause.clockOffSeconds !== undefined) {
          const { clockOffSeconds } = cause;
          this.#log.error(
            { ...about, clockOffSeconds },
            "MDES: does not let us in, and our clock differs from its own: mend this machine's clock",
          );
          return;
        }
        this.#log.warn(
          about,
          'MDES: does not accept our key or our signature, only one read in 5 s is tried',
        );
        return;
      default:
        state satisfies never;
    }
  }
}

function pauseMs({ attempt }: IRetryBackoffContext<unknown>): number {
  const { least, most } = MDES_REPEAT_PAUSE_MS;
  return attempt * (least + (most - least) * Math.random());
}

function notTried(kind: MdesError['kind'], operation: ReadOperation, why: string, waitMs: number): MdesError {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  return new MdesError(kind, `${operation}: not tried, ${why}`, null, { retryAfterSeconds });
}

function outOfTime(operation: ReadOperation): MdesError {
  return new MdesError('UNAVAILABLE', `${operation}: no answer in time`);
}
