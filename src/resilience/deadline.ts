/** A time limit on a promise that is fair to a process whose own event loop was blocked. */
import { LOOP_LATE_GRACE_MS, LOOP_LATE_MS } from './time-limits.js';

export class DeadlineExceeded extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.name = 'DeadlineExceeded';
  }
}

/** Rejects with DeadlineExceeded when `work` has not settled in time; `work` itself goes on. */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new CommonDeadline(ms).run(work);
}

const LATENESS = { lateMs: LOOP_LATE_MS, graceMs: LOOP_LATE_GRACE_MS };

/**
 * One deadline for all that waits for the same connection, which answers in order: whoever waits in vain speaks for those behind him,
 * who would learn the same a moment later.
 */
export class CommonDeadline {
  readonly ms: number;
  readonly #waiting = new Set<() => void>();

  constructor(ms: number) {
    this.ms = ms;
  }

  run<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const expire = () => {
        // It may have been answered in the last of its turns.
        if (this.#waiting.has(giveUp)) for (const one of [...this.#waiting]) one();
      };
      // Timers run before sockets are read: an answer may be lying there, and the sockets get two turns first.
      const cancel = atDeadline(this.ms, LATENESS, () => setImmediate(() => setImmediate(expire)));
      const end = () => {
        cancel();
        this.#waiting.delete(giveUp);
      };
      const giveUp = () => {
        end();
        reject(new DeadlineExceeded(this.ms));
      };
      this.#waiting.add(giveUp);
      work.then(resolve, reject).finally(end);
    });
  }
}

interface Lateness {
  /** A timer that fires this late tells that our own loop stood still: what was sent may have left late too, */
  readonly lateMs: number;
  /** and its answer gets this much longer. */
  readonly graceMs: number;
}

/** @returns what calls it off */
export function atDeadline(ms: number, { lateMs, graceMs }: Lateness, expired: () => void): () => void {
  const startedAt = performance.now();
  let timer = setTimeout(() => {
    const isLate = performance.now() - startedAt - ms > lateMs;
    if (isLate) timer = setTimeout(expired, graceMs);
    else expired();
  }, ms);
  return () => clearTimeout(timer);
}
