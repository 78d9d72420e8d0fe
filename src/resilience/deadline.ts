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
  return new Promise((resolve, reject) => {
    const cancel = atDeadline(ms, () => reject(new DeadlineExceeded(ms)));
    work.then(resolve, reject).finally(cancel);
  });
}

/**
 * One deadline for all that waits for the same connection, which answers in order: whoever waits in vain speaks for those behind him,
 * who would learn the same a moment later.
 */
export class CommonDeadline {
  readonly #ms: number;
  readonly #waiting = new Set<() => void>();

  constructor(ms: number) {
    this.#ms = ms;
  }

  run<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = atDeadline(this.#ms, () => {
        // It may have been answered in the last of its turns.
        if (this.#waiting.has(giveUp)) for (const one of [...this.#waiting]) one();
      });
      const end = () => {
        cancel();
        this.#waiting.delete(giveUp);
      };
      const giveUp = () => {
        end();
        reject(new DeadlineExceeded(this.#ms));
      };
      this.#waiting.add(giveUp);
      work.then(resolve, reject).finally(end);
    });
  }
}

/**
 * Timers run before sockets are read, so after a pause of ours an answer may be lying there: the sockets get
 * two turns first, and a little longer when the request itself may have left late.
 */
function atDeadline(ms: number, expired: () => void): () => void {
  const startedAt = performance.now();
  const expire = () => setImmediate(() => setImmediate(expired));
  let timer = setTimeout(() => {
    const late = performance.now() - startedAt - ms > LOOP_LATE_MS;
    if (late) timer = setTimeout(expire, LOOP_LATE_GRACE_MS);
    else expire();
  }, ms);
  return () => clearTimeout(timer);
}
