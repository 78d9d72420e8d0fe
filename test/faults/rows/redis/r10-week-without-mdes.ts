/** R10: MDES is away for a week, by the clock; four processes on one Redis go on, and are fresh again at one's expense. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, exactly, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { canonical, READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { isStale } from '../../support/gateway/staleness.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { now } from '../../support/load/load-plan.js';

const PROCESSES = 4;
const RANGES_PER_CALL = 25;
const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;
/** The refreshers find out within this that it is time, and fail. */
const NOTICED_MS = 6000;
const FRESH_WITHIN_MS = 15_000;
/** Whether another process asks MDES again, after all. */
const QUIET_MS = 3000;
const OPERATION = 'getEligibleTokenRequestors';

export const weekWithoutMdes: Row = {
  id: 'R10',
  title: 'MDES away for a week',
  async run(scene) {
    const { knownRanges: ranges, oracle, proxy } = scene.stage;
    const redis = await scene.redis();
    const wish = { redisUrl: redis.url, ranges, environment: { CATALOGUE_WARM: 'on' } };
    const gateways = await Promise.all(Array.from({ length: PROCESSES }, () => scene.gateway(wish)));
    const all = async (staleness: boolean) => {
      const flags = await Promise.all(gateways.map(isStale));
      return flags.every((isStaleNow) => isStaleNow === staleness);
    };
    const warmMs = await eventually(() => all(false), FRESH_WITHIN_MS);
    const warmCalls = proxy.calls(OPERATION).length;

    await proxy.refuse();
    await Promise.all(gateways.map((gateway) => gateway.advance(WEEK_MS)));
    await sleep(NOTICED_MS);
    const unanswered = (
      await Promise.all(gateways.map((gateway) => wrongOf(gateway, ranges, oracle)))
    ).flat();
    const flagged = (await Promise.all(gateways.map(isStale))).filter(Boolean).length;

    await proxy.accept();
    const backAt = now();
    await Promise.all(gateways.map((gateway) => gateway.advance(MINUTE_MS)));
    const freshMs = await eventually(() => all(false), FRESH_WITHIN_MS);
    await sleep(QUIET_MS);
    const calls = Math.ceil(ranges.length / RANGES_PER_CALL);
    return [
      atMost('warm after', warmMs, FRESH_WITHIN_MS, 'ms'),
      exactly('calls to warm all', warmCalls, calls),
      none(`of ${ranges.length * PROCESSES} warmed queries not right`, unanswered.length),
      exactly('processes that say stale', flagged, PROCESSES),
      atMost('fresh after', freshMs, FRESH_WITHIN_MS, 'ms'),
      exactly('calls to refresh all', proxy.calls(OPERATION, backAt).length, calls),
      ...aliveFigures(gateways),
    ];
  },
};

async function wrongOf(
  gateway: GatewayChild,
  ranges: readonly string[],
  oracle: Readonly<Record<string, string>>,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const range of ranges) {
    const { data } = await gateway.graphql(READ, { ranges: [range] });
    if (canonical(data?.tokenRequestors ?? []) !== oracle[range]) wrong.push(range);
  }
  return wrong;
}
