/** Without a token nothing is read: 401 at once; where the explorer is on, a document that only introspects is answered. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { bodyOf, faultsOfRefusal, type RawAnswer, send, sendBytes } from '../../support/raw-http.js';

interface Case {
  readonly name: string;
  readonly query: unknown;
}

const CASES = readFileSync(new URL('cases/strangers.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Case);
const JSON_TYPE = { 'content-type': 'application/json' };

function expectStranger(answer: RawAnswer): void {
  expect(faultsOfRefusal(answer)).toEqual([]);
  expect(answer.status).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer realm="token-connect-gateway"');
  expect(answer.bytes.length).toBeLessThan(300);
  const { data, errors } = bodyOf(answer);
  expect(data).toBeUndefined();
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
}

describe.each(['off', 'on'])('without a token, with EXPLORER=%s,', (explorer) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: explorer });
  });
  afterAll(() => gateway.close());
  const post = (query: unknown) => send(gateway.url, { headers: JSON_TYPE, body: JSON.stringify({ query }) });
  const get = (query: string) => {
    const path = `/graphql?${new URLSearchParams({ query })}`;
    return send(gateway.url, { method: 'GET', path, headers: { 'apollo-require-preflight': '1' } });
  };

  it.each(CASES.map(({ name, query }) => [name, query] as const))('is refused: %s', async (_name, query) => {
    expectStranger(await post(query));
    if (typeof query === 'string' && query !== '') expectStranger(await get(query));
  });

  it.each([
    ['more tokens than a document may have', `{__schema{types{${'name '.repeat(2000)}}}}`],
    ['more characters than any introspection', `{__typename}#${'x'.repeat(40_000)}`],
  ])('is refused for %s', async (_name, query) => {
    expectStranger(await post(query));
  });

  it(explorer === 'on' ? 'is answered when it introspects' : 'is refused when it introspects', async () => {
    for (const query of [getIntrospectionQuery(), '{__typename}', '{__type(name:"Push"){name}}']) {
      for (const answer of [await post(query), await get(query)]) {
        if (explorer === 'off') expectStranger(answer);
        else expect([answer.status, bodyOf(answer).errors]).toEqual([200, undefined]);
      }
    }
  });
});

describe('without a token, and without an explorer,', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
  });
  afterAll(() => gateway.close());

  it('is answered before the body has come', async () => {
    const { host } = new URL(gateway.url);
    const head = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 40000\r\n\r\n{`;
    expect(await sendBytes(gateway.url, head, { patience: 100 })).toMatch(
      /^HTTP\/1\.1 401 .*"UNAUTHENTICATED"/s,
    );
  });

  it.each([
    ['JSON that is none', JSON_TYPE, '{'],
    ['no JSON', { 'content-type': 'text/plain' }, 'x'],
    ['an Accept that nothing fits', { ...JSON_TYPE, accept: 'text/csv' }, '{}'],
    ['a body that is too large', JSON_TYPE, 'x'.repeat(60_000)],
  ])('hears of the token first: %s', async (_name, headers, body) => {
    expectStranger(await send(gateway.url, { headers, body }));
  });

  it('costs no more with a dear document than with none', async () => {
    const dear = JSON.stringify({ query: `{${'fundingAccounts{id} '.repeat(150)}}` });
    const run = async (body: string) => {
      const cpuMs = cpuTimer();
      for (let index = 0; index < 100; index++) await send(gateway.url, { headers: JSON_TYPE, body });
      return cpuMs();
    };
    await run(dear);
    await run('{}');
    const [cheap, costly] = [await run('{}'), await run(dear)];
    expect(costly).toBeLessThan(2 * cheap + within(20));
  });
});
