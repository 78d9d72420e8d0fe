/** Traces go to an OTLP collector where one is named: a span for each operation and each call, in one trace with the caller's. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { LARK } from '../../support/requestors.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const PUSH = `mutation Mine { pushCard(input: { idempotencyKey: "one", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }) { ... on Push { pushedAccounts: accounts { pushAccountReceipt } } } }`;

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

const bodies: string[] = [];
const collector = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
  bodies.push(body);
  response.setHeader('content-type', 'application/json').end('{}');
});
let gateway: TestGateway;

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  gateway = await startTestGateway({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
});
afterAll(() => {
  collector.close();
});

it('of a push: by the names of the schema, with what it has asked of card store and MDES, which hear of the trace', async () => {
  const traceparent = `00-${TRACE}-${CALLER}-01`;
  const answer = await gateway.graphql(PUSH, {}, { headers: { traceparent } });
  await gateway.graphql('{ fundingAccounts { id } }');
  // Known by now.
  const own = await gateway.graphql('{ fundingAccounts { id } }');
  const exchanges = await (await fetch(`${gateway.simulatorUrl}/simulator/exchanges`)).text();
  await gateway.close();
  const spans = bodies.flatMap((body): Span[] => {
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  });
  const [operation] = spans.filter(({ name }) => name === 'mutation pushCard');
  expect(operation).toMatchObject({ traceId: TRACE, parentSpanId: CALLER });
  const below = spans.filter(({ parentSpanId }) => parentSpanId === operation?.spanId);
  const names = below.map(({ name }) => name);
  expect([...new Set(names)].sort()).toEqual([
    'card-store data',
    'card-store list',
    'mdes getEligibleTokenRequestors',
    'mdes pushMultipleAccounts',
  ]);
  const [sent] = below.filter(({ name }) => name === 'mdes pushMultipleAccounts');
  expect(exchanges).toContain(`00-${TRACE}-${sent?.spanId}-01`);
  // Without a caller's own, the trace has the id of the answer.
  const asked = spans.filter(({ name }) => name === 'query fundingAccounts').map(({ traceId }) => traceId);
  expect(asked).toContain(own.headers.get('x-trace-id'));
  const told = bodies.join();
  for (const secret of ['susan', 'Mine', ...receiptsIn(answer.text)]) expect(told).not.toContain(secret);
});

function receiptsIn(text: string): string[] {
  return [...text.matchAll(/"pushAccountReceipt":"([^"]+)"/g)].map(([, receipt = '']) => receipt);
}
