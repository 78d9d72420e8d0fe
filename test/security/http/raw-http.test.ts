/** Bytes on a socket: what two servers in a row could read differently is refused, and every refusal is JSON. */
import dns from 'node:dns';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { within } from '../../support/measurements.js';
import { bodyOf, faultsOfRefusal, type RawRequest, send, sendBytes } from '../../support/raw-http.js';
import { BODY, SMUGGLED, TYPE } from './smuggled.js';

describe('the gateway on a socket', () => {
  let gateway: TestGateway;
  /** Without a token none of this would be read. */
  let authorization: string;
  let slow: Promise<{ answer: string; milliseconds: number }>;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
    authorization = `Bearer ${await gateway.token('susan')}`;
    slow = sendSlowly(gateway.url);
  });
  afterAll(() => gateway.close());

  it.each(Object.entries(SMUGGLED))('answers %s', async (_name, { bytes, statuses }) => {
    const { host } = new URL(gateway.url);
    const signedIn = `${TYPE}\r\nAuthorization: ${authorization}`;
    const sent =
      typeof bytes === 'string' ? bytes.replaceAll('HOST', host).replaceAll(TYPE, signedIn) : bytes;
    const answer = await sendBytes(gateway.url, sent, { patience: 60, answers: statuses.length });
    const lines = answer.match(/^HTTP\/1\.1 \d{3}/gm) ?? [];
    expect(lines.map((line) => Number(line.slice(-3)))).toEqual(statuses);
    const [head = '', text = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^x-trace-id: [0-9a-f]{32}$/im);
    expect(head).toMatch(/^content-type: application\/json/im);
    if (statuses[0] !== 200) {
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
      expect(text).not.toContain('evil');
    }
  });

  const probe = (line: string, ...headers: string[]) => [line, ...headers, '', ''].join('\r\n');
  // As HAProxy's httpchk asks, unless it is told otherwise.
  it.each([
    ['HTTP/1.0', probe('GET /readyz HTTP/1.0'), 200],
    ['HTTP/1.1', probe('GET /readyz HTTP/1.1', 'Connection: close'), 200],
    ['HTTP/1.0 for liveness', probe('GET /livez HTTP/1.0'), 200],
    ['HTTP/1.0 by HEAD', probe('HEAD /readyz HTTP/1.0'), 200],
    ['HTTP/1.0 with a query', probe('GET /livez?from=haproxy HTTP/1.0'), 200],
    ['two Hosts', probe('GET /readyz HTTP/1.1', 'Host: HOST', 'Host: evil.example'), 400],
    ['a Host with a path', probe('GET /readyz HTTP/1.1', 'Host: HOST/evil'), 400],
    ['an absolute target', probe('GET http://HOST/readyz HTTP/1.0'), 400],
    ['another route', probe('GET /nothing HTTP/1.0'), 400],
    ['GraphQL', probe('GET /graphql?query={__typename} HTTP/1.0', 'Apollo-Require-Preflight: 1'), 400],
    ['a logo', probe('GET /assets/0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001.svg HTTP/1.1'), 400],
    ['another method', probe('POST /readyz HTTP/1.0'), 400],
  ])('answers a probe without Host: %s', async (_name, bytes, status) => {
    const { host } = new URL(gateway.url);
    const answer = await sendBytes(gateway.url, bytes.replaceAll('HOST', host), { patience: 60 });
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/^x-trace-id: [0-9a-f]{32}\r$/im);
    if (status === 200 && !bytes.startsWith('HEAD')) expect(answer).toMatch(/"status":"(ready|ok)"/);
  });

  const json = { 'content-type': 'application/json' };
  const REFUSED: readonly (readonly [string, RawRequest, number, string])[] = [
    [
      'a header of 20 kB',
      { headers: { ...json, 'x-filler': 'x'.repeat(20_000) }, body: BODY },
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['a body of 60 kB', { headers: json, body: BODY + ' '.repeat(60_000) }, 413, 'PAYLOAD_TOO_LARGE'],
    [
      'a body of 60 kB in chunks',
      { headers: { ...json, 'transfer-encoding': 'chunked' }, body: BODY + ' '.repeat(60_000) },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['an unknown route', { method: 'GET', path: '/nothing' }, 404, 'NOT_FOUND'],
    ['a folder', { method: 'GET', path: '/demo/' }, 404, 'NOT_FOUND'],
    ['two slashes', { path: '//graphql', headers: json, body: BODY }, 404, 'NOT_FOUND'],
    ['a slash at the end', { path: '/graphql/', headers: json, body: BODY }, 404, 'NOT_FOUND'],
    ['another case', { path: '/GraphQL', headers: json, body: BODY }, 404, 'NOT_FOUND'],
    ['the explorer where it is off', { method: 'GET', path: '/explorer' }, 404, 'NOT_FOUND'],
    ['PUT', { method: 'PUT', headers: json, body: BODY }, 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['PATCH', { method: 'PATCH', headers: json, body: BODY }, 405, 'METHOD_NOT_ALLOWED'],
    ['TRACE', { method: 'TRACE' }, 404, 'NOT_FOUND'],
    ['PROPFIND', { method: 'PROPFIND' }, 404, 'NOT_FOUND'],
    ['DELETE of what is read only', { method: 'DELETE', path: '/livez' }, 404, 'NOT_FOUND'],
    ['a URL that no decoder takes', { method: 'GET', path: '/assets/%E0%A4%A' }, 400, 'BAD_REQUEST'],
    ['a URL with a broken escape', { method: 'GET', path: '/%zz4111111111111111' }, 400, 'BAD_REQUEST'],
    ['an expectation', { headers: { ...json, expect: 'a-miracle' }, body: BODY }, 417, 'EXPECTATION_FAILED'],
    ['an answer in XML', { headers: { ...json, accept: 'text/xml' }, body: BODY }, 406, 'NOT_ACCEPTABLE'],
    [
      'an answer in anything but JSON',
      { headers: { ...json, accept: 'application/json;q=0' }, body: BODY },
      406,
      'NOT_ACCEPTABLE',
    ],
    [
      'a content type of text',
      { headers: { 'content-type': 'text/xml' }, body: BODY },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
  ];

  it.each(REFUSED)('refuses %s in JSON', async (_name, asked, status, code) => {
    const answer = await send(gateway.url, { ...asked, headers: { authorization, ...asked.headers } });
    expect(faultsOfRefusal(answer)).toEqual([]);
    expect(answer.status).toBe(status);
    expect(bodyOf(answer).errors?.[0]?.extensions.code).toBe(code);
    expect(answer.headers['cache-control']).toBe('no-store');
    // A trace id may hold any digits.
    const said = answer.text.replace(/"traceId":"[0-9a-f]{32}"/, '');
    expect(said).not.toMatch(/zz|E0|nothing"|4111/);
    if (status === 405) expect(answer.headers.allow).toBe('GET, POST');
  });

  it.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['application/json; charset=utf-16', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['text/html, application/json;q=0.5', 'application/json; charset=utf-8'],
    [
      'application/graphql-response+json, application/json;q=0.9',
      'application/graphql-response+json; charset=utf-8',
    ],
  ])('answers a caller who accepts %s in %s', async (accept, type) => {
    const answer = await send(gateway.url, { headers: { ...json, authorization, accept }, body: BODY });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('refuses before it pushes a caller who could not read the answer', async () => {
    const query =
      'mutation{pushCard(input:{idempotencyKey:"unread",tokenRequestorId:"50130000001",fundingAccountIds:["card-1"]}){__typename}}';
    const headers = { ...json, authorization, accept: 'text/html' };
    expect((await send(gateway.url, { headers, body: JSON.stringify({ query }) })).status).toBe(406);
    const calls = await fetch(`${gateway.simulatorUrl}/simulator/calls`);
    expect(await calls.json()).toMatchObject({ pushMultipleAccounts: 0 });
  });

  it('takes its trace id from a W3C traceparent and from nothing else', async () => {
    const ask = async (traceparent: string) =>
      (await send(gateway.url, { headers: { ...json, traceparent }, body: BODY })).headers['x-trace-id'];
    const given = '0af7651916cd43dd8448eb211c80319c';
    expect(await ask(`00-${given}-b7ad6b7169203331-01`)).toBe(given);
    for (const bad of [
      given,
      `00-${given}`,
      `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      `00-${given.toUpperCase()}-b7ad6b7169203331-01`,
      'x'.repeat(5000),
      `00-${'5555555555554444'.repeat(2)}-b7ad6b7169203331-01`,
      `00-abcdef015555555555554444abcdef01-b7ad6b7169203331-01`,
      `00-${Buffer.from('5555555555554444').toString('hex')}-b7ad6b7169203331-01`,
    ]) {
      expect(await ask(bad)).not.toBe(bad.split('-')[1] ?? bad);
      expect(await ask(bad)).not.toBe(given);
      expect(await ask(bad)).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    }
  });

  it('says nothing about what it is made of', async () => {
    for (const path of ['/graphql', '/livez', '/nothing']) {
      const { headers } = await send(gateway.url, { method: 'GET', path });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('cuts a caller who never ends the headers', async () => {
    const { answer, milliseconds } = await slow;
    expect(milliseconds).toBeLessThan(within(8000));
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
  });
});

/** A header line every 400 ms, for as long as it is let. */
function sendSlowly(base: string): Promise<{ answer: string; milliseconds: number }> {
  const { hostname, port, host } = new URL(base);
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`POST /graphql HTTP/1.1\r\nHost: ${host}\r\n`),
    );
    const drip = setInterval(() => socket.write('X-Slow: 1\r\n'), 400);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      resolve({ answer, milliseconds: performance.now() - startedAt });
    });
  });
}

it('named localhost it opens one server, which knows all limits, and none beside it', async () => {
  // As most machines know that name, if not this one.
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  const known = dns.lookup;
  const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((...asked: Parameters<typeof dns.lookup>) => {
    const [name, options, done] = asked as unknown as [
      string,
      { all?: boolean },
      (error: null, found: object) => void,
    ];
    if (name === 'localhost' && options.all === true) done(null, both);
    else Reflect.apply(known, dns, asked);
  }) as typeof dns.lookup);
  const gateway = await startTestGateway({ HOST: 'localhost', EXPLORER: 'off' });
  try {
    const { port } = new URL(gateway.url);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    await expect(fetch(`http://[::1]:${port}/livez`)).rejects.toThrow('fetch failed');
  } finally {
    lookup.mockRestore();
    await gateway.close();
  }
});
