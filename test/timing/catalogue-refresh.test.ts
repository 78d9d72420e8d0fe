/** Who refreshes the catalogue, when, and how often MDES is asked for it: alone, and with others on one Redis. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { codes, startTestGateway, type TestGateway } from '../support/gateway.js';
import { type CatalogueMdes, manyRanges, startCatalogueMdes } from '../support/mdes/catalogue-mdes.js';
import { hang, json } from '../support/mdes/fake-mdes.js';
import { within } from '../support/measurements.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually, sleep } from '../support/shared-cache.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const HOUR = 3_600_000;
const RANGES = 60;
const BATCHES = 3;
const STATUS = '{ catalogue { asOf stale nextRefreshAt tokenRequestorCount } }';
const DOWN = json(503, {});

let simulator: RunningSimulator;
let mdes: CatalogueMdes;
let now: number;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  // For its keys alone.
  simulator = await startTestSimulator();
});
beforeEach(async () => {
  now = Date.now();
  mdes = await startCatalogueMdes({ '50100000001': 'Lark', '50100000002': 'Finch' });
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await mdes.close();
});
afterAll(() => simulator.close());

async function start(more: Record<string, string> = {}, inProcessCache = true): Promise<TestGateway> {
  const environment = {
    ...simulatorEnvironment(simulator),
    MDES_BASE_URL: mdes.fake.baseUrl,
    MDES_ACCOUNT_RANGES: manyRanges(RANGES),
    CATALOGUE_WARM: 'on',
    ...more,
  };
  const gateway = await startTestGateway(environment, { clock: { now: () => now }, inProcessCache });
  gateways.push(gateway);
  return gateway;
}

async function status(gateway: TestGateway) {
  const { data, errors } = await gateway.graphql(STATUS);
  expect(errors).toBeUndefined();
  return data.catalogue as {
    asOf: string | null;
    stale: boolean;
    nextRefreshAt: string | null;
    tokenRequestorCount: number;
  };
}

const ask = (gateway: TestGateway) =>
  gateway.graphql('query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id } }', {
    r: manyRanges(RANGES).split(','),
  });

const isFresh = (gateway: TestGateway) => async () => !(await status(gateway)).stale;

describe('a gateway alone', () => {
  it('fetches everything before it is ready, in full batches, and tells how old it is', async () => {
    const gateway = await start();
    const calls = mdes.calls();
    expect(calls.map(({ length }) => length)).toEqual([25, 25, 10]);
    expect(new Set(calls.flat()).size).toBe(RANGES);
    expect(await status(gateway)).toEqual({
      asOf: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
      stale: false,
      nextRefreshAt: expect.any(String),
      tokenRequestorCount: 2,
    });
    const { nextRefreshAt } = await status(gateway);
    const inMs = Date.parse(nextRefreshAt ?? '') - now;
    expect(inMs).toBeGreaterThan(10.7 * HOUR);
    expect(inMs).toBeLessThanOrEqual(12 * HOUR);
    expect((await ask(gateway)).data.tokenRequestors).toHaveLength(2);
    expect(mdes.calls()).toEqual([]);
  });

  it('refreshes on schedule without being asked, and logs what Mastercard added, removed or renamed', async () => {
    const gateway = await start();
    mdes.calls();
    mdes.names.delete('50100000001');
    mdes.names.set('50100000002', 'Goldfinch').set('50100000003', 'Wren');
    now += 12 * HOUR;
    expect((await status(gateway)).stale).toBe(true);
    await eventually(isFresh(gateway), 5000);
    expect(mdes.calls()).toHaveLength(BATCHES);
    const lines = gateway.logs
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'catalogue.refreshed');
    expect(lines).toHaveLength(2);
    expect(Object.keys(lines[0])).not.toContain('added');
    expect(lines[1]).toMatchObject({
      ranges: RANGES,
      tokenRequestors: 2,
      added: [{ id: '50100000003', name: 'Wren' }],
      removed: [{ id: '50100000001', name: 'Lark' }],
      renamed: [{ id: '50100000002', from: 'Finch', to: 'Goldfinch' }],
    });
    expect((await status(gateway)).tokenRequestorCount).toBe(2);
  });

  it('fetches the logos of new asset ids along, each once', async () => {
    const gateway = await start();
    await eventually(() => mdes.assets().length === 2, 2000);
    mdes.names.set('50100000003', 'Wren');
    now += 12 * HOUR;
    await eventually(() => mdes.assets().length === 3, 5000);
    for (const id of ['logo-of-001', 'logo-of-003']) {
      expect((await fetch(`${gateway.url}/assets/${id}.png`)).status).toBe(200);
    }
    expect(mdes.assets().sort()).toEqual(['logo-of-001', 'logo-of-002', 'logo-of-003']);
  });

  it('is ready soon when MDES hangs, says what it lacks, and loads it once MDES answers', async () => {
    mdes.trouble = hang;
    const startedAt = performance.now();
    const gateway = await start();
    expect(performance.now() - startedAt).toBeLessThan(within(4000));
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
    expect(await status(gateway)).toMatchObject({ asOf: null, stale: true, tokenRequestorCount: 0 });
    const logo = await fetch(`${gateway.url}/assets/logo-of-001.png`);
    expect([logo.status, logo.headers.get('retry-after')]).toEqual([503, '5']);
    mdes.trouble = undefined;
    await eventually(async () => {
      now += 31_000;
      await sleep(100);
      return !(await status(gateway)).stale;
    }, 10_000);
    expect((await fetch(`${gateway.url}/assets/logo-of-001.png`)).status).toBe(200);
  });

  it('fetches nothing by itself with CATALOGUE_WARM=off', async () => {
    const gateway = await start({ CATALOGUE_WARM: 'off' });
    await sleep(100);
    expect(mdes.fake.requests).toHaveLength(0);
    expect(await status(gateway)).toEqual({
      asOf: null,
      stale: true,
      nextRefreshAt: null,
      tokenRequestorCount: 0,
    });
  });

  it('serves on while MDES is away for a week, then says that what it has is too old', async () => {
    const gateway = await start();
    mdes.trouble = DOWN;
    now += 7 * 24 * HOUR;
    expect((await ask(gateway)).errors).toBeUndefined();
    expect((await status(gateway)).stale).toBe(true);
    now += 24 * 24 * HOUR;
    const answer = await ask(gateway);
    expect(codes(answer)).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(answer.errors?.[0]?.message).toMatch(/nothing recent enough/);
    expect((await status(gateway)).asOf).toBeNull();
  });
});

describe('four gateways on one Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  beforeEach(async () => {
    await redis.command('FLUSHALL');
  });
  afterAll(() => redis.stop());

  const leaseKey = async () => (await redis.command('KEYS', '*lease-ranges')).split('\r\n')[2] ?? '';
  const four = (inProcessCache: boolean) =>
    Promise.all(Array.from({ length: 4 }, () => start({ CACHE_URL: redis.url }, inProcessCache)));

  it.each([true, false])('ask MDES once per 25 ranges in all, with memory in front: %s', async (memory) => {
    mdes.delayMs = 50;
    const all = await four(memory);
    await Promise.all(all.map((gateway) => eventually(isFresh(gateway), 3000)));
    expect(mdes.calls()).toHaveLength(BATCHES);
    now += 12 * HOUR;
    await Promise.all(all.map((gateway) => eventually(isFresh(gateway), 6000)));
    expect(mdes.calls()).toHaveLength(BATCHES);
    await eventually(() => mdes.assets().length === 2, 2000);
    for (const gateway of all) expect((await ask(gateway)).data.tokenRequestors).toHaveLength(2);
    expect(mdes.calls()).toEqual([]);
    expect(mdes.assets()).toHaveLength(2);
  });

  it('rest together when MDES is away', async () => {
    const all = await four(true);
    await Promise.all(all.map((gateway) => eventually(isFresh(gateway), 3000)));
    mdes.calls();
    mdes.trouble = DOWN;
    now += 12 * HOUR;
    await eventually(() => mdes.fake.requests.length > BATCHES, 4000);
    await sleep(3000);
    // One try of one batch, with its retries.
    expect(mdes.calls().length).toBeLessThanOrEqual(3);
    expect(Number((await redis.command('PTTL', await leaseKey())).slice(1))).toBeGreaterThan(20_000);
  });

  it('lose the lease without harm: another goes on with what is left', async () => {
    const [one] = await four(true);
    if (one === undefined) throw new Error('no gateway');
    mdes.calls();
    mdes.delayMs = 300;
    now += 12 * HOUR;
    await eventually(async () => (await leaseKey()) !== '' && mdes.fake.requests.length > BATCHES, 4000);
    // As if it had run out and somebody else had taken it.
    await redis.command('SET', await leaseKey(), 'somebody-else', 'PX', '1500');
    await eventually(isFresh(one), 8000);
    const calls = mdes.calls();
    expect(new Set(calls.flat()).size).toBe(RANGES);
    expect(calls.length).toBeLessThanOrEqual(BATCHES + 1);
  });

  it('refresh each for itself when Redis is away, and answer on', async () => {
    const [one] = await four(false);
    if (one === undefined) throw new Error('no gateway');
    await eventually(isFresh(one), 3000);
    mdes.calls();
    await redis.kill();
    for (let i = 0; i < 20; i++) expect((await ask(one)).errors).toBeUndefined();
    expect(mdes.calls()).toEqual([]);
    now += 12 * HOUR;
    await eventually(isFresh(one), 5000);
    expect(mdes.calls().length).toBeLessThanOrEqual(4 * BATCHES);
    await redis.start();
    await ask(one);
    // What Redis has lost is given back to it.
    await eventually(async () => {
      await ask(one);
      return Number((await redis.command('DBSIZE')).slice(1)) >= RANGES;
    }, 5000);
  });
});
