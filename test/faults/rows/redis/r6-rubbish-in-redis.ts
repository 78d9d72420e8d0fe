/** R6: every key of Redis holds rubbish, of ten kinds. */
import type { RedisServer } from '../../../support/redis-server.js';
import { atLeast, exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { canonical, LARK_LOGO, READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { spoil } from '../../support/redis/rubbish.js';
import type { Scene } from '../../support/scene.js';

const LOGO = 'query ($id: ID!) { asset(id: $id) { id mediaContents { data } } }';
const WRITTEN_WITHIN_MS = 3000;

export const rubbishInRedis: Row = {
  id: 'R6',
  title: 'rubbish in every key of Redis',
  bothLayers: true,
  async run(scene, inProcessCache) {
    const redis = await scene.redis();
    const { knownRanges: ranges } = scene.stage;
    const wish = { redisUrl: redis.url, inProcessCache, ranges };
    const seasoned = await scene.gateway(wish);
    const logo = await seasoned.graphql(LOGO, { id: LARK_LOGO });
    await askAll(scene, seasoned);
    await eventually(async () => (await entriesOf(redis)).size > ranges.length, WRITTEN_WITHIN_MS);
    const good = await entriesOf(redis);

    await redis.commands(spoil(good));
    const fromSeasoned = await askAll(scene, seasoned);
    await redis.commands(spoil(good));
    const fresh = await scene.gateway(wish);
    const callsBefore = scene.stage.proxy.calls('getEligibleTokenRequestors').length;
    const half = await askAll(scene, fresh, ranges.slice(0, Math.floor(ranges.length / 2)));
    const together = await fresh.graphql(READ, { ranges });
    const calls = scene.stage.proxy.calls('getEligibleTokenRequestors').length - callsBefore;
    const logoAgain = await fresh.graphql(LOGO, { id: LARK_LOGO });
    await eventually(async () => differing(await entriesOf(redis), good).length === 0, WRITTEN_WITHIN_MS);

    const answers = [...fromSeasoned, ...half];
    // One call for each range that was asked for alone, and one for the rest together.
    const misses = Math.floor(ranges.length / 2) + Math.ceil((ranges.length - half.length) / 25);
    return [
      exactly('keys of ranges and logos spoilt', keysOf(good, /::(range|asset)-/), ranges.length + 1),
      atLeast('of lists and requestors', keysOf(good, /::(list|requestor)-/), 2),
      noneOf(
        'errors',
        [...answers, together, logo, logoAgain].flatMap(({ codes }) => codes),
      ),
      none('wrong', answers.filter(({ isRight }) => !isRight).length),
      exactly('logo as before', String(logo.text === logoAgain.text), 'true'),
      exactly('upstream calls for the misses', calls, misses),
      none('keys not overwritten', differing(await entriesOf(redis), good).length),
      ...aliveFigures([seasoned, fresh]),
    ];
  },
};

async function askAll(scene: Scene, gateway: GatewayChild, ranges = scene.stage.knownRanges) {
  const answers = [];
  for (const range of ranges) {
    const { data, codes } = await gateway.graphql(READ, { ranges: [range] });
    answers.push({ codes, isRight: canonical(data?.tokenRequestors ?? []) === scene.stage.oracle[range] });
  }
  return answers;
}

async function entriesOf(redis: RedisServer): Promise<Map<string, string>> {
  const keys = (await redis.command('KEYS', '*::*')).split('\r\n').filter((line) => line.includes('::'));
  const entries = await Promise.all(
    keys.map(async (key) => [key, (await redis.command('GET', key)).replace(/^\$\d+\r\n/, '')] as const),
  );
  return new Map(entries);
}

function keysOf(entries: ReadonlyMap<string, string>, kind: RegExp): number {
  return [...entries.keys()].filter((key) => kind.test(key)).length;
}

/** The keys that differ in more than when they were stored. */
function differing(entries: ReadonlyMap<string, string>, good: ReadonlyMap<string, string>): string[] {
  const timeless = (text = '') => text.replaceAll(/"(storedAt|expiresAt)":\d+/g, '');
  return [...good.keys()].filter((key) => timeless(entries.get(key)) !== timeless(good.get(key)));
}
