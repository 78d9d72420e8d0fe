/** K1: 2,400 requestors, 10,000 ranges, and a group of them that is always refused: first fetch, refresh, and a second process. */
import { atLeast, atMost, exactly, type Figure, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { startWideMdes } from '../../support/mdes/wide-mdes.js';
import type { Scene } from '../../support/scene.js';

const WHOLE_MS = 30_000;
const LOOP_MS = 50;
const MEMORY_MB = 200;
const LOOKUP_MS = 100;
const PAST_SOFT_AGE_MS = 13 * 3_600_000;
const GROUP = 25;
const LOOKUP = '{ tokenRequestor(id: "50190000001") { id } }';
const ENABLED = '{ tokenRequestor(id: "50190000001") { enabledAccountRanges } }';
/** Of one account: four with 2,400 requestors cost more than a document may. */
const ELIGIBILITY =
  '{ fundingAccounts(ids: ["card-1"]) { id eligibility { status tokenRequestor { id } } } }';

interface Size {
  readonly name: string;
  readonly ranges: number;
  readonly requestors: number;
  readonly every: number;
  readonly refusedGroup: boolean;
}

const SIZES: readonly Size[] = [
  { name: '40 x 2,400', ranges: 40, requestors: 2400, every: 1, refusedGroup: false },
  { name: '10,000 x 100', ranges: 10_000, requestors: 100, every: 1, refusedGroup: true },
  {
    name: '10,000 x 100, no two ranges alike',
    ranges: 10_000,
    requestors: 100,
    every: 2,
    refusedGroup: true,
  },
];

export const largeCatalogues: Row = {
  id: 'K1',
  title: 'large catalogues, and a group of ranges that is always refused',
  async run(scene) {
    const figures: Figure[] = [];
    for (const size of SIZES) {
      for (const figure of await measure(scene, size)) {
        figures.push({ ...figure, name: `${size.name}: ${figure.name}` });
      }
    }
    return figures;
  },
};

async function measure(scene: Scene, size: Size): Promise<Figure[]> {
  const ranges = rangesOf(scene, size.ranges);
  // Those of the demo accounts come first.
  const refused = new Set(size.refusedGroup ? ranges.slice(2 * GROUP, 3 * GROUP) : []);
  const { fake, bytes } = await startWideMdes({ ...size, refused });
  scene.owns(() => fake.close());
  const redis = await scene.redis();
  const wish = {
    redisUrl: redis.url,
    ranges,
    environment: { MDES_BASE_URL: fake.baseUrl, CATALOGUE_WARM: 'on' },
  };
  const whole = ranges.length - refused.size;

  const one = await watched(scene, wish, (gateway) => refreshed(gateway) >= whole);
  const megabytes = bytes() / 2 ** 20;
  await eventually(() => notRefreshed(one.gateway) > 0 || refused.size === 0, 2000);
  const said = notRefreshed(one.gateway);
  const lookup = await lookups(one.gateway, LOOKUP);
  const enabled = await lookups(one.gateway, ENABLED);
  const eligibility = await lookups(one.gateway, ELIGIBILITY);
  await one.gateway.vitals();
  await one.gateway.advance(PAST_SOFT_AGE_MS);
  const refreshMs = await eventually(() => refreshed(one.gateway) >= 2 * whole, 2 * WHOLE_MS);
  const refresh = await one.gateway.vitals();
  const readiness = await one.gateway.readiness();
  const [, held = ''] = /^used_memory:(\d+)/m.exec(await redis.command('INFO', 'memory')) ?? [];

  const callsForOthers = () =>
    fake.requests.filter(({ body }) => ![...refused].some((range) => body.includes(range))).length;
  const calls = callsForOthers();
  const second = await watched(
    scene,
    { ...wish, ranges: ranges.filter((range) => !refused.has(range)), machineClockOffMs: PAST_SOFT_AGE_MS },
    knowsAll,
  );
  const known = await lookups(second.gateway, ELIGIBILITY);
  return [
    atMost('first fetch', one.ms, WHOLE_MS, 'ms'),
    atMost('event loop held', one.vitals.delayMaxMs, LOOP_MS, 'ms'),
    atMost('refresh', refreshMs, WHOLE_MS, 'ms'),
    atMost('event loop held then', refresh.delayMaxMs, LOOP_MS, 'ms'),
    atMost('memory', refresh.rssMb, MEMORY_MB, 'MB'),
    atMost('heap', refresh.heapMb, MEMORY_MB, 'MB'),
    atMost('tokenRequestor', lookup.ms, LOOKUP_MS, 'ms'),
    exactly('found', lookup.data?.tokenRequestor?.id, '50190000001'),
    atMost('its ranges', enabled.ms, LOOKUP_MS, 'ms'),
    // About every so many.
    atLeast(
      'ranges in it',
      enabled.data?.tokenRequestor?.enabledAccountRanges.length,
      (0.9 * whole) / size.every,
    ),
    atMost('eligibility', eligibility.ms, LOOKUP_MS + size.requestors / 4, 'ms'),
    exactly('requestors in it', requestorsIn(eligibility.data), size.requestors),
    exactly('MDES', String(readiness.mdes), 'ready'),
    none('breaker opened', linesWith(one.gateway, 'does not answer reads').length),
    exactly('lines of what is refused', said, refused.size > 0 ? 1 : 0),
    atMost('answers of MDES', megabytes, 100, 'MB'),
    atMost('Redis holds', Number(held) / 2 ** 20, 100, 'MB'),
    atMost('second process', second.ms, WHOLE_MS, 'ms'),
    atMost('its event loop held', second.vitals.delayMaxMs, LOOP_MS, 'ms'),
    exactly('requestors in its eligibility', requestorsIn(known.data), size.requestors),
    none('its calls', callsForOthers() - calls),
  ];
}

function requestorsIn(data: { fundingAccounts?: { eligibility?: unknown[] }[] } | undefined): number {
  return data?.fundingAccounts?.[0]?.eligibility?.length ?? 0;
}

function rangesOf({ stage }: Scene, count: number): string[] {
  const known = stage.knownRanges;
  const more = Array.from({ length: count }, (_, index) => String(510_000_000 + index).padEnd(19, '0'));
  return [...new Set([...known, ...more])].slice(0, count);
}

/** A gateway from its start until it is so. */
async function watched(
  scene: Scene,
  wish: Parameters<Scene['gateway']>[0],
  isWhole: (gateway: GatewayChild) => boolean | Promise<boolean>,
) {
  const startedAt = performance.now();
  const gateway = await scene.gateway(wish);
  await eventually(() => isWhole(gateway), 2 * WHOLE_MS);
  return { gateway, ms: performance.now() - startedAt, vitals: await gateway.vitals() };
}

async function knowsAll(gateway: GatewayChild): Promise<boolean> {
  return (await gateway.graphql('{ catalogue { asOf } }')).data.catalogue.asOf !== null;
}

/** The fastest of five: what it costs, not what else the machine does. */
async function lookups(gateway: GatewayChild, query: string) {
  const answers = [];
  for (let round = 0; round < 5; round++) answers.push(await gateway.graphql(query));
  return { ms: Math.min(...answers.map(({ ms }) => ms)), data: answers[0]?.data };
}

function linesWith(gateway: GatewayChild, text: string): Record<string, unknown>[] {
  return gateway.log
    .split('\n')
    .filter((line) => line.includes(text))
    .map((line) => JSON.parse(line));
}

/** How many ranges it has fetched in all, as its log says. */
function refreshed(gateway: GatewayChild): number {
  return linesWith(gateway, '"catalogue.refreshed"').reduce((sum, line) => sum + Number(line['ranges']), 0);
}

function notRefreshed(gateway: GatewayChild): number {
  return linesWith(gateway, '"catalogue.not-refreshed"').length;
}
