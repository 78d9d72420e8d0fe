/** What goes out before Fastify is what Fastify would have sent, header for header; and nothing that a check says no to goes out there. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { type RawAnswer, type RawRequest, send, sendBytes } from '../../support/raw-http.js';
import { compared, waysIn } from '../../support/two-ways.js';

type Headers = NonNullable<RawRequest['headers']>;

const LIST = JSON.stringify({
  query: '{ tokenRequestors(accountRanges: ["520474000"]) { id logo { svgUrl } } }',
});
const ORIGIN = 'https://app.bank.example';
const TRACE = '0af7651916cd43dd8448eb211c80319c';

let issuer: TokenIssuer;
let gateway: TestGateway;
let token = '';
let logo = '';
let seen = 0;

beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startTestGateway({
    ...issuer.environment,
    EXPLORER: 'on',
    LOG_LEVEL: 'debug',
    CORS_ORIGINS: ORIGIN,
    AUTH_SCOPES: 'on',
  });
  token = await issuer.token('susan', 'bank-1', { scope: 'token-requestors:read assets:read accounts:read' });
  const { data } = JSON.parse((await ask()).text);
  logo = new URL(data.tokenRequestors[0].logo.svgUrl).pathname;
  // A coding is made for whoever asks for it first.
  for (const coding of ['br', 'gzip']) {
    const headers = { 'accept-encoding': coding };
    await Promise.all([ask(headers), get(headers)]);
  }
});
beforeEach(() => {
  seen = gateway.logs.length;
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

const ask = (headers: Headers = {}, body = LIST): Promise<RawAnswer> =>
  send(gateway.url, {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body,
  });
const get = (headers: Headers = {}, query = ''): Promise<RawAnswer> =>
  send(gateway.url, { method: 'GET', path: logo + query, headers });

const ways = (count: number) => waysIn(gateway.logs, seen, count);

describe.each<[string, Headers]>([
  ['as it is', {}],
  ['in br', { 'accept-encoding': 'br, gzip' }],
  ['in gzip', { 'accept-encoding': 'gzip' }],
  ['to a page of another origin that may ask', { origin: ORIGIN }],
  ['to one that may not', { origin: 'https://elsewhere.example' }],
  ['by a name for JSON', { accept: 'application/graphql-response+json, application/json;q=0.9' }],
])('an answer that is kept %s', (_name, headers) => {
  it('is the same by both ways', async () => {
    await ask(headers);
    const hot = await ask(headers);
    // A body of unknown length is Fastify's to read.
    const cold = await ask({ ...headers, 'transfer-encoding': 'chunked' });
    expect((await ways(3)).slice(1)).toEqual([true, false]);
    expect(compared(hot)).toEqual(compared(cold));
    expect(hot.status).toBe(200);
  });

  it('likewise of a logo, and who has it is told so', async () => {
    const hot = await get(headers);
    const cold = await get(headers, '?by=fastify');
    expect(compared(hot)).toEqual(compared(cold));
    const known = { ...headers, 'if-none-match': String(hot.headers.etag) };
    const [hotAgain, coldAgain] = [await get(known), await get(known, '?by=fastify')];
    expect(await ways(4)).toEqual([true, false, true, false]);
    expect(compared(hotAgain)).toEqual(compared(coldAgain));
    expect(hotAgain.status).toBe(304);
  });
});

it.each<[string, number, () => Promise<RawAnswer>]>([
  ['without a token', 401, () => ask({ authorization: [] })],
  ['with two', 401, () => ask({ authorization: [`Bearer ${token}`, `Bearer ${token}`] })],
  ['with a token of another scheme', 401, () => ask({ authorization: `DPoP ${token}` })],
  ['for a host that is none', 400, () => ask({ host: 'a.example/b' })],
  ['in a form that there is none of', 406, () => ask({ accept: 'image/png' })],
  ['of another type', 400, () => ask({ 'content-type': 'text/plain' })],
  ['with more than it may hold', 413, () => ask({}, LIST.padEnd(50_001))],
  ['that is cut off', 400, () => ask({}, LIST.slice(0, -1))],
])('a request %s is refused as ever, with %i', async (_name, status, request) => {
  expect((await request()).status).toBe(status);
  expect((await ways(1)).at(-1)).toBe(false);
});

it('a picker by account goes out here too, for the price of asking whose accounts they are', async () => {
  const { data } = JSON.parse((await ask({}, JSON.stringify({ query: '{ fundingAccounts { id } }' }))).text);
  const query = 'query ($ids: [ID!]) { tokenRequestors(fundingAccountIds: $ids) { id } }';
  const body = JSON.stringify({ query, variables: { ids: [data.fundingAccounts[0].id] } });
  const [first, second, third] = [await ask({}, body), await ask({}, body), await ask({}, body)];
  expect(await ways(4)).toEqual([false, false, true, true]);
  expect(compared(second)).toEqual(compared(first));
  expect(compared(third)).toEqual(compared(first));
  const others = await issuer.token('amir', 'bank-1', { scope: 'token-requestors:read accounts:read' });
  expect(JSON.parse((await ask({ authorization: `Bearer ${others}` }, body)).text).errors).toBeDefined();
});

it('of two hosts neither is believed', async () => {
  const hosts = 'Host: a.example\r\nHost: b.example';
  const authorization = `Authorization: Bearer ${token}`;
  for (const head of [
    `GET ${logo} HTTP/1.1\r\n${hosts}\r\n\r\n`,
    `POST /graphql HTTP/1.1\r\n${hosts}\r\n${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${LIST.length}\r\n\r\n${LIST}`,
  ]) {
    expect(await sendBytes(gateway.url, head)).toMatch(/^HTTP\/1.1 400/);
  }
});

it('who lacks the scope is not given what others have', async () => {
  const poor = await issuer.token('susan', 'bank-1', { scope: 'accounts:read' });
  for (const _ of [1, 2]) {
    const answer = await ask({ authorization: `Bearer ${poor}` });
    expect(JSON.parse(answer.text).errors[0].extensions.code).toBe('FORBIDDEN');
  }
  expect(await ways(2)).toEqual([false, false]);
});

it("takes a caller's trace id, and none that may be a card number", async () => {
  const by = async (id: string) =>
    (await ask({ traceparent: `00-${id}-00f067aa0ba902b7-01` })).headers['x-trace-id'];
  expect(await by(TRACE)).toBe(TRACE);
  expect(await by('5500000000000004abcdefabcdefabcd')).toMatch(/^(?!5500)[0-9a-f]{32}$/);
  expect(await ways(2)).toEqual([true, true]);
});

it('answers in order what comes in at once, by whichever way', async () => {
  const post = (body: string) =>
    `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`;
  const other = JSON.stringify({ query: '{ fundingAccounts { id } }' });
  const text = await sendBytes(
    gateway.url,
    [post(LIST), post(other), 'GET /livez HTTP/1.1\r\nHost: a\r\n\r\n', post(LIST)].join(''),
    { answers: 4 },
  );
  const answers = text.split(/(?=HTTP\/1\.1 )/);
  const told = ['tokenRequestors', 'fundingAccounts', 'status', 'tokenRequestors'];
  expect(answers.map((answer) => told.find((name) => answer.includes(`"${name}"`)))).toEqual(told);
});

it('who goes away within a request leaves nothing behind', async () => {
  const head = `POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`;
  for (const part of ['', LIST.slice(0, 10)]) {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.write(`${head}Content-Length: ${LIST.length}\r\n\r\n${part}`);
    await sleep(20);
    socket.destroy();
    await once(socket, 'close');
  }
  expect((await ask()).status).toBe(200);
  expect((await ways(1)).at(-1)).toBe(true);
});

describe('with limits', () => {
  let limited: TestGateway;
  beforeAll(async () => {
    limited = await startTestGateway({
      ...issuer.environment,
      EXPLORER: 'off',
      RATE_LIMITS: '5/h per account-holder',
    });
  });
  afterAll(() => limited.close());

  it('counts what goes out at once like everything else', async () => {
    const statuses: number[] = [];
    for (const sub of ['susan', 'amir']) {
      const authorization = `Bearer ${await issuer.token(sub, 'bank-1')}`;
      for (let times = 0; times < 6; times++) {
        const headers = { 'content-type': 'application/json', authorization };
        statuses.push((await send(limited.url, { headers, body: LIST })).status);
      }
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 200, 200, 200, 200, 200, 429]);
  });
});

it('goes on after a fault of its own', async () => {
  let faults = 1;
  const broken = await startTestGateway(
    { ...issuer.environment, EXPLORER: 'off' },
    {
      onAnswered({ kept }) {
        if (kept && faults-- > 0) throw new Error('no metric');
      },
    },
  );
  const request = {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: LIST,
  };
  const statuses: unknown[] = [];
  for (const _ of [1, 2, 3, 4])
    statuses.push(
      await send(broken.url, request).then(
        (answer) => answer.status,
        () => 'cut',
      ),
    );
  expect(statuses).toEqual([200, expect.anything(), 200, 200]);
  expect(broken.logs.some((line) => line.includes('no metric'))).toBe(true);
  await broken.close();
});
