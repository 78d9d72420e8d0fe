/** Logos are served to anybody: what may be asked for, and what a picture may do in a browser. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { bodyOf, faultsOfRefusal, type RawRequest, send } from '../support/raw-http.js';
import { SimulatorControl } from '../support/simulator-control.js';

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
      'content-security-policy': expect.stringMatching(/default-src 'none'.*sandbox/),
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

  it('says that an unknown logo is not there, and does not ask MDES about it', async () => {
    const before = await simulator.calls();
    for (const extension of ['svg', 'png', 'svg']) {
      const answer = await get(`/assets/${UNKNOWN}.${extension}`);
      expect(faultsOfRefusal(answer)).toEqual([]);
      expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store']);
    }
    expect((await simulator.calls()).getAsset - before.getAsset).toBe(0);
  });

  it('is 503 with Retry-After, and not kept, when MDES does not answer', async () => {
    await simulator.fault('getAsset', '500');
    const answer = await get('/assets/0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9002.png');
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' });
    expect(bodyOf(answer).errors?.[0]?.extensions.code).toBe('UPSTREAM_UNAVAILABLE');
    await simulator.reset();
    expect((await get('/assets/0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9002.png')).status).toBe(200);
  });
});
