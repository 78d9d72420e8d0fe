/** Gateways on a Redis in trouble: killed, frozen, absent at boot. No query fails or is held up. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { within } from '../support/measurements.js';
import { RedisServer } from '../support/redis-server.js';
import { SimulatorControl, type UpstreamCalls } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const NONE: UpstreamCalls = { getEligibleTokenRequestors: 0, getAsset: 0, pushMultipleAccounts: 0 };
const READ = 'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id enabledAccountRanges } }';
const SLOWER_MS = 150;
/** Slower than the tests of the cache itself: here three whole gateways and their MDES share the process. */
const BEAT_MS = 80;

let simulator: RunningSimulator;
let upstream: SimulatorControl;
let healthy: RedisServer;
let redis: RedisServer;
let ranges: readonly string[];
const gateways: TestGateway[] = [];

beforeAll(async () => {
  simulator = await startTestSimulator();
  upstream = new SimulatorControl(simulator.url);
  ranges = simulator.mdes.accountRanges.slice(0, 40);
  healthy = await RedisServer.start();
});
beforeEach(async () => {
  await upstream.reset();
  redis = await RedisServer.reserve();
});
afterEach(async () => {
  redis.thaw();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await redis.stop();
});
afterAll(async () => {
  await healthy.stop();
  await simulator.close();
});

async function gatewayOn({ url }: RedisServer, inProcessCache = true): Promise<TestGateway> {
  const environment = {
    ...simulatorEnvironment(simulator),
    CACHE_URL: url,
    LOG_LEVEL: 'info',
    // Logos are then fetched when they are asked for.
    CATALOGUE_WARM: 'off',
  };
  const gateway = await startTestGateway(environment, { inProcessCache });
  gateways.push(gateway);
  return gateway;
}

async function read(gateway: TestGateway, asked: readonly string[] = ranges) {
  const { data, errors } = await gateway.graphql(READ, { r: asked });
  expect(errors).toBeUndefined();
  return data.tokenRequestors as { id: string; enabledAccountRanges: string[] }[];
}

async function state({ url }: TestGateway) {
  const answer = await fetch(`${url}/readyz`);
  const { cache, degraded } = (await answer.json()) as { cache: string; degraded: boolean };
  return { http: answer.status, cache, degraded };
}

async function eventually(isSo: () => Promise<boolean>, ms = 4000): Promise<number> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > ms) throw new Error(`not so within ${ms} ms`);
    await sleep(10);
  }
  return performance.now() - startedAt;
}

const comesBack = (gateway: TestGateway) => eventually(async () => (await state(gateway)).cache === 'ready');
const isWritten = (server: RedisServer, ranges: number) =>
  eventually(async () => (await server.command('KEYS', '*range-*')).startsWith(`*${ranges}\r`));

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

interface Beats {
  /** Milliseconds, per gateway and beat. */
  readonly times: readonly number[][];
  /** The longest time for which this process, and all of the gateways in it, stood still. */
  readonly stallMs: number;
}

/** Reads all 40 ranges through each gateway on one and the same beat, whatever the reads before it do. */
function readSideBySide(side: readonly TestGateway[]): { stop(): Promise<Beats> } {
  const reads = side.map(() => [] as Promise<number>[]);
  const one = async (gateway: TestGateway): Promise<number> => {
    const startedAt = performance.now();
    const requestors = await read(gateway);
    const ms = performance.now() - startedAt;
    expect(new Set(requestors.flatMap((requestor) => requestor.enabledAccountRanges)).size).toBeGreaterThan(
      35,
    );
    return ms;
  };
  const stalls = monitorEventLoopDelay({ resolution: 10 });
  stalls.enable();
  const timer = setInterval(() => {
    for (const [index, gateway] of side.entries()) {
      const ms = one(gateway);
      // It is looked at in stop(), which a test that fails before never reaches.
      ms.catch(() => clearInterval(timer));
      reads[index]?.push(ms);
    }
  }, BEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      const times = await Promise.all(reads.map((list) => Promise.all(list)));
      stalls.disable();
      return { times, stallMs: Math.max(0, stalls.max / 1e6 - 20) };
    },
  };
}

/**
 * The first is the baseline, on a healthy Redis in the same process at the same time; compared beat by beat. A busy
 * machine is no fault of Redis: beats in which it held up the baseline are left out, and what this process stood still
 * at most is taken off. Both are printed.
 */
function compare(what: string, { times, stallMs }: Beats, names: readonly string[]): void {
  const [baseline = [], ...others] = times;
  const isCalm = (ms: number): boolean => ms <= 50 + median(baseline);
  const slower = others.map((list) => {
    const more = list.map((ms, beat) => ms - (baseline[beat] ?? 0));
    return Math.max(...more.filter((_, beat) => isCalm(baseline[beat] ?? 0)));
  });
  const rows = others.map(
    (list, index) => `${names[index]} ${text(list)}, slower by ${slower[index]?.toFixed(0)} ms at most`,
  );
  const calm = baseline.filter(isCalm).length;
  const machine = `${baseline.length - calm} beats left out, own stall ${stallMs.toFixed(0)} ms`;
  console.info(`${what}: baseline ${text(baseline)}; ${rows.join('; ')}; ${machine}`);
  expect(calm).toBeGreaterThan(baseline.length / 2);
  for (const more of slower) {
    // Twice: it may hit a read that waits for Redis, and once more the calls to MDES that the baseline has no need of.
    expect(more - 2 * stallMs).toBeLessThan(within(SLOWER_MS));
  }
}

