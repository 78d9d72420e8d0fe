/** Logos that somebody else has written into Redis are looked at before anybody gets them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { makePng, makeSvg } from '../support/pictures.js';
import { RedisServer } from '../support/redis-server.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const LARK = '0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001';
const SCRIPT = '<script>alert("k7Qz9")</script>';
const LOGO = `{ asset(id: "${LARK}") { svgUrl pngUrl mediaContents { type data width height } } }`;

interface Content {
  type: string;
  data: string;
  width: number | null;
  height: number | null;
}

let simulator: RunningSimulator;
let upstream: SimulatorControl;
let redis: RedisServer;
const gateways: TestGateway[] = [];

beforeAll(async () => {
  simulator = await startTestSimulator();
  upstream = new SimulatorControl(simulator.url);
});
beforeEach(async () => {
  await upstream.reset();
  redis = await RedisServer.reserve();
  await redis.start();
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await redis.stop();
});
afterAll(() => simulator.close());

async function startGateway(): Promise<TestGateway> {
  const environment = {
    ...simulatorEnvironment(simulator),
    CACHE_URL: redis.url,
    CATALOGUE_WARM: 'off',
  };
  const gateway = await startTestGateway(environment);
  gateways.push(gateway);
  return gateway;
}

/** The key of the logo, once it is there. */
async function keyOfLogo(): Promise<string> {
  for (;;) {
    const keys = await redis.command('KEYS', `*asset-${LARK}`);
    const key = keys.split('\r\n').find((line) => line.endsWith(LARK));
    if (key !== undefined) return key;
  }
}

async function rewrite(change: (contents: Content[], asset: { id: string }) => void): Promise<string> {
  const key = await keyOfLogo();
  const row = JSON.parse((await redis.command('GET', key)).replace(/^\$\d+\r\n/, ''));
  change(row.value.asset.mediaContents, row.value.asset);
  const text = JSON.stringify(row);
  await redis.command('SET', key, text);
  return text;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const withData = (data: string) => (contents: Content[]) => {
  for (const one of contents) one.data = data;
};
const active = makeSvg(SCRIPT).toString();

describe('a logo that somebody has changed in Redis', () => {
  it.each<[string, (contents: Content[], asset: { id: string }) => void]>([
    ['to an active SVG', withData(base64(active))],
    [
      'to a page',
      (contents) => contents.push({ type: 'text/html', data: base64(SCRIPT), width: null, height: null }),
    ],
    ['to an SVG that is not clean', withData(makeSvg('<!-- -->').toString('base64'))],
    [
      'to a PNG of another size than it says',
      (contents) =>
        contents.splice(0, 9, { type: 'image/png', data: makePng().toString('base64'), width: 9, height: 9 }),
    ],
    ['to nothing', (contents) => contents.splice(0)],
    [
      'to the logo of another',
      (_, asset) => Object.assign(asset, { id: '0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9002' }),
    ],
  ])('%s reaches nobody, and is fetched anew', async (_, change) => {
    const first = await startGateway();
    const good = (await first.graphql(LOGO)).data.asset.mediaContents;
    const svg = await (await fetch(`${first.url}/assets/${LARK}.svg`)).text();
    expect(good).toHaveLength(2);
    const tampered = await rewrite(change);

    const second = await startGateway();
    const before = (await upstream.calls()).getAsset;
    const [overHttp, asked] = await Promise.all([
      fetch(`${second.url}/assets/${LARK}.svg`),
      second.graphql(LOGO),
    ]);
    expect([overHttp.status, await overHttp.text()]).toEqual([200, svg]);
    expect(asked.data.asset.mediaContents).toEqual(good);
    expect((await upstream.calls()).getAsset - before).toBe(1);
    await second.close();
    expect(await redis.command('GET', await keyOfLogo())).not.toContain(tampered);
  });

  it('is taken as it is when it was not changed, without a call to MDES', async () => {
    const first = await startGateway();
    const good = (await first.graphql(LOGO)).data.asset.mediaContents;
    await keyOfLogo();
    const second = await startGateway();
    const before = (await upstream.calls()).getAsset;
    expect((await second.graphql(LOGO)).data.asset.mediaContents).toEqual(good);
    expect((await upstream.calls()).getAsset).toBe(before);
  });
});
