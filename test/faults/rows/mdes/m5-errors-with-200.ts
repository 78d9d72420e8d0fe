/** M5: MDES answers HTTP 200 with errors in it. */
import { exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { CARD_RANGE, canonical, LARK_LOGO, PUSH, pushInput, READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const LOGO = 'query ($id: ID!) { asset(id: $id) { id } }';
const TIMES = 5;

export const errorsWith200: Row = {
  id: 'M5',
  title: 'HTTP 200 with errors',
  async run(scene) {
    const { knownRanges, oracle, simulator } = scene.stage;
    const redis = await scene.redis();
    const gateway = await scene.gateway({ redisUrl: redis.url });
    await gateway.graphql(READ, { ranges: [CARD_RANGE] });
    const ranges = knownRanges.filter((range) => range !== CARD_RANGE).slice(0, TIMES);
    await simulator.fault('getEligibleTokenRequestors', 'errors', TIMES);
    await simulator.fault('getAsset', 'errors');
    await simulator.fault('pushMultipleAccounts', 'errors');
    const refused = [];
    for (const range of ranges) refused.push(await gateway.graphql(READ, { ranges: [range] }));
    refused.push(await gateway.graphql(LOGO, { id: LARK_LOGO }));
    const push = await gateway.graphql(PUSH, { input: pushInput('errors-with-200') });
    const keys = await redis.command('KEYS', '*');
    const cached = [...ranges, LARK_LOGO].filter((key) => keys.includes(key));

    await simulator.reset();
    const isWell = async (range: string) => {
      const { data } = await gateway.graphql(READ, { ranges: [range] });
      return canonical(data?.tokenRequestors ?? []) === oracle[range];
    };
    await eventually(() => isWell(ranges[0] ?? ''), 2000);
    const right = await Promise.all(ranges.map(isWell));
    return [
      noneOf(
        `of ${refused.length} answers not UPSTREAM_UNAVAILABLE`,
        refused.map(({ codes }) => codes.join()).filter((code) => code !== 'UPSTREAM_UNAVAILABLE'),
      ),
      exactly('push', String(push.data?.pushCard?.__typename), 'PushRefusal'),
      noneOf('cached', cached),
      none('wrong once MDES is well', right.filter((isRight) => !isRight).length),
      ...aliveFigures([gateway]),
    ];
  },
};
