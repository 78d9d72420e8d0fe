/** R8: a thousand requests at once for one range that nobody has asked for; then the same at its soft age. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import type { LoadPlan, Sample } from '../../support/load/load-plan.js';
import { readsOf, slowest } from '../../support/load/samples.js';

const AT_ONCE = 1000;
const INSTANCES = 2;
const COLD_DELAY_MS = 300;
const SLOW_MDES_MS = 2000;
const NOBODY_WAITS_MS = 1000;
const PAST_SOFT_AGE_MS = 13 * 3_600_000;
const OPERATION = 'getEligibleTokenRequestors';

export const stampede: Row = {
  id: 'R8',
  title: 'stampede on one cold range, and at its soft age',
  bothLayers: true,
  async run(scene, inProcessCache) {
    const { knownRanges, oracle, proxy, simulator } = scene.stage;
    const redis = await scene.redis();
    const wish = { redisUrl: redis.url, inProcessCache };
    const gateways = await Promise.all(Array.from({ length: INSTANCES }, () => scene.gateway(wish)));
    const targets = gateways.map(({ url, token }) => ({ url, token }));
    const [warmUp = '', range = ''] = knownRanges;
    const load = scene.child('load-process');
    await load.ask<Sample[]>('burst', { targets, oracle, range: warmUp, count: 200 });

    await simulator.fault(OPERATION, 'delay', 100, COLD_DELAY_MS);
    const before = proxy.calls(OPERATION).length;
    const burst = await load.ask<Sample[]>('burst', { targets, oracle, range, count: AT_ONCE });
    const coldCalls = proxy.calls(OPERATION).length - before;

    await simulator.reset();
    await simulator.fault(OPERATION, 'delay', 100, SLOW_MDES_MS);
    await Promise.all(gateways.map((gateway) => gateway.advance(PAST_SOFT_AGE_MS)));
    const plan = { targets, oracle, perSecond: 200, cached: [range], cold: [], pushes: false };
    await load.ask('start', plan satisfies LoadPlan);
    await sleep(SLOW_MDES_MS + 1500);
    const aged = readsOf(await load.ask<Sample[]>('stop'));
    const refreshCalls = proxy.calls(OPERATION).length - before - coldCalls;
    return [
      none('answers that are not right, cold', burst.filter(({ outcome }) => outcome !== 'ok').length),
      atMost(`upstream calls for ${AT_ONCE} at once`, coldCalls, INSTANCES),
      none('answers that are not right, aged', aged.filter(({ outcome }) => outcome !== 'ok').length),
      atMost('slowest at the soft age', slowest(aged), NOBODY_WAITS_MS, 'ms'),
      atMost('upstream calls at the soft age', refreshCalls, INSTANCES),
      ...aliveFigures(gateways),
    ];
  },
};
