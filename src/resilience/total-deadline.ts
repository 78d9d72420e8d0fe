/** A total deadline for a piece of work, its waiting included. */

/** The signal fires when the time is up; the timer never outlives the work. */
export async function withTotalDeadline<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
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
