/** A stranger is refused before Fastify in the same words, headers and audit lines as by Fastify, and is counted by both alike. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { recordsIn } from '../../support/audit.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { type RawAnswer, type RawRequest, send } from '../../support/raw-http.js';
import { eventually } from '../../support/shared-cache.js';
import { compared, waysIn } from '../../support/two-ways.js';

type Headers = NonNullable<RawRequest['headers']>;

const ORIGIN = 'https://app.bank.example';
const INTROSPECTION = JSON.stringify({ query: '{ __schema { queryType { name } } }' });
/** Of the same route, and not the hot path's to answer. */
const BY_FASTIFY = '/graphql?by=fastify';
const folder = mkdtempSync(join(tmpdir(), 'strangers-'));
const trail = join(folder, 'audit.log');

let issuer: TokenIssuer;
let gateway: TestGateway;
let good = '';
let seen = 0;

beforeAll(async () => {
  issuer = await startTokenIssuer();
  gateway = await startTestGateway({
    ...issuer.environment,
    EXPLORER: 'off',
    LOG_LEVEL: 'debug',
    CORS_ORIGINS: ORIGIN,
    AUDIT_LOG: `file:${trail}`,
  });
  good = await issuer.token('susan', 'bank-1');
});
beforeEach(() => {
  seen = gateway.logs.length;
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
  rmSync(folder, { recursive: true });
});

function ask(headers: Headers, path = '/graphql', url = gateway.url): Promise<RawAnswer> {
  return send(url, {
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: INTROSPECTION,
  });
}

function auditedOf(answers: readonly RawAnswer[]) {
  const traces = answers.map(({ headers }) => headers['x-trace-id']);
  return recordsIn(readFileSync(trail, 'utf8'))
    .filter((one) => traces.includes(String(one['traceId'])))
    .map(({ action, result, reason, holder, client, address }) => [
      ...[action, result, reason, holder, client, address],
    ]);
}

it.each<[string, boolean, () => Headers]>([
  ['no token', true, () => ({})],
  ['no token, from a page that may ask', true, () => ({ origin: ORIGIN })],
  ['no token, from a page that may not', true, () => ({ origin: 'https://elsewhere.example' })],
  ['no token, and a trace of his own', true, () => ({ 'x-request-id': 'a' })],
  ['a token that is none', true, () => ({ authorization: 'Bearer x' })],
  ['a token that nobody signed', true, () => ({ authorization: `Bearer ${good}x` })],
  ['nothing behind the scheme', true, () => ({ authorization: 'Bearer ' })],
  ['two tokens', false, () => ({ authorization: [`Bearer ${good}`, `Bearer ${good}`] })],
  ['a good token as if it were bound', false, () => ({ authorization: `DPoP ${good}` })],
  ['another scheme', false, () => ({ authorization: 'Basic c3VzYW46' })],
])('%s: the same 401 by both ways', async (_name, isHot, headers) => {
  const [hot, cold] = [await ask(headers()), await ask(headers(), BY_FASTIFY)];
  expect(await waysIn(gateway.logs, seen, 2)).toEqual([isHot, false]);
  expect(hot.status).toBe(401);
  expect(compared(hot)).toEqual(compared(cold));
  await eventually(() => auditedOf([hot, cold]).length === 2, 1000);
  const [one, other] = auditedOf([hot, cold]);
  expect(one).toEqual(other);
  expect(one?.slice(0, 2)).toEqual(['sign-in.refused', 'REFUSED']);
});

it('a good token that is seen for the first time is nobody to refuse', async () => {
  const authorization = `Bearer ${await issuer.token('amir', 'bank-1')}`;
  expect((await ask({ authorization })).text).not.toContain('UNAUTHENTICATED');
  expect(await waysIn(gateway.logs, seen, 1)).toEqual([false]);
});

it('where there is an explorer who has no token may introspect, and who has a bad one is refused', async () => {
  const explored = await startTestGateway({ ...issuer.environment, EXPLORER: 'on', LOG_LEVEL: 'debug' });
  const without = await ask({}, '/graphql', explored.url);
  const bad = await ask({ authorization: 'Bearer x' }, '/graphql', explored.url);
  expect([without.status, bad.status]).toEqual([200, 401]);
  expect((await waysIn(explored.logs, 0, 2)).slice(-2)).toEqual([false, true]);
  await explored.close();
});

it('is counted by his address, once, by whichever way', async () => {
  const limited = await startTestGateway({
    ...issuer.environment,
    EXPLORER: 'off',
    RATE_LIMITS: '6/h per address',
  });
  const authorization = `Bearer ${await issuer.token('amir', 'bank-1')}`;
  const kinds: readonly [Headers, string][] = [
    [{}, '/graphql'],
    [{ authorization: 'Bearer x' }, '/graphql'],
    [{}, BY_FASTIFY],
    [{ authorization: 'DPoP x' }, '/graphql'],
    [{ authorization }, '/graphql'],
    [{}, '/graphql'],
    [{}, '/graphql'],
    [{ authorization: 'Bearer x' }, '/graphql'],
  ];
  const statuses: unknown[] = [];
  for (const [headers, path] of kinds) statuses.push((await ask(headers, path, limited.url)).status);
  expect(statuses.map((status) => (status === 200 || status === 400 ? 'in' : status))).toEqual([
    ...[401, 401, 401, 401, 'in', 401, 429, 429],
  ]);
  await limited.close();
});
