/** A total deadline for a piece of work, its waiting included. */

/** A timer that fires this late tells that the process stood still: what came meanwhile is still to be read. */
const LATE_MS = 50;
const GRACE_MS = 500;

/**
 * The signal fires when the time is up; the timer never outlives the work. Timers run before sockets are read: an answer
 * that lies there already is taken first.
 */
export async function withTotalDeadline<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const startedAt = performance.now();
  let timer = setTimeout(() => {
    const late = performance.now() - startedAt - ms > LATE_MS;
    if (late) timer = setTimeout(() => controller.abort(), GRACE_MS);
    else controller.abort();
  }, ms);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
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
