/** Requests of fourteen kinds that ask for too much or in a wrong way: each is refused, shortly and at once. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery, type IntrospectionOptions } from 'graphql';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { blameTimer, within } from '../../support/measurements.js';
import { rowsOf } from '../../support/models.js';
import { bodyOf, faultsOfRefusal, type RawAnswer, type RawRequest, send } from '../../support/raw-http.js';
import { LARK } from '../../support/requestors.js';
import { CLASSES, JSON_TYPE } from './attack-corpus.js';

const LIMIT_MS = 100;
const TRIES = 4;

const CORPUS = Object.entries(CLASSES).flatMap(([kind, attacks]) =>
  attacks.map((attack) => [kind, attack.name, attack] as const),
);

it('holds at least 80 attacks of 14 kinds', () => {
  expect(Object.keys(CLASSES).length).toBeGreaterThanOrEqual(14);
  expect(CORPUS.length).toBeGreaterThanOrEqual(80);
});

describe.each(['off', 'on'])('with EXPLORER=%s', (explorer) => {
  let gateway: TestGateway;
  let token: string;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: explorer });
    token = await gateway.token('susan');
    await ask({ headers: JSON_TYPE, body: JSON.stringify({ query: '{tokenRequestors{id}}' }) });
  });
  afterAll(async () => {
    await gateway.close();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  const ask = (attack: RawRequest): Promise<RawAnswer> =>
    send(gateway.url, { ...attack, headers: { authorization: `Bearer ${token}`, ...attack.headers } });

  const refused = CORPUS.filter(([, , attack]) => explorer === 'off' || attack.allowedByExplorer !== true);

  it.each(refused)('refuses %s: %s', async (_kind, _name, attack) => {
    let fastest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES && fastest > within(LIMIT_MS); attempt++) {
      const answer = await ask(attack);
      fastest = Math.min(fastest, answer.milliseconds);
      expect(faultsOfRefusal(answer)).toEqual([]);
      expect(answer.text).not.toContain('Did you mean');
      for (const { message } of bodyOf(answer).errors ?? []) expect(message.length).toBeLessThan(300);
    }
    expect(fastest).toBeLessThanOrEqual(within(LIMIT_MS));
  });

  it('answers health probes all the while', async () => {
    const waits: number[] = [];
    let going = true;
    const probes = (async () => {
      while (going) {
        const waitedMs = blameTimer();
        await send(gateway.url, { method: 'GET', path: '/livez' });
        waits.push(waitedMs());
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const some = rowsOf(refused);
    for (let first = 0; first < some.length; first += 10) {
      await Promise.all(some.slice(first, first + 10).map(([, , attack]) => ask(attack)));
    }
    going = false;
    await probes;
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length * 0.99)]).toBeLessThanOrEqual(within(200));
  });

  it.each(['toString', 'hasOwnProperty', 'constructor', 'valueOf', 'then'])(
    'takes no harm from a member named %s',
    async (name) => {
      const query = 'query ($then: String, $valueOf: String) { __typename }';
      const body = JSON.stringify({
        query,
        [name]: 1,
        variables: { [name]: 'x' },
        extensions: { [name]: 1 },
      });
      const answer = await ask({ headers: JSON_TYPE, body });
      expect(answer.status).toBeLessThan(500);
      expect(bodyOf(answer)).toBeDefined();
    },
  );

  it('runs every document of operations.graphql out of the one file that holds them all', async () => {
    const query = readFileSync(new URL('../../../src/client/operations.graphql', import.meta.url), 'utf8');
    const input = {
      idempotencyKey: `corpus-${explorer}`,
      tokenRequestorId: LARK,
      fundingAccountIds: ['card-1'],
    };
    const operations: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
      ['TokenRequestors', {}],
      ['TokenRequestor', { id: LARK }],
      ['Asset', { id: '0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001' }],
      ['FundingAccounts', {}],
      ['PushCard', { input }],
      ['Push', { id: 'none' }],
    ];
    for (const [operationName, variables] of operations) {
      const answer = await ask({
        headers: JSON_TYPE,
        body: JSON.stringify({ query, operationName, variables }),
      });
      expect([operationName, answer.status, bodyOf(answer).errors]).toEqual([operationName, 200, undefined]);
    }
  });
});

describe('the introspection that tools send', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  const switches: readonly (keyof IntrospectionOptions)[] = [
    'descriptions',
    'specifiedByUrl',
    'directiveIsRepeatable',
    'schemaDescription',
    'inputValueDeprecation',
    'oneOf',
  ];
  const all = Object.fromEntries(switches.map((name) => [name, true]));
  const none = Object.fromEntries(switches.map((name) => [name, false]));

  it.each([
    ['by default', {}],
    ['with every option', all],
    ['with none', none],
    ...switches.map((name) => [`with ${name} alone`, { ...none, [name]: true }] as const),
  ])('is answered where the explorer is on, token or not: %s', async (_name, options) => {
    const body = JSON.stringify({
      query: getIntrospectionQuery(options),
      operationName: 'IntrospectionQuery',
    });
    const answer = await send(gateway.url, { headers: JSON_TYPE, body });
    expect(bodyOf(answer).errors).toBeUndefined();
    expect(bodyOf(answer).data.__schema.types.length).toBeGreaterThan(20);
  });
});
