/** R5: the network between gateway and Redis is cut for 8 s under load. */
import type { Row } from '../../row.js';
import { partitionedRedis } from '../../support/redis/partitioned-redis.js';
import { silentRedisFigures } from '../../support/redis/silent-redis.js';

const CUT_MS = 8000;

export const partition: Row = {
  id: 'R5',
  title: 'network to Redis cut for 8 s',
  bothLayers: true,
  async run(scene, inProcessCache) {
    return silentRedisFigures(scene, await partitionedRedis(scene), CUT_MS, inProcessCache);
  },
};
