/** What goes wrong inside stays inside: out go fixed words and a trace id, and the log has the cause under that id. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { send } from '../../support/raw-http.js';
import { LARK } from '../../support/requestors.js';

const SECRET = 'db password=hunter2 at /srv/gateway/secret.ts';
const WORDS = 'Something went wrong on our side. Tell the operators of this gateway the trace id.';
const PUSH = 'mutation ($input: PushCardInput!) { pushCard(input: $input) { __typename } }';
const input = () => ({
  idempotencyKey: randomUUID(),
  tokenRequestorId: LARK,
  fundingAccountIds: ['card-1'],
});

/** As careless code throws: an Error, one with a code that looks like ours, a string, nothing. */
const THROWN: readonly (readonly [string, () => unknown])[] = [
  ['an Error', () => new Error(SECRET)],
  ['a TypeError', () => new TypeError(SECRET)],
  [
    'an Error with a code of ours',
    () => Object.assign(new Error(SECRET), { extensions: { code: 'BAD_USER_INPUT' } }),
  ],
  ['an Error with a status', () => Object.assign(new Error(SECRET), { statusCode: 418, status: 418 })],
  ['an Error with a cause', () => new Error(SECRET, { cause: new Error(SECRET) })],
  ['a string', () => SECRET],
  ['undefined', () => undefined],
];

describe('an unexpected error', () => {
  let gateway: TestGateway;
  let thrown: (() => unknown) | undefined;
  const clock = {
    now(): number {
      // The sign-in, which asks the clock first and on a timer of its own, is not what is to fail here.
      const isSignIn = String(new Error('where from').stack).includes('/sign-in/');
      if (thrown !== undefined && !isSignIn) throw thrown();
      return Date.now();
    },
  };
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' }, { clock });
    await gateway.token('susan');
  });
  afterEach(() => {
    thrown = undefined;
  });
  afterAll(() => gateway.close());

  it.each(THROWN)('is masked in a mutation: %s', async (_name, make) => {
    thrown = make;
    const answer = await gateway.graphql(PUSH, { input: input() });
    const traceId = answer.headers.get('x-trace-id');
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({ pushCard: null });
    expect(answer.errors).toEqual([
      {
        message: WORDS,
        locations: [{ line: 1, column: 37 }],
        path: ['pushCard'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', traceId },
      },
    ]);
    const lines = gateway.logs
      .map((line) => JSON.parse(line))
      .filter((line) => line.traceId === traceId && line.level === 'error');
    expect(lines).toHaveLength(1);
    if (make() !== undefined) expect(JSON.stringify(lines[0])).toContain('hunter2');
    thrown = undefined;
    const { calls } = await pushes();
    expect(calls).toBe(0);
  });

  it('is masked in a query, and takes no other field along', async () => {
    thrown = () => new Error(SECRET);
    const answer = await gateway.graphql('{ fundingAccounts { id } tokenRequestors { id } }');
    expect(answer.data.fundingAccounts).toHaveLength(4);
    expect(answer.data.tokenRequestors).toBeNull();
    expect(codes(answer)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(answer.text).not.toMatch(/hunter2|secret\.ts|at .*\.[jt]s/);
  });

  it('is masked on the way to a logo', async () => {
    thrown = () => new Error(SECRET);
    const answer = await send(gateway.url, {
      method: 'GET',
      path: '/assets/0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001.svg',
    });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(answer.text).not.toMatch(/hunter2|secret\.ts/);
    const traceId = String(answer.headers['x-trace-id']);
    expect(JSON.parse(answer.text).errors[0].extensions.traceId).toBe(traceId);
    expect(gateway.logs.some((line) => line.includes(traceId) && line.includes('hunter2'))).toBe(true);
  });

  it('leaves the gateway as it was', async () => {
    expect((await gateway.graphql('{ tokenRequestors { id } }')).data.tokenRequestors.length).toBeGreaterThan(
      20,
    );
    expect((await gateway.graphql(PUSH, { input: input() })).data.pushCard.__typename).toBe('Push');
  });

  it('cannot be forged in the log: a line is a line, whatever a caller sends', async () => {
    const before = gateway.logs.length;
    const forged = '\n{"level":"error","msg":"forged"}\r\n';
    await gateway.graphql(PUSH, { input: { ...input(), locale: forged, callbackUrl: forged } });
    await gateway.graphql(PUSH, {
      input: { ...input(), fundingAccountIds: [forged], tokenRequestorId: forged },
    });
    await gateway.graphql('query ($id: ID!) { push(id: $id) { id } asset(id: $id) { id } }', { id: forged });
    await send(gateway.url, { method: 'GET', path: '/%0a%7b%22msg%22%3a%22forged%22%7d' });
    await send(gateway.url, {
      headers: { 'content-type': 'application/json', 'user-agent': 'forged', traceparent: 'forged' },
      body: '{',
    });
    for (const line of gateway.logs.slice(before)) expect(JSON.parse(line).msg).not.toBe('forged');
    expect(gateway.logs.slice(before).join('')).not.toContain('forged');
  });

  async function pushes(): Promise<{ calls: number }> {
    const answer = await fetch(`${gateway.simulatorUrl}/simulator/calls`);
    return { calls: ((await answer.json()) as { pushMultipleAccounts: number }).pushMultipleAccounts };
  }
});
