/** What a picker's query costs once the cache is warm: no call to MDES, and one round trip to Redis at most. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually } from '../support/shared-cache.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const ALL = 'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id } }';
const CATALOGUE = 'catalogue { asOf stale nextRefreshAt tokenRequestorCount }';
const SHOWN = 'id consumerFacingEntityName type enabledAccountRanges logo { id svgUrl pngUrl }';

// Beside other workers Redis may miss its deadline once; what it is thought to have lost is then given back to it,
// and that is counted too.

let simulator: RunningSimulator;
let mdes: SimulatorControl;
let redis: RedisServer;
let gateway: TestGateway | undefined;
let ranges: readonly string[];

beforeAll(async () => {
  simulator = await startTestSimulator();
  mdes = new SimulatorControl(simulator.url);
  redis = await RedisServer.start();
  ranges = simulator.mdes.accountRanges;
  expect(ranges.length).toBeGreaterThanOrEqual(40);
});
afterEach(() => gateway?.close());
afterAll(async () => {
  await redis.stop();
  await simulator.close();
});

/** Another one has filled Redis, so that this one has fetched nothing itself. */
async function warm(inProcessCache: boolean): Promise<TestGateway> {
  const environment = { ...simulatorEnvironment(simulator), CACHE_URL: redis.url };
  const filler = await startTestGateway(environment);
  await filler.graphql(ALL, { r: ranges });
  await eventually(async () => Number((await redis.command('DBSIZE')).slice(1)) >= ranges.length, 2000);
  await filler.close();
  gateway = await startTestGateway(environment, { inProcessCache });
  // Its token and connections; with memory in front, what it reads now is what it knows from now on.
  expect((await gateway.graphql(ALL, { r: ranges })).errors).toBeUndefined();
  await gateway.graphql('{ fundingAccounts { id } }');
  await mdes.reset();
  return gateway;
}

/** Commands that Redis was sent while `work` ran, by name, without those of the count and the connection's heartbeat. */
async function commandsDuring(work: () => Promise<unknown>): Promise<Record<string, number>> {
  await redis.command('CONFIG', 'RESETSTAT');
  await work();
  const report = await redis.command('INFO', 'commandstats');
  const counts = [...report.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map(
    ([, name = '', calls]) => [name, Number(calls)] as const,
  );
  return Object.fromEntries(counts.filter(([name]) => !/^(ping|info|config\|resetstat|quit)$/.test(name)));
}

const PICKERS: readonly (readonly [string, string, number])[] = [
  [
    'over the whole catalogue',
    `query ($r: [AccountRange!]) { ${CATALOGUE} fundingAccounts { id label tokenRequestors { id } } tokenRequestors(accountRanges: $r) { ${SHOWN} } }`,
    20,
  ],
  [
    "for the account holder's own accounts",
    `{ ${CATALOGUE} fundingAccounts { id label tokenRequestors { id } } tokenRequestors { ${SHOWN} } }`,
    15,
  ],
  [
    'that names other ranges, and some accounts',
    `{
      other: tokenRequestors(accountRanges: ["511122334", "533317000"]) { ${SHOWN} }
      tokenRequestors(fundingAccountIds: ["card-1", "card-2"], filter: { platform: IOS }) { ${SHOWN} }
      merchants: tokenRequestors(filter: { type: MERCHANT, name: "a" }) { ${SHOWN} }
      fundingAccounts { id tokenRequestors(filter: { type: WALLET }) { ${SHOWN} } }
      ${CATALOGUE}
    }`,
    4,
  ],
];

describe.each([
  [false, { mget: 1 }],
  [true, {}],
])('with memory in front of Redis: %s', (inProcessCache, commands) => {
  it.each(PICKERS)(
    `a picker %s costs Redis ${JSON.stringify(commands)} and MDES nothing`,
    async (...picker) => {
      const [, query, atLeast] = picker;
      const { graphql } = await warm(inProcessCache);
      for (let round = 0; round < 2; round++) {
        const seen = await commandsDuring(async () => {
          const { data, errors } = await graphql(query, { r: ranges });
          expect(errors).toBeUndefined();
          expect(data.tokenRequestors.length).toBeGreaterThanOrEqual(atLeast);
          expect(data.tokenRequestors[0].logo.svgUrl).toMatch(/\/assets\/.+\.svg$/);
          expect(data.fundingAccounts).toHaveLength(4);
          expect(data.catalogue).toMatchObject({ stale: false });
        });
        expect(seen).toEqual(commands);
      }
      const none = { getEligibleTokenRequestors: 0, getAsset: 0, pushMultipleAccounts: 0 };
      expect(await mdes.calls()).toEqual(none);
    },
  );
});
