/** R4: Redis is not there when the gateway starts, and appears later. */
import { atMost, exactly, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { canonical, READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const READY_MS = 3000;
const JOINED_MS = 3000;

export const redisAbsent: Row = {
  id: 'R4',
  title: 'Redis absent at boot',
  bothLayers: true,
  everySetUp: true,
  async run(scene, inProcessCache) {
    const redis = await scene.reservedTopology();
    const { knownRanges, oracle } = scene.stage;
    const startedAt = performance.now();
    const gateway = await scene.gateway({ redisUrl: redis.url, inProcessCache });
    const { status, cache, degraded } = await gateway.readiness();
    const readyMs = performance.now() - startedAt;
    const wrong = async (ranges: readonly string[]) => {
      const answers = await Promise.all(
        ranges.map(async (range) => [range, await gateway.graphql(READ, { ranges: [range] })] as const),
      );
      return answers.filter(([range, { data }]) => canonical(data?.tokenRequestors ?? []) !== oracle[range]);
    };
    const wrongWithout = await wrong(knownRanges.slice(0, 10));
    await redis.start();
    const joinedMs = await eventually(
      async () => (await gateway.readiness()).cache === 'ready',
      2 * JOINED_MS,
    );
    const wrongWith = await wrong(knownRanges.slice(10, 20));
    const rowsMs = await eventually(
      async () => (await redis.primary.command('KEYS', '*')).includes('range-'),
      1000,
    );
    return [
      atMost('ready after', readyMs, READY_MS, 'ms'),
      exactly('says', `${status}, ${cache}, degraded ${degraded}`, 'ready, degraded, degraded true'),
      none('wrong without Redis', wrongWithout.length),
      atMost('joined after', joinedMs, JOINED_MS, 'ms'),
      none('wrong with Redis', wrongWith.length),
      atMost('written to Redis after', rowsMs, 1000, 'ms'),
      ...aliveFigures([gateway]),
    ];
  },
};
