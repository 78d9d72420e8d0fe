/** Waiting that can be given up. */

export type Signal = AbortSignal | null | undefined;

/** A tenth longer at random, so that many apps that failed together do not come again together. Rejects with the signal's reason. */
export function wait(milliseconds: number, signal: Signal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      },
      milliseconds * (1 + Math.random() / 10),
    );
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}
