/** M2: MDES takes every call and never answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { demoToken } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { between, count, pushesOf, readsOf, slowest } from '../../support/load/samples.js';
import { underLoad } from '../../support/load/under-load.js';
import { hang } from '../../support/mdes/behaviours.js';
import { pass } from '../../support/mdes/exchange.js';
import { arrivals } from '../../support/pushes/keyed-pushes.js';

/** What it takes in this time is never answered: not so long that pushes fill the slots that two account holders get. */
const HANGS_MS = 3000;
const READ_ENDS_MS = 3000;
/** 9 s, and 10% of it. */
const PUSH_ENDS_MS = 9900;
const BULKHEAD = 50;
const LOOP_DELAY_P99_MS = 50;

export const mdesHangs: Row = {
  id: 'M2',
  title: 'MDES never answers',
  async run(scene) {
    const { proxy } = scene.stage;
    const gateway = await scene.gateway();
    let delayP99Ms = 0;
    // One account holder's pushes would be as many as one may have under way.
    const secondPusher = { token: await demoToken(gateway.url, 'amir'), fundingAccountId: 'card-11' };
    const trial = await underLoad(scene, {
      gateways: [gateway],
      plan: { secondPusher },
      async fault() {
        await gateway.vitals();
        proxy.behave(hang);
        await sleep(HANGS_MS);
        ({ delayP99Ms } = await gateway.vitals());
        proxy.behave(pass);
      },
    });
    const during = between(trial.since, trial.struckAt + 100, trial.healedAt - 100);
    const reads = readsOf(during);
    const cached = reads.filter((sample) => sample.class === 'cached');
    const pushes = pushesOf(during);
    const sent = arrivals(scene.stage);
    return [
      none('drops', count(during, 'drop')),
      none('wrong reads', count(reads, 'wrong')),
      noneOf(
        'cached reads not answered',
        cached.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'ok'),
      ),
      atMost('slowest read', slowest(reads), READ_ENDS_MS, 'ms'),
      atMost('slowest push', slowest(pushes), PUSH_ENDS_MS, 'ms'),
      atMost('reads in flight at MDES', proxy.mostReadsInFlight, BULKHEAD),
      atMost('event-loop delay p99', delayP99Ms, LOOP_DELAY_P99_MS, 'ms'),
      noneOf(
        `of ${pushes.length} pushes not UNKNOWN`,
        pushes.map(({ push, outcome }) => push?.status ?? outcome).filter((end) => end !== 'UNKNOWN'),
      ),
      none('keys not sent once', pushes.filter(({ push }) => sent(push?.key ?? '') !== 1).length),
      ...aliveFigures([gateway]),
    ];
  },
};
