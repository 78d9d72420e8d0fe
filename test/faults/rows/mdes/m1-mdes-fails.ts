/** M1: MDES answers 500 and 503 for 20 s while the catalogue is past its soft age. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, exactly, type Figure, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import { isStale } from '../../support/gateway/staleness.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { now } from '../../support/load/load-plan.js';
import { between, slowest } from '../../support/load/samples.js';
import { underLoad } from '../../support/load/under-load.js';
import { alternating, gatewayError } from '../../support/mdes/behaviours.js';
import { pass, type UpstreamCall } from '../../support/mdes/exchange.js';
import { paceFigures } from '../../support/mdes/upstream-pace.js';
import type { Scene } from '../../support/scene.js';

const DOWN_MS = 20_000;
const PAST_SOFT_AGE_MS = 13 * 3_600_000;
const ERROR_WITHIN_MS = 1000;
const RECOVERED_MS = 2000;
const PACE = { first: 5, probeEveryMs: 1000 };
const fails = () => alternating(gatewayError(500, 'SYSTEM_ERROR'), gatewayError(503, 'SERVICE_UNAVAILABLE'));

export const mdesFails: Row = {
  id: 'M1',
  title: 'MDES answers 500 and 503 for 20 s',
  async run(scene) {
    const { proxy } = scene.stage;
    const gateway = await scene.gateway();
    let healedAt = 0;
    let calls: readonly UpstreamCall[] = [];
    let recoveredMs = 0;
    const trial = await underLoad(scene, {
      gateways: [gateway],
      plan: { pushes: false },
      async fault() {
        await gateway.advance(PAST_SOFT_AGE_MS);
        const struckAt = now();
        proxy.behave(fails());
        await sleep(DOWN_MS);
        calls = proxy.calls('getEligibleTokenRequestors', struckAt);
        healedAt = now();
        proxy.behave(pass);
        const ranges = scene.coldRanges(1);
        const isWell = async () => (await gateway.graphql(READ, { ranges })).codes.length === 0;
        recoveredMs = await eventually(isWell, 5 * RECOVERED_MS);
      },
    });
    // What was asked just before or after may have been answered well.
    const during = between(trial.since, trial.struckAt + 500, healedAt - ERROR_WITHIN_MS);
    const cached = during.filter((sample) => sample.class === 'cached');
    const cold = during.filter((sample) => sample.class === 'cold');
    return [
      exactly('cached reads right', cached.filter(({ outcome }) => outcome === 'ok').length, cached.length),
      noneOf(
        `of ${cold.length} cold reads not UPSTREAM_UNAVAILABLE`,
        cold.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'UPSTREAM_UNAVAILABLE'),
      ),
      atMost('slowest cold read', slowest(cold), ERROR_WITHIN_MS, 'ms'),
      ...paceFigures(calls, healedAt, PACE),
      atMost('recovered after', recoveredMs, RECOVERED_MS, 'ms'),
      ...(await flagFigures(scene)),
      ...aliveFigures([gateway]),
    ];
  },
};

/** With a gateway that knows all of its ranges: there the flag says only how old they are. */
async function flagFigures(scene: Scene): Promise<Figure[]> {
  const { knownRanges: ranges, proxy } = scene.stage;
  const gateway = await scene.gateway({ ranges, environment: { CATALOGUE_WARM: 'on' } });
  const before = await isStale(gateway);
  proxy.behave(fails());
  await gateway.advance(PAST_SOFT_AGE_MS);
  return [exactly('stale, before and during', `${before}, ${await isStale(gateway)}`, 'false, true')];
}
