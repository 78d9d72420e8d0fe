/** A total deadline for a piece of work, its waiting included. */
import { atDeadline } from './deadline.js';
import { Stop, type StopSignal } from './stop-signal.js';
import { EXCHANGE_LATE_GRACE_MS, EXCHANGE_LATE_MS } from './time-limits.js';

const LATENESS = { lateMs: EXCHANGE_LATE_MS, graceMs: EXCHANGE_LATE_GRACE_MS };

/**
 * The signal fires when the time is up; the timer never outlives the work. Timers run before sockets are read: an answer
 * that lies there already is taken first.
 */
export async function withTotalDeadline<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cancel = atDeadline(ms, LATENESS, () => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    cancel();
  }
}

/** The same for a single exchange. */
export async function withStop<T>(ms: number, work: (signal: StopSignal) => Promise<T>): Promise<T> {
  const stop = new Stop();
  const cancel = atDeadline(ms, LATENESS, () => stop.abort());
  try {
    return await work(stop);
  } finally {
    cancel();
  }
}

/** Stops waiting when the signal fires, whatever becomes of the promise. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Both: for work that does not heed the signal everywhere. @throws what `outOfTime` gives when the time is up */
export function endWithin<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outOfTime: () => Error,
): Promise<T> {
  return withTotalDeadline(ms, async (signal) => {
    try {
      return await untilAborted(work(signal), signal);
    } catch (error) {
      throw signal.aborted && error === signal.reason ? outOfTime() : error;
    }
  });
}
