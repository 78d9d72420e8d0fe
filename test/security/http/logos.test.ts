/** Logos are served to anybody: what may be asked for, and what a picture may do in a browser. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type CatalogueMdes, startCatalogueMdes } from '../../support/mdes/catalogue-mdes.js';
import { json } from '../../support/mdes/fake-mdes.js';
import { makePng, makeSvg, mediaContent } from '../../support/pictures.js';
import { bodyOf, faultsOfRefusal, type RawRequest, send, sendBytes } from '../../support/raw-http.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';

const LARK = '0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('GET /assets', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  afterAll(() => gateway.close());

  const get = (path: string, more: RawRequest = {}) => send(gateway.url, { method: 'GET', path, ...more });

  it.each([
    ['svg', 'image/svg+xml'],
    ['png', 'image/png'],
  ])('serves .%s, which can do nothing but be a picture', async (extension, type) => {
    const path = `/assets/${LARK}.${extension}`;
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': expect.stringContaining(type),
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      'content-length': String(answer.bytes.length),
      etag: expect.stringMatching(/^"[\w-]{20,}"$/),
    });
    const etag = answer.headers.etag ?? '';
    expect((await get(path)).headers.etag).toBe(etag);

    const head = await send(gateway.url, { method: 'HEAD', path });
    expect([head.status, head.text, head.headers.etag]).toEqual([200, '', etag]);
    expect(Number(head.headers['content-length'])).toBe(answer.bytes.length);

    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get(path, { headers: { 'if-none-match': known } });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag]);
    }
    for (const other of ['"x"', etag.slice(1, -1), 'x'.repeat(8000), ',,,"']) {
      expect((await get(path, { headers: { 'if-none-match': other } })).status).toBe(200);
    }
  });

  it.each([
    '/assets/../package.json',
    '/assets/..%2fpackage.json',
    '/assets/..%5cpackage.json.svg',
    '/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd.svg',
    `/assets/..;/${LARK}.svg`,
    `/assets/./${LARK}.svg`,
    `/assets/x/../${LARK}.svg`,
    `/assets/${LARK}.svg/`,
    `/assets/${LARK}.svg%00.png`,
    `/assets/${LARK}%0d%0aSet-Cookie:a=b.svg`,
    `/assets/${LARK}.svg.png`,
    `/assets/${LARK}.SVG`,
    `/assets/${LARK}.html`,
    `/assets/${LARK}`,
    '/assets/.svg',
    '/assets/-.svg',
    '/assets/*.svg',
    '/assets/__proto__.svg',
    '/assets/a%20b.svg',
    '/assets/%E2%80%AE.svg',
    `/assets/${'a'.repeat(65)}.svg`,
    `/assets/${'a'.repeat(2000)}.svg`,
    '/assets/',
    '/assets',
    '/connect/1/0/getAsset',
    '/simulator/pushes',
  ])('has nothing at %s, and asks nobody', async (path) => {
    const before = await simulator.calls();
    const answer = await get(path);
    expect(faultsOfRefusal(answer)).toEqual([]);
    expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
    expect(bodyOf(answer).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await simulator.calls()).toEqual(before);
  });

  it.each(['svg', 'png'])(
    'gives every .%s answer the length that it has, on one connection',
    async (extension) => {
      const path = `/assets/${LARK}.${extension}`;
      const whole = await get(path);
      const asked = (method: string, target: string, header = 'x-none: 1') =>
        `${method} ${target} HTTP/1.1\r\nhost: a\r\n${header}\r\n\r\n`;
      const text = await sendBytes(
        gateway.url,
        asked('HEAD', path) +
          asked('HEAD', `/assets/${UNKNOWN}.svg`) +
          asked('GET', path, `if-none-match: ${whole.headers.etag}`) +
          asked('HEAD', path, `if-none-match: ${whole.headers.etag}`) +
          asked('GET', path) +
          asked('GET', '/livez', 'connection: close'),
        { answers: 6 },
      );
      // A length that is wrong would have the next answer begin inside of this one.
      const heads = text.split(/(?=HTTP\/1\.1 )/);
      expect(heads.map((head) => head.slice(9, 12))).toEqual(['200', '404', '304', '304', '200', '200']);
      const bodies = heads.map((head) => head.slice(head.indexOf('\r\n\r\n') + 4));
      expect(bodies.slice(0, 4)).toEqual(['', '', '', '']);
      expect(bodies[4]).toBe(whole.bytes.toString('latin1'));
      expect(heads[0]).toContain(`content-length: ${whole.bytes.length}\r\n`);
      for (const head of heads.slice(2, 4)) {
        expect(head).toContain(`etag: ${whole.headers.etag}\r\n`);
        expect(head).toContain('cache-control: public, max-age=31536000, immutable\r\n');
        expect(head).not.toMatch(/content-length: [1-9]/);
      }
    },
  );

  it('says that an unknown logo is not there, and does not ask MDES about it', async () => {
    const before = await simulator.calls();
    for (const extension of ['svg', 'png', 'svg']) {
      const answer = await get(`/assets/${UNKNOWN}.${extension}`);
      expect(faultsOfRefusal(answer)).toEqual([]);
      expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
    }
    expect((await simulator.calls()).getAsset - before.getAsset).toBe(0);
  });

  it('asks MDES nothing at all for ids that are no logos, once the catalogue is known', async () => {
    await get(`/assets/${UNKNOWN}.svg`);
    const before = await simulator.calls();
    const paths = Array.from({ length: 50 }, () => `/assets/${randomUUID()}.png`);
    const answers = await Promise.all(paths.map((path) => get(path)));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 404));
    expect(await simulator.calls()).toEqual(before);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('takes no %s', async (method) => {
    const answer = await send(gateway.url, { method, path: `/assets/${LARK}.svg` });
    expect(faultsOfRefusal(answer)).toEqual([]);
    expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
  });

  it('is 503 with Retry-After, and not kept, when MDES does not answer', async () => {
    await simulator.fault('getAsset', '500', 10);
    const answer = await get('/assets/0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9002.png');
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' });
    expect(bodyOf(answer).errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    await simulator.reset();
    expect((await get('/assets/0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9002.png')).status).toBe(200);
  });
});

describe('logos before the catalogue is loaded', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    gateway = await startTestGateway();
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  afterAll(() => gateway.close());

  it('are 503 with Retry-After, known or not, and MDES is asked for none of them', async () => {
    await simulator.fault('getEligibleTokenRequestors', '500', 1000);
    for (const id of [LARK, UNKNOWN]) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await send(gateway.url, { method, path: `/assets/${id}.svg` });
        expect(answer.status).toBe(503);
        expect(answer.headers).toMatchObject({
          'retry-after': expect.stringMatching(/^[1-9]\d*$/),
          'cache-control': 'no-store',
          'content-type': 'application/json; charset=utf-8',
        });
        expect(answer.headers.etag).toBeUndefined();
      }
    }
    expect((await simulator.calls()).getAsset).toBe(0);
    expect((await send(gateway.url, { method: 'GET', path: '/assets/-.svg' })).status).toBe(404);
  });
});

describe('a logo that MDES has no real picture of', () => {
  const SCRIPT = 'alert-k7Qz9';
  const ACTIVE = mediaContent('image/svg+xml', makeSvg(`<script>${SCRIPT}</script>`));
  const PNG = mediaContent('image/png', makePng());
  const PAGE = mediaContent('image/png', Buffer.from(`<html><script>${SCRIPT}</script>`));

  let keys: RunningSimulator;
  let mdes: CatalogueMdes;
  let gateway: TestGateway;
  beforeAll(async () => {
    keys = await startTestSimulator();
    mdes = await startCatalogueMdes({
      50100000001: 'Lark',
      50100000002: 'Finch',
      50100000003: 'Wren',
      50100000004: 'Teal',
    });
    const environment = { ...simulatorEnvironment(keys), MDES_BASE_URL: mdes.fake.baseUrl };
    gateway = await startTestGateway({ ...environment, MDES_ACCOUNT_RANGES: '520000001' });
    await gateway.graphql('{ tokenRequestors(accountRanges: ["520000001"]) { id } }');
  });
  afterAll(async () => {
    await gateway.close();
    await mdes.close();
    await keys.close();
  });

  const get = (path: string) => send(gateway.url, { method: 'GET', path });

  it('reaches nobody, and MDES is asked for it once', async () => {
    mdes.trouble = json(200, { mediaContents: [ACTIVE, PAGE] });
    for (const extension of ['svg', 'png', 'svg']) {
      const answer = await get(`/assets/logo-of-001.${extension}`);
      expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
      expect(bodyOf(answer).errors?.[0]?.message).toBe('There is no picture of this logo that can be shown.');
      expect(answer.text).not.toContain(SCRIPT);
    }
    const asked = await gateway.graphql(
      '{ asset(id: "logo-of-001") { svgUrl pngUrl mediaContents { type data } } }',
    );
    expect(asked.data.asset).toEqual({ svgUrl: null, pngUrl: null, mediaContents: [] });
    expect(asked.text).not.toContain(ACTIVE.data);
    expect(mdes.assets()).toEqual(['logo-of-001']);

    const told = gateway.logs.join('\n');
    expect(told).toContain('image/svg+xml with an element that is not of a picture');
    expect(told).toContain('"assetId":"logo-of-001"');
    expect(told).not.toContain(SCRIPT);
  });

  it('is served in the form that is one, under either address', async () => {
    mdes.trouble = json(200, { mediaContents: [ACTIVE, PNG] });
    const [path, other] = ['/assets/logo-of-002.png', '/assets/logo-of-002.svg'];
    const svg = await get(other);
    expect([svg.status, svg.headers.location]).toEqual([302, 'logo-of-002.png']);
    expect(svg.headers['cache-control']).toBe('public, max-age=3600');
    const png = await get(path);
    expect([png.status, png.bytes.toString('base64')]).toEqual([200, PNG.data]);
    const followed = await fetch(gateway.url + other);
    expect([followed.url, followed.headers.get('content-type')]).toEqual([gateway.url + path, 'image/png']);
    const { data } = await gateway.graphql(
      '{ asset(id: "logo-of-002") { svgUrl pngUrl mediaContents { type width height } } }',
    );
    expect(data.asset).toEqual({
      svgUrl: null,
      pngUrl: gateway.url + path,
      mediaContents: [{ type: 'image/png', width: 2, height: 3 }],
    });
  });

  it('has both addresses as long as nobody knows, and then those that there are, in kept answers too', async () => {
    const urls = async () => {
      const { data } = await gateway.graphql(
        '{ tokenRequestors(accountRanges: ["520000001"]) { logo { id svgUrl pngUrl } } }',
      );
      const { logo } = data.tokenRequestors.find(
        (one: { logo: { id: string } }) => one.logo.id === 'logo-of-004',
      );
      return [logo.svgUrl, logo.pngUrl];
    };
    const [svg, png] = [`${gateway.url}/assets/logo-of-004.svg`, `${gateway.url}/assets/logo-of-004.png`];
    expect(await urls()).toEqual([svg, png]);
    expect(await urls()).toEqual([svg, png]);
    mdes.trouble = json(200, { mediaContents: [mediaContent('image/svg+xml', makeSvg('<path/>'))] });
    expect((await get('/assets/logo-of-004.png')).headers.location).toBe('logo-of-004.svg');
    expect(await urls()).toEqual([svg, null]);
    expect(await urls()).toEqual([svg, null]);
  });

  it('passes on when MDES says to come back', async () => {
    mdes.trouble = json(503, {}, { 'retry-after': '17' });
    expect((await get('/assets/logo-of-003.png')).headers['retry-after']).toBe('17');
  });
});
