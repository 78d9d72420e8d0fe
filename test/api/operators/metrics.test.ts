/** What operators see on ADMIN_PORT: metrics by the names of the schema, health, and the level of the log. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { textOf } from '../../../src/workers/worker-metrics.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK } from '../../support/requestors.js';
import { eventually } from '../../support/shared-cache.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const LIST = '{ tokenRequestors(accountRanges: ["520474000"]) { id } }';
const PUSH = `mutation Secret4111111111111111 { a4111111111111111: pushCard(input: { idempotencyKey: "one", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }) { ... on Push { status } ... on PushRefusal { code } } }`;

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMIN_PORT: '0', LOG_LEVEL: 'info' });
});
afterAll(() => gateway.close());

function admin(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${gateway.gateway.adminUrl}${path}`, init);
}

/** Series and their values, without the defaults of every Node process. */
async function series(): Promise<Map<string, number>> {
  const text = await (await admin('/metrics')).text();
  const lines = text.split('\n').filter((line) => line.startsWith('token_connect_'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

/** A request is told once its answer has gone, which whoever asked may see before. */
async function value(name: string): Promise<number | undefined> {
  return (await series()).get(`token_connect_${name}`);
}

it('counts requests by operation, outcome and path, and what lies behind them', async () => {
  for (const _ of [1, 2, 3]) await gateway.graphql(LIST);
  await gateway.graphql(LIST, {}, { token: 'none' });
  const logos = await gateway.graphql(LIST.replace('id', 'logo { svgUrl }'));
  await fetch(logos.data.tokenRequestors[0].logo.svgUrl);
  const simulator = new SimulatorControl(gateway.simulatorUrl);
  await simulator.fault('pushMultipleAccounts', '500');
  for (const key of ['one', 'one', 'two']) await gateway.graphql(PUSH.replace('"one"', `"${key}"`));
  await gateway.graphql(PUSH.replace('card-1', 'card-none').replace('"one"', '"three"'));
  await gateway.graphql('{ push(id: "x") { id } pushes(first: 999) { nodes { id } } }');
  const requests = 'requests_total{operation="mutation pushCard",outcome="OK"}';
  await eventually(async () => (await value(requests)) === 4, 2000);
  const found = await series();
  const of = (name: string) => found.get(`token_connect_${name}`);
  expect(of('requests_total{operation="query tokenRequestors",outcome="OK"}')).toBe(4);
  expect(of('request_duration_seconds_count{operation="query tokenRequestors",path="made"}')).toBe(2);
  expect(of('request_duration_seconds_count{operation="query tokenRequestors",path="hot"}')).toBe(2);
  expect(of('requests_total{operation="POST /graphql",outcome="401"}')).toBe(1);
  expect(of('requests_total{operation="query several",outcome="BAD_USER_INPUT"}')).toBe(1);
  expect(of('field_errors_total{field="pushes",code="BAD_USER_INPUT"}')).toBe(1);
  expect(of('sign_in_refusals_total{reason="MALFORMED_TOKEN"}')).toBe(1);
  expect(of('pushes_total{status="UNKNOWN"}')).toBe(1);
  expect(of('pushes_total{status="READY"}')).toBe(1);
  expect(of('push_repeats_total{input="same"}')).toBe(1);
  expect(of('push_refusals_total{code="FUNDING_ACCOUNT_NOT_FOUND",owner="CHANNEL"}')).toBe(1);
  const upstream = 'upstream_duration_seconds_count{system=';
  expect(of(`${upstream}"mdes",operation="pushMultipleAccounts",outcome="HTTP_500"}`)).toBe(1);
  expect(of(`${upstream}"mdes",operation="pushMultipleAccounts",outcome="OK"}`)).toBe(1);
  expect(of(`${upstream}"card-store",operation="list",outcome="OK"}`)).toBeGreaterThan(1);
  expect(of(`${upstream}"key-set",operation="fetch",outcome="OK"}`)).toBe(1);
  expect(of('catalogue_cache_reads_total{layer="none"}')).toBeGreaterThan(0);
  expect(of('mdes_breaker_open{breaker="getAsset"}')).toBe(0);
  expect(of('dependency_well{dependency="keys"}')).toBe(1);
  expect(of('requests_in_flight')).toBe(0);
  expect(Math.abs(of('mdes_clock_skew_seconds') ?? 9)).toBeLessThan(2);
});

it('holds nothing that a caller has put there, and no series for each way to ask', async () => {
  const fields = [
    'push(id: "x") { id }',
    'catalogue { stale }',
    'fundingAccounts { id }',
    'pushes { edges { cursor } }',
  ];
  for (const [at] of fields.entries())
    await gateway.graphql(
      `query Secret { ${fields.slice(at).join(' ')} }`,
      {},
      { headers: { 'x-a': 'Secret' } },
    );
  await gateway.graphql('{ Secret4111111111111111 }');
  await fetch(`${gateway.url}/Secret4111111111111111`, { method: 'DELETE' });
  const text = await (await admin('/metrics')).text();
  expect(text).not.toMatch(/Secret|4111|susan|card-1/);
  expect(text.match(/operation="query [^"]* [^"]*"/)).toBeNull();
});

it('changes the level of the log while it runs, also of what is logged about MDES', async () => {
  expect(await (await admin('/log-level')).text()).toBe('info\n');
  expect((await admin('/log-level', { method: 'PUT', body: 'silent' })).status).toBe(400);
  expect(
    (await admin('/log-level', { method: 'PUT', body: 'debug', headers: { origin: 'http://a' } })).status,
  ).toBe(403);
  await gateway.graphql(PUSH.replace('"one"', '"four"'));
  expect(gateway.logs.join()).not.toContain('MDES answered');
  expect((await admin('/log-level', { method: 'PUT', body: 'debug\n' })).status).toBe(200);
  await gateway.graphql(PUSH.replace('"one"', '"five"'));
  expect(gateway.logs.join()).toContain('"msg":"MDES answered"');
});

it('says how it is, and nothing of that on the port of front ends', async () => {
  expect(await (await admin('/livez')).json()).toEqual({ status: 'ok' });
  const readiness = await (await fetch(`${gateway.url}/readyz`)).json();
  expect(await (await admin('/readyz')).json()).toEqual(readiness);
  for (const path of ['/metrics', '/log-level']) expect((await fetch(gateway.url + path)).status).toBe(404);
  expect((await admin('/graphql')).status).toBe(404);
});

it('names and means each metric as docs/metrics.md says', async () => {
  const withDatabase = await startTestGateway({
    ADMIN_PORT: '0',
    LEDGER_URL: 'postgres://gateway@127.0.0.1:1/none',
    LEDGER_KEYS: Buffer.alloc(32, 7).toString('base64'),
  });
  const text = await (await fetch(`${withDatabase.gateway.adminUrl}/metrics`)).text();
  await withDatabase.close();
  const all = `${text}\n${await textOf([], 1)}`;
  const known = [...all.matchAll(/^# HELP (token_connect_\S+) (.*)\n# TYPE \S+ (\S+)/gm)];
  const table = readFileSync('docs/metrics.md', 'utf8').matchAll(
    /^\| `(token_connect_\S+)` \| (\S+) \| ([^|]*) \| ([^|]*) \|$/gm,
  );
  expect([...table].map(([, name, type, , help]) => [name, type, help?.trim()]).sort()).toEqual(
    known.map(([, name, help, type]) => [name, type, help]).sort(),
  );
});

it('keeps the series of several workers apart', async () => {
  const metrics = [{ name: 'a', help: 'A.', type: 'counter', values: [{ value: 2, labels: { of: 'x' } }] }];
  const text = await textOf(
    [1, 2].map((worker) => ({ worker, metrics })),
    2,
  );
  expect(text).toContain('a{of="x",worker="1"} 2\na{of="x",worker="2"} 2');
});
