/** The cache class alone, in a process of its own, so that nothing else grows beside it. Needs --expose-gc. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cache } from '../../../../src/catalogue/cache/cache.js';
import { createCache } from '../../../../src/catalogue/cache/create-cache.js';
import { createLogger } from '../../../../src/observability/logger.js';
import { answerParent } from '../child.js';

export interface FullCache {
  /** Of all that was put in. */
  readonly held: number;
  /** Whether what was put in last is among them. */
  readonly holdsLast: boolean;
  readonly rssGrowthMb: number;
  readonly peakGrowthMb: number;
}

const BATCH = 1000;
const REHEARSAL = 20_000;
const TTL_MS = 3_600_000;

answerParent({
  async fill(keys: number): Promise<FullCache> {
    // What a process takes for running at all has grown before it counts.
    await (await filled(REHEARSAL, () => undefined)).close();
    const before = settledRss();
    let peak = before;
    const cache = await filled(keys, () => {
      peak = Math.max(peak, process.memoryUsage.rss());
    });
    const after = settledRss();
    let held = 0;
    let last: unknown;
    for (let first = 0; first < keys; first += BATCH) {
      const found = await cache.getMany(Array.from({ length: BATCH }, (_, index) => keyOf(first + index)));
      held += found.filter((value) => value !== undefined).length;
      last = found.at(-1);
      await nextTurn();
    }
    const megabytes = (bytes: number) => (bytes - before) / 2 ** 20;
    return {
      held,
      holdsLast: last !== undefined,
      rssGrowthMb: megabytes(after),
      peakGrowthMb: megabytes(peak),
    };
  },
});

async function filled(keys: number, afterBatch: () => void): Promise<Cache> {
  const cache = await createCache({ log: createLogger('silent'), connection: null }, { namespace: 'faults' });
  for (let first = 0; first < keys; first += BATCH) {
    cache.setMany(
      Array.from({ length: BATCH }, (_, index) => ({
        key: keyOf(first + index),
        value: entry(first + index),
        ttlMs: TTL_MS,
      })),
    );
    await cache.settled(10_000);
    afterBatch();
  }
  return cache;
}

function keyOf(index: number): string {
  return `range-${String(index).padStart(19, '0')}`;
}

function entry(index: number): object {
  return {
    storedAt: index,
    tokenRequestors: [{ id: String(index).padStart(11, '0'), name: `Wallet ${index}` }],
  };
}

function settledRss(): number {
  global.gc?.();
  return process.memoryUsage.rss();
}
