/** P1: every push is asked for ten times at once, at two processes. */
import { exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { arrivals, atOnce, type Pushed, pushWithKey } from '../../support/pushes/keyed-pushes.js';

const KEYS = 1000;
const DUPLICATES = 5;
/** So that no process has more under way than it takes. */
const KEYS_AT_ONCE = 6;

export const duplicates: Row = {
  id: 'P1',
  title: `${KEYS} keys, each ${DUPLICATES} times at once at each of 2 processes`,
  async run(scene) {
    await scene.postgres();
    const wish = { ranges: scene.stage.knownRanges };
    const gateways = [await scene.gateway(wish), await scene.gateway(wish)];
    const keys = Array.from({ length: KEYS }, (_, index) => `p1-${index}`);
    const answers = new Map<string, readonly Pushed[]>();
    await atOnce(keys, KEYS_AT_ONCE, async (key) => {
      const asked = Array.from({ length: DUPLICATES }, () => gateways).flat();
      answers.set(key, await Promise.all(asked.map((gateway) => pushWithKey(gateway, key))));
    });
    const sent = arrivals(scene.stage);
    const all = [...answers.values()];
    return [
      exactly('keys sent once', keys.filter((key) => sent(key) === 1).length, KEYS),
      noneOf(
        `of ${all.flat().length} answers neither READY nor IN_PROGRESS`,
        all
          .flat()
          .map(({ end }) => end)
          .filter((end) => end !== 'READY' && end !== 'IN_PROGRESS'),
      ),
      none('keys without a READY', all.filter((some) => some.every(({ end }) => end !== 'READY')).length),
      none('keys with two pushes', all.filter((some) => new Set(some.map(({ id }) => id)).size !== 1).length),
      ...aliveFigures(gateways),
    ];
  },
};
