/** What would cost too much is refused before anything is executed, with its figure, the limit and what to ask instead. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, print, separateOperations } from 'graphql';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type SizedIssuer, startSizedIssuer } from '../../support/issuer/sized-issuer.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { bodyOf, faultsOfRefusal, type RawAnswer, send } from '../../support/raw-http.js';

interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const CASES = read('cases/costly.jsonl')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Case);
const NOTHING = { mdes: 0, cardStore: { list: 0, data: 0 } };
const LIMIT_MS = 20;

let issuer: SizedIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await startSizedIssuer({ ranges: 40, requestors: 100, susan: 500, amir: 10 });
  gateway = await startTestGateway(issuer.environment);
  // So that the catalogue is known, and the code has been compiled.
  await ask('susan', { query: '{tokenRequestors(accountRanges:["520474000"]){id}}' });
  for (const one of CASES) await ask('susan', one);
});
beforeEach(() => void issuer.calls());
afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

async function ask(holder: string, { query, variables }: Omit<Case, 'name'>): Promise<RawAnswer> {
  const authorization = `Bearer ${await gateway.token(holder)}`;
  const headers = { 'content-type': 'application/json', authorization };
  return send(gateway.url, { headers, body: JSON.stringify({ query, variables }) });
}

describe('a document that costs too much', () => {
  it.each(CASES.map((one) => [one.name, one] as const))('is refused: %s', async (_name, one) => {
    let cheapest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3 && cheapest > LIMIT_MS; attempt++) {
      const cpuMs = cpuTimer();
      const answer = await ask('susan', one);
      cheapest = Math.min(cheapest, cpuMs());
      expect(faultsOfRefusal(answer)).toEqual([]);
      expect(answer.status).toBe(400);
      const { data, errors } = bodyOf(answer);
      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
      const [error] = errors ?? [];
      expect(error?.message).toMatch(/^This would cost \d+.*; the limit is 20000\. Ask .*\.$/);
      expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', limit: 20_000 });
    }
    expect(cheapest).toBeLessThan(within(LIMIT_MS));
    const { mdes, cardStore } = issuer.calls();
    expect([mdes, cardStore.data]).toEqual([0, 0]);
  });

  it('is answered when it asks for less in the ways that the refusal names', async () => {
    const whole = await ask('susan', { query: '{fundingAccounts{id eligibility{status}}}' });
    expect(bodyOf(whole).errors?.[0]?.message).toBe(
      'This would cost 203000 (500 accounts, 100 requestors); the limit is 20000. Ask for fewer accounts at a time, as with ' +
        'fundingAccounts(ids: …); or for those of a name, with filter: { name: … }, or eligibility(tokenRequestorIds: …).',
    );
    const some = await ask('susan', {
      query:
        '{fundingAccounts(ids:["susan-3","susan-4"]){id eligibility(filter:{name:"Requestor 7"}){status tokenRequestor{id}}}}',
    });
    const { data, errors } = bodyOf(some);
    expect(errors).toBeUndefined();
    expect(data.fundingAccounts.map(({ id }: { id: string }) => id)).toEqual(['susan-3', 'susan-4']);
    expect(data.fundingAccounts[0].eligibility).toHaveLength(11);
  });

  it('does not ask for the accounts where their number does not count', async () => {
    await ask('susan', {
      query: '{tokenRequestors(accountRanges:["520474000"]){logo{mediaContents{data}}}}',
    });
    expect(issuer.calls()).toEqual(NOTHING);
  });

  it('is not judged by variables that cannot be read: those are refused first, and nobody is asked', async () => {
    const query = 'query($ids:[ID!]){fundingAccounts(ids:$ids){eligibility{status}}}';
    const answer = await ask('susan', { query, variables: { ids: { a: 1 } } });
    expect(bodyOf(answer).errors?.map(({ message }) => message)).toEqual(['A value is not a valid ID.']);
    expect(issuer.calls()).toEqual(NOTHING);
  });

  it('may be left to a card store that is away, which is said at its field', async () => {
    issuer.failNextList();
    const answer = await gateway.graphql('{fundingAccounts{id eligibility{status}}}');
    expect(codes(answer)).toEqual(['CARD_STORE_UNAVAILABLE']);
    expect(answer.data).toEqual({ fundingAccounts: null });
  });
});

/** As the client sends it: with the fragments that it needs, and nothing else. */
function documentOf(operation: string, text: string): string {
  const document = separateOperations(parse(text))[operation];
  return document === undefined ? text : print(document);
}

describe('the documents of the typed client', () => {
  const OPERATIONS: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
    ['operations', 'TokenRequestors', {}],
    [
      'operations',
      'TokenRequestors',
      { accountRanges: Array.from({ length: 40 }, (_, n) => String(520474000 + n)) },
    ],
    ['operations', 'TokenRequestor', { id: '50100000001' }],
    ['operations', 'FundingAccounts', {}],
    ['following', 'Picker', {}],
    ['following', 'Eligibility', { accountHolderData: ['NAME'] }],
    ['following', 'AccountHolderDataPreview', { items: ['NAME'] }],
    ['following', 'Pushes', { first: 50 }],
  ];

  it.each(OPERATIONS)(
    'are answered for 10 accounts, 100 requestors and 40 ranges: %s %s',
    async (file, operationName, variables) => {
      const query = documentOf(operationName, read(`../../../src/client/${file}.graphql`));
      const authorization = `Bearer ${await gateway.token('amir')}`;
      const body = JSON.stringify({ query, operationName, variables });
      const answer = await send(gateway.url, {
        headers: { 'content-type': 'application/json', authorization },
        body,
      });
      expect(bodyOf(answer).errors).toBeUndefined();
      expect(answer.bytes.length).toBeLessThan(1_000_000);
    },
  );

  it('share one call to the card store for each five accounts, however often a field is asked for', async () => {
    const fields = ['a', 'b', 'c']
      .map((alias) => `${alias}:eligibility{status} x${alias}:tokenRequestors{id}`)
      .join(' ');
    const answer = await ask('amir', { query: `{fundingAccounts{${fields}}}` });
    expect(bodyOf(answer).errors).toBeUndefined();
    expect(issuer.calls().cardStore).toEqual({ list: 1, data: 2 });
  });
});
