/** A second gateway process on the same Redis, cold: it has 40 ms for its first reads, or it would ask MDES. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { postGraphQL, startTestGateway } from '../support/gateway.js';
import { killAll, runGateway } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import { askCatalogue, fillCatalogue } from '../support/shared-catalogue.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

let simulator: RunningSimulator;
let redis: RedisServer;
beforeAll(async () => {
  simulator = await startTestSimulator();
  redis = await RedisServer.start();
});
afterAll(async () => {
  await killAll();
  await redis.stop();
  await simulator.close();
});

it('answers the catalogue without a call to MDES', async () => {
  const upstream = new SimulatorControl(simulator.url);
  const environment = { ...simulatorEnvironment(simulator), CACHE_URL: redis.url };
  const gateway = await startTestGateway(environment);
  const ranges = simulator.mdes.accountRanges.slice(0, 40);
  const { assetId, answers } = await fillCatalogue({ gateway, upstream, redis, ranges });
  const { url } = await runGateway({ ...environment, CATALOGUE_WARM: 'off' });
  const demo = await fetch(`${url}/demo/token?sub=susan`);
  const { access_token: token } = (await demo.json()) as { access_token: string };
  const found = await askCatalogue(
    (query, variables) => postGraphQL(url, query, variables, token),
    ranges,
    assetId,
  );
  expect(found).toEqual(answers);
  expect((await fetch(`${url}/assets/${assetId}.png`)).status).toBe(200);
  expect(await upstream.calls()).toEqual({
    getEligibleTokenRequestors: 0,
    getAsset: 0,
    pushMultipleAccounts: 0,
  });
  await gateway.close();
});
