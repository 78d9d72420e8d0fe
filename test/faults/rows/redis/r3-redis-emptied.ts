/** R3: Redis is killed under load and comes back empty. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import { aliveFigures, pushFigures, readFigures, upstreamFigure } from '../../support/load/load-figures.js';
import { now } from '../../support/load/load-plan.js';
import { between } from '../../support/load/samples.js';
import { underLoad } from '../../support/load/under-load.js';

const DOWN_MS = 1500;
const READY_MS = 3000;
const MAX_MS = 300;
/** A read near the edge of the outage may be written outside of it. */
const EDGE_MS = 300;

export const redisEmptied: Row = {
  id: 'R3',
  title: 'Redis restarted empty',
  bothLayers: true,
  async run(scene, inProcessCache) {
    const redis = await scene.redis();
    const wish = { redisUrl: redis.url, inProcessCache };
    const gateways = await Promise.all([scene.gateway(wish), scene.gateway(wish)]);
    let backAt = 0;
    let readyMs = 0;
    const trial = await underLoad(scene, {
      gateways,
      async fault() {
        await redis.kill();
        await sleep(DOWN_MS);
        backAt = now();
        await redis.start();
        const areReady = async () =>
          (await Promise.all(gateways.map((gateway) => gateway.readiness()))).every(
            ({ cache }) => cache === 'ready',
          );
        readyMs = await eventually(areReady, 2 * READY_MS);
      },
      afterMs: 3000,
    });
    // Read once, while Redis was away: who writes them afterwards replays old writes.
    const outage = between(trial.all, trial.struckAt + EDGE_MS).filter(
      ({ at, ms }) => at + ms < backAt - EDGE_MS,
    );
    const written = outage.flatMap((sample) => (sample.class === 'cold' ? (sample.range ?? []) : []));
    const keys = await redis.command('KEYS', '*');
    return [
      ...readFigures(trial, MAX_MS),
      upstreamFigure(scene, trial, gateways.length),
      ...(await pushFigures(scene, trial)),
      atMost('ready after', readyMs, READY_MS, 'ms'),
      none(
        `old writes replayed, of ${written.length}`,
        written.filter((range) => keys.includes(range)).length,
      ),
      ...aliveFigures(gateways),
    ];
  },
};
