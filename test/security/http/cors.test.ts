/** Which pages of other origins may call from a browser. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type RawAnswer, send } from '../../support/raw-http.js';

const SANDBOX = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];
const LOOPBACK = ['http://localhost:3000', 'http://127.0.0.1:5173', 'http://[::1]:8080', 'https://localhost'];
const STRANGERS = [
  'https://evil.example',
  'null',
  'file://',
  'https://studio.apollographql.com.evil.example',
  'https://evil-studio.apollographql.com',
  'http://studio.apollographql.com',
  'https://studio.apollographql.com:8443',
  'http://localhost.evil.example',
  'http://127.0.0.1.evil.example',
  'http://localhost@evil.example',
  'http://evil.example#localhost',
  'http://LOCALHOST.evil.example:3000',
  'not a URL',
];
const OWN = 'https://www.bank.example';

const CASES: readonly (readonly [
  string,
  Readonly<Record<string, string>>,
  readonly string[],
  readonly string[],
])[] = [
  ['embedded', {}, [...SANDBOX, ...LOOPBACK], [...STRANGERS, OWN]],
  [
    'CORS_ORIGINS set',
    { CORS_ORIGINS: `${OWN},https://app.bank.example` },
    [OWN, 'https://app.bank.example'],
    [
      ...STRANGERS,
      ...SANDBOX,
      ...LOOPBACK,
      'https://www.bank.example:444',
      'http://www.bank.example',
      'https://bank.example',
    ],
  ],
];

describe.each(CASES)('with %s', (_name, environment, welcome, strangers) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(environment);
  });
  afterAll(() => gateway.close());

  const preflight = (origin: string, more: Readonly<Record<string, string>> = {}): Promise<RawAnswer> =>
    send(gateway.url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,dpop,content-type,apollo-require-preflight',
        ...more,
      },
    });
  const call = (origin: string): Promise<RawAnswer> =>
    send(gateway.url, {
      headers: { origin, 'content-type': 'application/json' },
      body: '{"query":"{__typename}"}',
    });

  it.each(welcome)('answers a preflight from %s', async (origin) => {
    const answer = await preflight(origin);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization,dpop,content-type,apollo-require-preflight',
      'x-trace-id': expect.any(String),
    });
    expect(answer.headers.vary).toMatch(/origin/i);
    // A token travels in a header that the page sets: no cookies, ever.
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    const called = await call(origin);
    expect(called.status).toBe(200);
    expect(called.headers['access-control-allow-origin']).toBe(origin);
    expect(called.headers['access-control-expose-headers']).toContain('x-trace-id');
  });

  it.each(strangers)('lets no page of %s read an answer', async (origin) => {
    for (const answer of [await preflight(origin), await call(origin)]) {
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['access-control-allow-private-network']).toBeUndefined();
      expect(answer.headers.vary).toMatch(/origin/i);
      expect(answer.headers['content-type'] ?? 'application/json').toMatch(/^application\/json/);
    }
  });

  it('tells Chromium that a welcome page may come from the internet only where parts are embedded', async () => {
    const asked = { 'access-control-request-private-network': 'true' };
    for (const origin of welcome) {
      const answer = await preflight(origin, asked);
      expect(answer.headers['access-control-allow-private-network']).toBe('true');
    }
    for (const origin of strangers) {
      const answer = await preflight(origin, asked);
      expect(answer.headers['access-control-allow-private-network']).toBeUndefined();
    }
  });

  it('answers what only looks like a preflight without a text of its own', async () => {
    for (const origin of [welcome[0] ?? '', strangers[0] ?? '']) {
      const answer = await send(gateway.url, { method: 'OPTIONS', headers: { origin } });
      expect(answer.status).toBeLessThan(500);
      expect(answer.text).not.toContain('Invalid Preflight');
      expect(answer.headers['x-trace-id']).toBeDefined();
    }
  });
});
