/** Gateways that share a Redis: a second one asks MDES for nothing. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { RedisServer } from '../support/redis-server.js';
import { askCatalogue, type Filled, fillCatalogue, READ_RANGES } from '../support/shared-catalogue.js';
import { SimulatorControl, type UpstreamCalls } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const NONE: UpstreamCalls = { getEligibleTokenRequestors: 0, getAsset: 0, pushMultipleAccounts: 0 };

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

describe('a second gateway', () => {
  async function fill(): Promise<Filled> {
    await redis.start();
    return fillCatalogue({ gateway: await gatewayOn(redis), upstream, redis, ranges });
  }

  it.each([true, false])(
    'answers the catalogue without a call to MDES, with memory in front: %s',
    async (inProcessCache) => {
      const { assetId, answers } = await fill();
      const second = await gatewayOn(redis, inProcessCache);
      for (let round = 0; round < 3; round++) {
        expect(await askCatalogue(second.graphql, ranges, assetId)).toEqual(answers);
      }
      expect(await upstream.calls()).toEqual(NONE);
    },
  );

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
    const { errors } = await gateway.graphql(READ_RANGES, { r: other.mdes.accountRanges.slice(0, 40) });
    expect(errors).toBeUndefined();
    expect((await new SimulatorControl(other.url).calls()).getEligibleTokenRequestors).toBe(calls);
    await other.close();
  });
});