function text(times: readonly number[]): string {
  const slowest = Math.max(...times).toFixed(0);
  return `${times.length} reads, median ${median(times).toFixed(1)}, slowest ${slowest} ms`;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Each finds in Redis the logos that the other has fetched from MDES: for the gateway with memory in front this is the proof. */
async function provesUse(one: TestGateway, other: TestGateway): Promise<void> {
  const { data } = await one.graphql('{ tokenRequestors { imageAssetId } }');
  const requestors = data.tokenRequestors as { imageAssetId: string | null }[];
  const unasked = [...new Set(requestors.map(({ imageAssetId }) => imageAssetId))].filter(
    (id) => id !== null,
  );
  for (const [writer, reader] of [
    [one, other],
    [other, one],
  ] as const) {
    // More than one try: on a machine that stands still for a moment a single read of Redis may miss its deadline.
    let found = false;
    for (let tries = 0; tries < 3 && !found; tries++) found = await passesOn(writer, reader, unasked.shift());
    expect(found).toBe(true);
  }
}

async function passesOn(writer: TestGateway, reader: TestGateway, logo = ''): Promise<boolean> {
  await upstream.reset();
  await readLogo(writer, logo);
  expect((await upstream.calls()).getAsset).toBe(1);
  await eventually(async () => (await redis.command('KEYS', `*asset-${logo}`)).startsWith('*1'));
  await readLogo(reader, logo);
  return (await upstream.calls()).getAsset === 1;
}

async function readLogo(gateway: TestGateway, id: string): Promise<void> {
  const { data, errors } = await gateway.graphql('query ($id: ID!) { asset(id: $id) { id } }', { id });
  expect({ data, errors }).toEqual({ data: { asset: { id } }, errors: undefined });
}

describe('Redis under gateways with and without memory in front of it', () => {
  /** The baseline, and the two that are to suffer. */
  async function side(): Promise<readonly [TestGateway, TestGateway, TestGateway]> {
    const [baseline, plain, layered] = [
      await gatewayOn(healthy, false),
      await gatewayOn(redis, false),
      await gatewayOn(redis, true),
    ];
    // Code and connections are warm, and each has its token.
    for (const gateway of [baseline, plain, layered]) await read(gateway);
    return [baseline, plain, layered];
  }
  const NAMES = ['Redis alone', 'with memory'];

  it('killed, then restarted empty: no query fails or waits, and it is in use again by itself', async () => {
    await redis.start();
    const [baseline, plain, layered] = await side();
    await isWritten(redis, simulator.mdes.accountRanges.length);
    await upstream.reset();
    await read(plain);
    expect(await upstream.calls()).toEqual(NONE);

    const reading = readSideBySide([baseline, plain, layered]);
    await sleep(400);
    await redis.kill();
    await sleep(800);
    for (const gateway of [plain, layered]) {
      expect(await state(gateway)).toEqual({ http: 200, cache: 'degraded', degraded: true });
    }
    // What a gateway has seen it serves on, also without memory in front: MDES is asked for nothing.
    expect(await upstream.calls()).toEqual(NONE);
    await redis.start();
    const backMs = await Promise.all([plain, layered].map(comesBack));
    await sleep(400);
    compare('killed', await reading.stop(), NAMES);
    console.info(`restarted: in use again after ${backMs.map(Math.round).join(' and ')} ms`);
    await provesUse(plain, layered);
  });

  it('frozen for 5 s: no query fails or waits, and it is in use again by itself', async () => {
    await redis.start();
    const [baseline, plain, layered] = await side();
    await isWritten(redis, simulator.mdes.accountRanges.length);
    const reading = readSideBySide([baseline, plain, layered]);
    await sleep(300);
    redis.freeze();
    await sleep(2500);
    for (const gateway of [plain, layered]) {
      expect(await state(gateway)).toEqual({ http: 200, cache: 'degraded', degraded: true });
    }
    await sleep(2500);
    redis.thaw();
    const backMs = await Promise.all([plain, layered].map(comesBack));
    await sleep(300);
    compare('frozen for 5 s', await reading.stop(), NAMES);
    console.info(`thawed: in use again after ${backMs.map(Math.round).join(' and ')} ms`);
    await provesUse(plain, layered);
  });

  it.each(['absent', 'frozen'] as const)(
    '%s at boot: ready soon, no query waits, joins by itself',
    async (how) => {
      if (how === 'frozen') {
        await redis.start();
        redis.freeze();
      }
      const startedAt = performance.now();
      const [baseline, plain, layered] = await side();
      const bootMs = performance.now() - startedAt;
      // Three gateways, two of which wait half a second for Redis and no longer.
      expect(bootMs).toBeLessThan(within(4000));
      for (const gateway of [plain, layered]) {
        expect(await state(gateway)).toEqual({ http: 200, cache: 'degraded', degraded: true });
      }
      const reading = readSideBySide([baseline, plain, layered]);
      await sleep(800);
      if (how === 'frozen') redis.thaw();
      else await redis.start();
      const backMs = await Promise.all([plain, layered].map(comesBack));
      await sleep(300);
      compare(`${how} at boot`, await reading.stop(), NAMES);
      console.info(
        `${how} at boot: three gateways up in ${Math.round(bootMs)} ms, in use ${backMs.map(Math.round)} ms later`,
      );
      await provesUse(plain, layered);
    },
  );
});
