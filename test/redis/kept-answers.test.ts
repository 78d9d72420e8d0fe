/** Kept answers beside a shared cache: what another process has fetched is seen when the cache is asked again, and not later. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { type CatalogueMdes, manyRanges, startCatalogueMdes } from '../support/mdes/catalogue-mdes.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually } from '../support/shared-cache.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const HOUR = 3_600_000;
const RANGES = manyRanges(1);
const LIST =
  'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { consumerFacingEntityName } }';

let simulator: RunningSimulator;
let redis: RedisServer;
let mdes: CatalogueMdes;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  // For its keys alone.
  simulator = await startTestSimulator();
  redis = await RedisServer.start();
  mdes = await startCatalogueMdes({ '50100000001': 'Lark' });
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await Promise.all([redis.stop(), mdes.close(), simulator.close()]);
});

async function start(now: () => number): Promise<TestGateway> {
  const environment = {
    ...simulatorEnvironment(simulator),
    MDES_BASE_URL: mdes.fake.baseUrl,
    MDES_ACCOUNT_RANGES: RANGES,
    CACHE_URL: redis.url,
    LEDGER_URL: 'memory:',
  };
  const gateway = await startTestGateway(environment, { clock: { now } });
  gateways.push(gateway);
  return gateway;
}

async function names(gateway: TestGateway): Promise<string[]> {
  const { data, errors } = await gateway.graphql(LIST, { r: RANGES.split(',') });
  expect(errors).toBeUndefined();
  return data.tokenRequestors.map(
    (one: { consumerFacingEntityName: string }) => one.consumerFacingEntityName,
  );
}

const keptBy = ({ logs }: TestGateway) => logs.filter((line) => line.includes('"kept":true')).length;

it('the other process serves the newer catalogue when its minute is over, and asks Redis no sooner', async () => {
  const began = Date.now();
  let [early, late] = [began, began];
  const [one, other] = [await start(() => late), await start(() => early)];
  // Redis is waited for until it has been written.
  await names(one);
  await eventually(async () => Number(await redis.command('DBSIZE').then((text) => text.slice(1))) > 0, 5000);
  expect(await names(other)).toEqual(['Lark']);
  await eventually(async () => (await names(other))[0] === 'Lark' && keptBy(other) > 0, 5000);
  expect(mdes.calls()).toHaveLength(1);

  mdes.names.set('50100000001', 'Nightingale');
  late += 13 * HOUR;
  await names(one);
  await eventually(async () => (await names(one))[0] === 'Nightingale', 5000);
  await redis.command('CONFIG', 'RESETSTAT');
  early += 59_000;
  for (let times = 0; times < 3; times++) expect(await names(other)).toEqual(['Lark']);
  expect(await redis.command('INFO', 'commandstats')).not.toContain('cmdstat_mget');
  early += 1001;
  expect(await names(other)).toEqual(['Nightingale']);
  expect(mdes.calls()).toHaveLength(1);
});
