/** Whoever counts hears of every request once, whichever way its answer came: where metrics begin. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { AnsweredRequest } from '../../src/server/pipeline/answered.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { pushAndLeave } from '../support/push/push-and-leave.js';
import { LARK } from '../support/requestors.js';
import { eventually } from '../support/shared-cache.js';

const LIST =
  'query Secret4111111111111111 { ...F } fragment F on Query { tokenRequestors(accountRanges: ["520474000"]) { id } }';

let gateway: TestGateway;
let answered: AnsweredRequest[];

beforeAll(async () => {
  gateway = await startTestGateway({}, { onAnswered: (request) => answered.push(request) });
  answered = [];
  await gateway.token('susan');
});
beforeEach(() => {
  answered = [];
});
afterAll(() => gateway.close());

/** A request is told once its answer has gone, which whoever asked may see before. */
async function told(count: number): Promise<Omit<AnsweredRequest, 'ms'>[]> {
  await eventually(() => answered.length >= count, 1000);
  expect(answered.every(({ ms }) => ms > 0 && ms < 60_000)).toBe(true);
  return answered.map(({ operation, outcome, kept, hot }) => ({ operation, outcome, kept, hot }));
}

it('of an answer that is made, and of one that is kept, by the names of the schema', async () => {
  for (const _ of [1, 2, 3]) await gateway.graphql(LIST);
  const operation = 'query tokenRequestors';
  expect(await told(3)).toEqual([
    { operation, outcome: 'OK', kept: false, hot: false },
    { operation, outcome: 'OK', kept: true, hot: true },
    { operation, outcome: 'OK', kept: true, hot: true },
  ]);
});

it('of what cannot be answered, by its codes', async () => {
  await gateway.graphql('{ pushes(first: 99) { nodes { id } } again: fundingAccounts { id } }');
  await gateway.graphql('{ nothing }');
  await gateway.graphql('{');
  await gateway.graphql('{ fundingAccounts { id } }', {}, { token: 'none' });
  expect(await told(4)).toEqual([
    { operation: 'query fundingAccounts pushes', outcome: 'BAD_USER_INPUT', kept: false, hot: false },
    { operation: 'POST /graphql', outcome: 'GRAPHQL_VALIDATION_FAILED', kept: false, hot: false },
    { operation: 'POST /graphql', outcome: 'GRAPHQL_PARSE_FAILED', kept: false, hot: false },
    { operation: 'POST /graphql', outcome: '401', kept: false, hot: true },
  ]);
});

it('of every other route, and of none', async () => {
  for (const path of ['/livez', '/assets/none.png', '/4111111111111111']) await fetch(gateway.url + path);
  expect(await told(3)).toEqual([
    { operation: 'GET /livez', outcome: 'OK', kept: false, hot: false },
    { operation: expect.stringMatching(/^GET \/assets\/:/), outcome: '404', kept: false, hot: false },
    { operation: 'none', outcome: '404', kept: false, hot: false },
  ]);
});

function lines({ logs }: TestGateway) {
  return logs.map((line) => JSON.parse(line)).filter(({ event }) => event === 'operation.answered');
}

it('in a line that tells how often MDES and the card store were asked for it', async () => {
  const fresh = await startTestGateway({ CATALOGUE_WARM: 'off' });
  const push = (key: string) =>
    `mutation { pushCard(input: { idempotencyKey: "${key}", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }) { ... on Push { id } } }`;
  const own = '{ tokenRequestors { id } }';
  const asked = [LIST, LIST, push('calls'), push('calls'), '{ fundingAccounts { id } }', own, own];
  for (const [at, document] of asked.entries()) {
    await fresh.graphql(document);
    await eventually(() => lines(fresh).length > at, 1000);
  }
  await fresh.close();
  expect(lines(fresh).map((it) => [it.operation, it.mdesCalls, it.cardStoreCalls, it.answer])).toEqual([
    ['query tokenRequestors', 1, 0, 'made'],
    ['query tokenRequestors', 0, 0, 'hot'],
    ['mutation pushCard', 1, 2, 'made'],
    ['mutation pushCard', 0, 0, 'made'],
    ['query fundingAccounts', 0, 1, 'made'],
    // Of her other cards' ranges as well.
    ['query tokenRequestors', 1, 1, 'made'],
    // Kept for whoever has such cards.
    ['query tokenRequestors', 0, 1, 'hot'],
  ]);
});

it('in a line at info by the names of the schema, and none for probes', async () => {
  const before = lines(gateway).length;
  await gateway.graphql(LIST);
  await gateway.graphql('{ fundingAccounts { id } }', {}, { token: 'none' });
  await fetch(`${gateway.url}/livez`);
  await told(3);
  expect(lines(gateway).slice(before)).toEqual([
    expect.objectContaining({
      level: 'info',
      operation: 'query tokenRequestors',
      outcome: 'OK',
      answer: 'hot',
    }),
    expect.objectContaining({ operation: 'POST /graphql', outcome: '401', answer: 'made', unsaid: 0 }),
  ]);
});

it('of one whose caller has gone, once, by what it asked for', async () => {
  const query = `mutation { pushCard(input: { idempotencyKey: "gone", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }) { __typename } }`;
  await gateway.token('susan');
  answered = [];
  await pushAndLeave(gateway, { query, mdesMs: 400 });
  // The push goes on, and its answer goes nowhere.
  expect(await told(1)).toEqual([
    { operation: 'mutation pushCard', outcome: 'CALLER_GONE', kept: false, hot: false },
  ]);
  await sleep(100);
  expect(answered.length).toBe(1);
});
