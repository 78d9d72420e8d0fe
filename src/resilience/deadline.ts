/** A time limit on a promise that is fair to a process whose own event loop was blocked. */
import { LOOP_LATE_GRACE_MS, LOOP_LATE_MS } from './time-limits.js';

export class DeadlineExceeded extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`);
    this.name = 'DeadlineExceeded';
  }
}

/**
 * Rejects with DeadlineExceeded when `work` has not settled in time; `work` itself goes on.
 * Timers run before sockets are read, so after a pause of ours an answer may be lying there: the sockets get
 * two turns first, and a little longer when the request itself may have left late.
 */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const expire = () => setImmediate(() => setImmediate(() => reject(new DeadlineExceeded(ms))));
    let timer = setTimeout(() => {
      const late = performance.now() - startedAt - ms > LOOP_LATE_MS;
      if (late) timer = setTimeout(expire, LOOP_LATE_GRACE_MS);
      else expire();
    }, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
