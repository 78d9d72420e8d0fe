/** What one process has fetched anew, the others on the same Redis serve within two seconds: kept answers too, plain and packed. */
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { send } from '../support/raw-http.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually } from '../support/shared-cache.js';
import { type FlippedSimulator, startFlippedSimulator } from '../support/simulator/flipped-simulator.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';

const HOURS = 13 * 3_600_000;
const LIST = '{ tokenRequestors(accountRanges: ["520474000"]) { id consumerFacingEntityName } }';
const [OLD, NEW] = ['Lark Wallet', 'Nightingale'];

let mdes: FlippedSimulator;
let redis: RedisServer;
/** Of the first process: the other never finds by itself that it is time. */
let late = 0;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  mdes = await startFlippedSimulator();
  redis = await RedisServer.start();
  const environment = {
    ...simulatorEnvironment(mdes.simulator),
    CACHE_URL: redis.url,
    CATALOGUE_WARM: 'on',
  };
  const clock = { now: () => Date.now() + late };
  gateways.push(await startTestGateway(environment, { clock }), await startTestGateway(environment));
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await Promise.all([redis.stop(), mdes.close()]);
});

async function nameAt(gateway: TestGateway, coding: string): Promise<string> {
  const { bytes, headers } = await send(gateway.url, {
    headers: {
      'content-type': 'application/json',
      'accept-encoding': coding,
      authorization: `Bearer ${await gateway.token('susan')}`,
    },
    body: JSON.stringify({ query: LIST }),
  });
  expect(headers['content-encoding']).toBe(coding === 'br' ? 'br' : undefined);
  const text = String(coding === 'br' ? brotliDecompressSync(bytes) : bytes);
  return [OLD, NEW].filter((name) => text.includes(`"${name}"`)).join();
}

const namesAt = async (gateway: TestGateway) => [
  await nameAt(gateway, 'identity'),
  await nameAt(gateway, 'br'),
];

it('is served by both, and by neither what was before', async () => {
  const [one, other] = gateways;
  if (one === undefined || other === undefined) throw new Error('two were started');
  for (const gateway of [one, other, one, other]) expect(await namesAt(gateway)).toEqual([OLD, OLD]);
  mdes.flip(OLD, NEW);
  late += HOURS;
  await eventually(async () => (await namesAt(one)).join() === `${NEW},${NEW}`, 4000);
  const ms = await eventually(async () => (await namesAt(other)).join() === `${NEW},${NEW}`, 2500);
  console.info(`in the other process after ${Math.round(ms)} ms`);
  for (let asked = 0; asked < 20; asked += 1) {
    for (const gateway of [one, other]) expect(await namesAt(gateway)).toEqual([NEW, NEW]);
  }
  for (const { logs } of [one, other]) {
    expect(logs.filter((line) => line.includes('"kept":true')).length).toBeGreaterThan(40);
  }
  expect(other.logs.filter((line) => line.includes('"msg":"catalogue refreshed"'))).toEqual([]);
});
