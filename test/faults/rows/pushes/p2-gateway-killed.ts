/** P2: the gateway is killed while it pushes, again and again, at any moment. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast } from '../../figure.js';
import type { Row } from '../../row.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { pushWithKey } from '../../support/pushes/keyed-pushes.js';
import { settledFigures } from '../../support/pushes/settled-figures.js';

const TRIALS = 200;
const PUSHES = 4;
/** Of the time that a fresh process takes for its first pushes on this machine: from before the first is reserved to after the last is answered. */
const LATEST = 1.2;
/** Of the trials, so that they show anything. */
const CUT_OFF = 0.25;

export const gatewayKilled: Row = {
  id: 'P2',
  title: `gateway killed mid-push, ${TRIALS} times`,
  async run(scene) {
    await scene.postgres();
    const wish = { ranges: scene.stage.knownRanges };
    const survivor = await scene.gateway(wish);
    const keys: string[] = [];
    let cutOff = 0;
    const latestMs = LATEST * (await firstPushesMs(await scene.gateway(wish)));
    let next = scene.gateway(wish);
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const victim: GatewayChild = await next;
      const own = Array.from({ length: PUSHES }, (_, index) => `p2-${trial}-${index}`);
      keys.push(...own);
      const pushes = own.map((key) => pushWithKey(victim, key));
      await sleep(Math.random() * latestMs);
      await victim.kill();
      const answers = await Promise.all(pushes);
      if (answers.some(({ end }) => end === 'no answer')) cutOff += 1;
      next = trial + 1 < TRIALS ? scene.gateway(wish) : next;
      // While the trail is hot; what it leads to is judged at the end. Not each time: it sends what was not sent before.
      if (trial % 2 === 0) await Promise.all(own.map((key) => pushWithKey(survivor, key)));
    }
    return [
      atLeast('trials with a push cut off', cutOff, TRIALS * CUT_OFF),
      ...(await settledFigures(scene.stage, survivor, keys, { unknown: 1, unsent: 1 })),
      ...aliveFigures([survivor]),
    ];
  },
};

async function firstPushesMs(fresh: GatewayChild): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: PUSHES }, (_, index) => pushWithKey(fresh, `p2-first-${index}`)));
  return performance.now() - startedAt;
}
