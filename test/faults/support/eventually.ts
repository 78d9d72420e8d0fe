/** Waiting for something to become so. */
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** Resolves with how long it took; gives up after `withinMs`, with infinity. */
export async function eventually(isSo: () => boolean | Promise<boolean>, withinMs: number): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt <= withinMs) {
    // What cannot be asked yet is not so yet.
    if (await Promise.resolve(isSo()).catch(() => false)) return performance.now() - startedAt;
    await sleep(LOOK_EVERY_MS);
  }
  return Number.POSITIVE_INFINITY;
}
