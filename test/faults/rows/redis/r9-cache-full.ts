/** R9: the cache class alone, in memory mode, is given a million keys. */
import { atMost, exactly } from '../../figure.js';
import type { Row } from '../../row.js';
import type { FullCache } from '../../support/redis/cache-process.js';

const KEYS = 1_000_000;
const MOST_ENTRIES = 10_000;
const RSS_GROWTH_MB = 50;
/** V8's room for what is new grows by 32 MB in any process with work to do: that is not the cache's. */
const NURSERY = '--max-semi-space-size=2';

export const cacheFull: Row = {
  id: 'R9',
  title: 'a million keys in memory mode',
  async run(scene) {
    const cache = scene.child('cache-process', ['--expose-gc', NURSERY]);
    const { held, holdsLast, rssGrowthMb, peakGrowthMb } = await cache.ask<FullCache>('fill', KEYS);
    return [
      atMost('entries held', held, MOST_ENTRIES),
      exactly('the last one held', String(holdsLast), 'true'),
      atMost('RSS growth', rssGrowthMb, RSS_GROWTH_MB, 'MB'),
      atMost('RSS growth at its peak', peakGrowthMb, RSS_GROWTH_MB, 'MB'),
    ];
  },
};
