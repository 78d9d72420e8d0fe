/** P3: the ledger's database is killed between two tries of a push, or within one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { pushOnceThere, pushWithKey } from '../../support/pushes/keyed-pushes.js';
import { settledFigures } from '../../support/pushes/settled-figures.js';

const TRIALS = 100;
/** As long as a push takes here, so that every other trial hits one. */
const LATEST_MS = 40;

export const ledgerKilled: Row = {
  id: 'P3',
  title: `the ledger's database killed between duplicates, ${TRIALS} times`,
  async run(scene) {
    const database = await scene.postgres();
    const gateway = await scene.gateway({ ranges: scene.stage.knownRanges });
    const keys: string[] = [];
    const odd: string[] = [];
    let changed = 0;
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const key = `p3-${trial}`;
      keys.push(key);
      const pushing = pushWithKey(gateway, key);
      if (trial % 2 === 0) await pushing;
      else await sleep(Math.random() * LATEST_MS);
      await database.restart();
      const first = await pushing;
      const second = await pushOnceThere(gateway, key);
      if (first.end === 'READY' && second.end !== 'READY') odd.push(`READY, then ${second.end}`);
      if (first.id !== null && first.id !== second.id) changed += 1;
    }
    return [
      noneOf(
        'answers that were taken back',
        odd.filter((end) => end !== 'READY, then IN_PROGRESS'),
      ),
      none('other push for the same key', changed),
      ...(await settledFigures(scene.stage, gateway, keys)),
      ...aliveFigures([gateway]),
    ];
  },
};
