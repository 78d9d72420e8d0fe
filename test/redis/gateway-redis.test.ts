/** Gateways that share a Redis: a second one asks MDES for nothing. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { postGraphQL, startTestGateway, type TestGateway } from '../support/gateway.js';
import { killAll, runGateway } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { SimulatorControl, type UpstreamCalls } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const NONE: UpstreamCalls = { getEligibleTokenRequestors: 0, getAsset: 0, pushMultipleAccounts: 0 };
const READ = 'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id enabledAccountRanges } }';
const ACCOUNTS = '{ fundingAccounts { id tokenRequestors { id } } }';
const ASSET = 'query ($id: ID!) { asset(id: $id) { mediaContents { type data } } }';

let simulator: RunningSimulator;
let upstream: SimulatorControl;
let redis: RedisServer;
let ranges: readonly string[];
const gateways: TestGateway[] = [];

beforeAll(async () => {
  simulator = await startTestSimulator();
  upstream = new SimulatorControl(simulator.url);
  ranges = simulator.mdes.accountRanges.slice(0, 40);
});
beforeEach(async () => {
  await upstream.reset();
  redis = await RedisServer.reserve();
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await killAll();
  await redis.stop();
});
afterAll(async () => {
  await simulator.close();
});

async function gatewayOn({ url }: RedisServer, inProcessCache = true): Promise<TestGateway> {
  const environment = { ...simulatorEnvironment(simulator), CACHE_URL: url, LOG_LEVEL: 'info' };
  const gateway = await startTestGateway(environment, { inProcessCache });
  gateways.push(gateway);
  return gateway;
}

async function read(gateway: TestGateway, asked: readonly string[] = ranges) {
  const { data, errors } = await gateway.graphql(READ, { r: asked });
  expect(errors).toBeUndefined();
  return data.tokenRequestors as { id: string; enabledAccountRanges: string[] }[];
}

async function eventually(isSo: () => Promise<boolean>, ms = 4000): Promise<number> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > ms) throw new Error(`not so within ${ms} ms`);
    await sleep(10);
  }
  return performance.now() - startedAt;
}

const isWritten = (server: RedisServer, rows: number) =>
  eventually(async () => (await server.command('DBSIZE')) === `:${rows}`);

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('a second gateway', () => {
  async function fill(): Promise<{ readonly assetId: string; readonly answers: readonly unknown[] }> {
    await redis.start();
    const first = await gatewayOn(redis);
    const { data } = await first.graphql(
      '{ tokenRequestors { imageAssetId } fundingAccounts { accountRange } }',
    );
    const assetId: string = data.tokenRequestors[0].imageAssetId;
    const answers = await ask((query, variables) => first.graphql(query, variables), assetId);
    const calls = await upstream.calls();
    expect(calls.getEligibleTokenRequestors).toBeGreaterThanOrEqual(2);
    expect(calls.getAsset).toBe(1);
    const own: string[] = data.fundingAccounts.map(
      (account: { accountRange: string }) => account.accountRange,
    );
    await isWritten(redis, new Set([...ranges, ...own]).size + 1);
    await upstream.reset();
    return { assetId, answers };
  }

  async function ask(
    graphql: (query: string, variables: Record<string, unknown>) => ReturnType<TestGateway['graphql']>,
    assetId: string,
  ): Promise<unknown[]> {
    const answers = [];
    for (const [query, variables] of [
      [READ, { r: ranges }],
      [ACCOUNTS, {}],
      [ASSET, { id: assetId }],
    ] as const) {
      const { data, errors } = await graphql(query, variables);
      expect(errors).toBeUndefined();
      answers.push(data);
    }
    return answers;
  }

  it('as a process of its own answers the catalogue without a call to MDES', async () => {
    const { assetId, answers } = await fill();
    const environment = { ...simulatorEnvironment(simulator), CACHE_URL: redis.url, CATALOGUE_WARM: 'off' };
    const { url } = await runGateway(environment);
    const demo = await fetch(`${url}/demo/token?sub=susan`);
    const { access_token: token } = (await demo.json()) as { access_token: string };
    expect(await ask((query, variables) => postGraphQL(url, query, variables, token), assetId)).toEqual(
      answers,
    );
    expect((await fetch(`${url}/assets/${assetId}.png`)).status).toBe(200);
    expect(await upstream.calls()).toEqual(NONE);
  });

  it.each([true, false])('in this process as well, with memory in front: %s', async (inProcessCache) => {
    const { assetId, answers } = await fill();
    const second = await gatewayOn(redis, inProcessCache);
    for (let round = 0; round < 3; round++) {
      expect(await ask((query, variables) => second.graphql(query, variables), assetId)).toEqual(answers);
    }
    expect(await upstream.calls()).toEqual(NONE);
  });

  it.each([
    ['of another issuer shares nothing', { ISSUER_ID: 'another-bank' }, 2],
    [
      'of the same issuer shares everything, whatever its base URL and consumer key',
      { MDES_CONSUMER_KEY: 'replaced' },
      0,
    ],
  ])('%s', async (_, change, calls) => {
    await fill();
    const other = await startTestSimulator();
    const environment = { ...simulatorEnvironment(other), CACHE_URL: redis.url, ...change };
    const gateway = await startTestGateway(environment);
    gateways.push(gateway);
    await read(gateway, other.mdes.accountRanges.slice(0, 40));
    expect((await new SimulatorControl(other.url).calls()).getEligibleTokenRequestors).toBe(calls);
    await other.close();
  });
});
