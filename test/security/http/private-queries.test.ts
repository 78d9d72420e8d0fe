/** A query of the caller's own is answered on the hot path as Apollo answers it, check for check; what is wrong with one Apollo says. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { recordsIn } from '../../support/audit.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type OwnCardStore, startOwnCardStore } from '../../support/issuer/own-card-store.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { type RawAnswer, send } from '../../support/raw-http.js';
import { eventually } from '../../support/shared-cache.js';
import { compared, waysIn } from '../../support/two-ways.js';

const RANGE = '520474000';
const SCOPES = 'token-requestors:read accounts:read';
const OWN = 'query Own($ids: [ID!]) { fundingAccounts(ids: $ids) { id label tokenRequestors { id name } } }';
const FOR_FASTIFY = { 'transfer-encoding': 'chunked' };

const folder = mkdtempSync(join(tmpdir(), 'private-queries-'));
const trail = join(folder, 'audit.log');
let issuer: TokenIssuer;
let store: OwnCardStore;
let gateway: TestGateway;
let token = '';
let seen = 0;

beforeAll(async () => {
  issuer = await startTokenIssuer();
  store = await startOwnCardStore(
    ['susan', 'amir'].map((accountHolder) => ({
      id: `${accountHolder}-card`,
      accountHolder,
      range: RANGE,
      accountNumber: `${RANGE}0000007`,
    })),
  );
  gateway = await startTestGateway({
    ...issuer.environment,
    ...store.environment,
    MDES_ACCOUNT_RANGES: RANGE,
    AUTH_SCOPES: 'on',
    LOG_LEVEL: 'debug',
    AUDIT_LOG: `file:${trail}`,
  });
  token = await issuer.token('susan', 'bank-1', { scope: SCOPES });
});
beforeEach(async () => {
  // Known from here on.
  await ask();
  store.takeAsked();
  seen = gateway.logs.length;
});
afterAll(async () => {
  await gateway.close();
  await store.close();
  await issuer.close();
  rmSync(folder, { recursive: true });
});

function ask(
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
  query = OWN,
): Promise<RawAnswer> {
  return send(gateway.url, {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

const ways = (count: number) => waysIn(gateway.logs, seen, count);

it.each([{}, { accept: '*/*' }, { origin: 'https://elsewhere.example' }])(
  'the same to the byte, header and audit line, for one look into the card store: %j',
  async (headers) => {
    const [hot, cold] = [await ask({}, headers), await ask({}, { ...headers, ...FOR_FASTIFY })];
    expect(await ways(2)).toEqual([true, false]);
    expect(compared(hot)).toEqual(compared(cold));
    expect(JSON.parse(hot.text).data.fundingAccounts[0].tokenRequestors.length).toBeGreaterThan(1);
    expect(store.takeAsked()).toEqual({ list: 2, data: 0 });
    const traces = [hot, cold].map((answer) => answer.headers['x-trace-id']);
    const linesOf = () =>
      recordsIn(readFileSync(trail, 'utf8')).filter((one) => traces.includes(String(one['traceId'])));
    await eventually(() => linesOf().length === 2, 1000);
    const [one, other] = linesOf().map(({ action, result, holder, accounts, kinds, client }) => [
      ...[action, result, holder, accounts, kinds, client],
    ]);
    expect(one).toEqual(other);
    expect(one?.slice(0, 2)).toEqual(['data.read', 'OK']);
  },
);

it('each holder is told of her own accounts', async () => {
  const others = { authorization: `Bearer ${await issuer.token('amir', 'bank-1', { scope: SCOPES })}` };
  await ask({}, others);
  const answers = await Promise.all([ask({}, others), ask(), ask({}, others), ask()]);
  const ids = answers.map(({ text }) =>
    JSON.parse(text).data.fundingAccounts.map(({ id }: { id: string }) => id),
  );
  expect(ids).toEqual([['amir-card'], ['susan-card'], ['amir-card'], ['susan-card']]);
  expect((await ways(5)).slice(1)).toEqual([true, true, true, true]);
});

it.each<[string, string, () => Promise<RawAnswer>]>([
  [
    'a card store that fails',
    'CARD_STORE_UNAVAILABLE',
    () => {
      store.answerNext('list', (response) => response.writeHead(500).end());
      return ask();
    },
  ],
  ['an id that is not hers', 'BAD_USER_INPUT', () => ask({ ids: ['amir-card'] })],
])('of %s Apollo tells, by the same trace id, and nobody is asked twice', async (_name, code, request) => {
  const { headers, text } = await request();
  const [error] = JSON.parse(text).errors;
  expect(error.extensions).toMatchObject({ code, traceId: headers['x-trace-id'] });
  expect(await ways(1)).toEqual([false]);
  expect(store.takeAsked().list).toBe(1);
});

it('a variable that is none is refused before anybody is asked', async () => {
  const { text } = await ask({ ids: { a: 1 } });
  expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_USER_INPUT');
  expect(store.takeAsked().list).toBe(0);
});

it('who has lost the scope is refused, in the same words', async () => {
  const poor = { authorization: `Bearer ${await issuer.token('susan', 'bank-1', { scope: 'assets:read' })}` };
  await ask({}, poor);
  const [one, other] = [await ask({}, poor), await ask({}, { ...poor, ...FOR_FASTIFY })];
  expect(compared(one)).toEqual(compared(other));
  expect(JSON.parse(one.text).errors[0].extensions.code).toBe('FORBIDDEN');
});

it('what would cost too much with her accounts is refused, although it was answered when she had fewer', async () => {
  const fields = Array.from({ length: 13 }, (_, at) => `a${at}: tokenRequestors { id name type walletId }`);
  const query = `{ fundingAccounts { ${fields.join(' ')} } }`;
  await ask({}, {}, query);
  expect(JSON.parse((await ask({}, {}, query)).text).errors).toBeUndefined();
  const { accounts } = store;
  store.accounts = Array.from({ length: 20 }, (_, at) => ({
    ...{ id: `card-${at}`, accountHolder: 'susan', range: RANGE, accountNumber: `${RANGE}0000007` },
  }));
  try {
    const { text } = await ask({}, {}, query);
    expect(JSON.parse(text).errors[0].message).toMatch(/^This would cost \d+ \(20 accounts/);
    expect(await ways(3)).toEqual([false, true, false]);
  } finally {
    store.accounts = accounts;
  }
});

it('a mutation is never learnt', async () => {
  const query = 'mutation { recordHandOff(pushId: "none", platform: IOS) { status } }';
  const rich = {
    authorization: `Bearer ${await issuer.token('susan', 'bank-1', { scope: 'push:write push:read' })}`,
  };
  for (let times = 0; times < 3; times++) expect((await ask({}, rich, query)).status).toBe(200);
  expect(await ways(3)).toEqual([false, false, false]);
});
