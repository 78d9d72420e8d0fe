/** Traces go to an OTLP collector where one is named: a span for each operation and each call, in one trace with the caller's. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type GraphQLAnswer, startTestGateway } from '../../support/gateway.js';
import { pushAndLeave } from '../../support/push/push-and-leave.js';
import { LARK } from '../../support/requestors.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const GONE = 'a3ce929d0e0e47364bf92f3577b34da6';
const CALLER = '00f067aa0ba902b7';
const PUSH = `mutation Mine { pushCard(input: { idempotencyKey: "one", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }) { ... on Push { pushedAccounts: accounts { pushAccountReceipt } } } }`;
const OWN = 'query ($ids: [ID!]) { fundingAccounts(ids: $ids) { id } }';
const KEPT = '{ tokenRequestors { id } }';
const SLOW_MS = 600;

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue: string } }[];
}

const bodies: string[] = [];
const collector = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  bodies.push(body);
  response.setHeader('content-type', 'application/json').end('{}');
});
/** What was asked, in this order. */
const answers: GraphQLAnswer[] = [];
let exchanges = '';
let spans: readonly Span[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const gateway = await startTestGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
  answers.push(await gateway.graphql(PUSH, {}, { headers: { traceparent: `00-${TRACE}-${CALLER}-01` } }));
  for (const query of [OWN, OWN, KEPT, KEPT]) answers.push(await gateway.graphql(query));
  answers.push(await gateway.graphql(OWN, { ids: ['none'] }));
  exchanges = await (await fetch(`${gateway.simulatorUrl}/simulator/exchanges`)).text();
  const query = PUSH.replace('"one"', '"two"');
  const headers = { traceparent: `00-${GONE}-${CALLER}-01` };
  await pushAndLeave(gateway, { query, headers, mdesMs: SLOW_MS });
  await sleep(SLOW_MS);
  await gateway.close();
  spans = bodies.flatMap((body): Span[] => {
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
});
afterAll(() => {
  collector.close();
});

/** Of one trace: that of the operation, and those below it. */
function traced(traceId: string) {
  const all = spans.filter((span) => span.traceId === traceId);
  const [operation, another] = all.filter(({ name }) => /^(?:query|mutation|operation|POST)/.test(name));
  const below = all.filter((span) => operation !== undefined && span.parentSpanId === operation.spanId);
  const outcome = operation?.attributes.find(({ key }) => key === 'graphql.outcome')?.value.stringValue;
  return { operation, another, outcome, below, names: [...new Set(below.map(({ name }) => name))].sort() };
}

it('of a push: by the names of the schema, with what it has asked of card store and MDES, which hear of the trace', () => {
  const { operation, another, outcome, below, names } = traced(TRACE);
  expect([operation?.name, operation?.parentSpanId, outcome]).toEqual(['mutation pushCard', CALLER, 'OK']);
  expect(another).toBeUndefined();
  expect(names).toEqual([
    'card-store data',
    'card-store list',
    'mdes getEligibleTokenRequestors',
    'mdes pushMultipleAccounts',
  ]);
  const sent = below.find(({ name }) => name === 'mdes pushMultipleAccounts');
  expect(exchanges).toContain(`00-${TRACE}-${sent?.spanId}-01`);
  const told = bodies.join();
  for (const secret of ['susan', 'Mine', ...receiptsIn(answers[0]?.text)]) expect(told).not.toContain(secret);
});

it.each([
  ['her own accounts', 1, 'query fundingAccounts'],
  ['her own accounts, which go out before Fastify', 2, 'query fundingAccounts'],
  ['the wallets for her cards', 3, 'query tokenRequestors'],
  ['the wallets for her cards, which are kept', 4, 'query tokenRequestors'],
])('of %s: the card store is asked in the trace whose id the answer has', (_, at, name) => {
  const { operation, another, outcome, names } = traced(answers[at]?.headers.get('x-trace-id') ?? '');
  expect([operation?.name, another, outcome]).toEqual([name, undefined, 'OK']);
  expect(names).toContain('card-store list');
});

it('of what has begun before Fastify and is answered by Apollo: one operation, with its error', () => {
  const { operation, another, outcome, names } = traced(answers[5]?.headers.get('x-trace-id') ?? '');
  expect([operation?.name, another]).toEqual(['query fundingAccounts', undefined]);
  expect(outcome).toBe(answers[5]?.errors?.[0]?.extensions.code);
  expect(names).toEqual(['card-store list']);
});

it('of a push whose caller has gone: with all that was asked for it', () => {
  const { operation, another, outcome, names } = traced(GONE);
  expect([operation?.name, another]).toEqual(['mutation pushCard', undefined]);
  expect(names).toContain('mdes pushMultipleAccounts');
  expect(outcome).toBe('CALLER_GONE');
});

function receiptsIn(text = ''): string[] {
  return [...text.matchAll(/"pushAccountReceipt":"([^"]+)"/g)].map(([, receipt = '']) => receipt);
}
