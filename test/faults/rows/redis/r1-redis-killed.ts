/** R1: Redis is killed under load and stays away for 10 s. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../../row.js';
import {
  aliveFigures,
  pushesUnharmed,
  pushFigures,
  readFigures,
  upstreamFigure,
} from '../../support/load/load-figures.js';
import { now } from '../../support/load/load-plan.js';
import { underLoad } from '../../support/load/under-load.js';

const DOWN_MS = 10_000;
const MAX_MS = 300;

export const redisKilled: Row = {
  id: 'R1',
  title: 'Redis killed for 10 s',
  bothLayers: true,
  everySetUp: true,
  async run(scene, inProcessCache) {
    const { url: redisUrl, primary: redis } = await scene.topology();
    await scene.postgres();
    const gateway = await scene.gateway({ redisUrl, inProcessCache });
    let away = { from: 0, to: 0 };
    const trial = await underLoad(scene, {
      gateways: [gateway],
      async fault() {
        await redis.kill();
        const from = now();
        await sleep(DOWN_MS);
        away = { from, to: now() };
        await redis.start();
      },
    });
    return [
      ...readFigures(trial, MAX_MS),
      upstreamFigure(scene, trial, 1),
      ...(await pushFigures(scene, trial)),
      ...pushesUnharmed(trial, [away]),
      ...aliveFigures([gateway]),
    ];
  },
};
