/** R2: Redis is stopped for 5 s under load, and goes on. */
import type { Row } from '../../row.js';
import { silentRedisFigures } from '../../support/redis/silent-redis.js';

const FROZEN_MS = 5000;

export const redisFrozen: Row = {
  id: 'R2',
  title: 'Redis frozen for 5 s',
  bothLayers: true,
  everySetUp: true,
  async run(scene, inProcessCache) {
    const { url, primary, replica } = await scene.topology();
    const frozen = {
      url,
      silence: () => primary.freeze(),
      resume: () => primary.thaw(),
      // Whoever of them is the primary by then: nobody reads of the other.
      stats: async () => {
        const servers = [...new Set([primary, replica])];
        return (await Promise.all(servers.map((one) => one.command('INFO', 'stats')))).join('\n');
      },
    };
    return silentRedisFigures(scene, frozen, FROZEN_MS, inProcessCache);
  },
};
