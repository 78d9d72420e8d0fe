/** R2: Redis is stopped for 5 s under load, and goes on. */
import type { Row } from '../../row.js';
import { silentRedisFigures } from '../../support/redis/silent-redis.js';

const FROZEN_MS = 5000;

export const redisFrozen: Row = {
  id: 'R2',
  title: 'Redis frozen for 5 s',
  bothLayers: true,
  async run(scene, inProcessCache) {
    const redis = await scene.redis();
    const frozen = {
      url: redis.url,
      silence: () => redis.freeze(),
      resume: () => redis.thaw(),
      stats: () => redis.command('INFO', 'stats'),
    };
    return silentRedisFigures(scene, frozen, FROZEN_MS, inProcessCache);
  },
};
