/** A document of a thousand bytes that stands for a million fields is refused without being unfolded. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { bodyOf, faultsOfRefusal, type RawAnswer, send } from '../../support/raw-http.js';

const LIMIT_MS = 50;
/** A measurement that something else on the machine spoiled is taken again. */
const TRIES = 5;

/** Each level spreads the next one twice. */
function laughs(levels: number, spread: (name: string) => string = (name) => `...${name}`): string {
  const fragments = Array.from({ length: levels }, (_, level) => {
    const next = spread(`f${level + 1}`);
    return `fragment f${level} on Query{${next} ${next}}`;
  });
  return `{...f0} ${fragments.join(' ')} fragment f${levels} on Query{__typename}`;
}

/** Each level has two fields of the same name, so that a naive rule compares every pair of what is below. */
function overlapping(levels: number, breadth: number, core: string): string {
  let selection = core;
  for (let level = 0; level < levels; level++) selection = `fundingAccounts{${selection}} `.repeat(breadth);
  return `{${selection}}`;
}

const fieldsByFragment = (levels: number) =>
  `{...a0} ${Array.from(
    { length: levels },
    (_, level) => `fragment a${level} on Query{tokenRequestors{id} ...a${level + 1} ...a${level + 1}}`,
  ).join(' ')} fragment a${levels} on Query{tokenRequestors{name}}`;

const DOCUMENTS: readonly (readonly [string, string])[] = [
  ['20 levels', laughs(20)],
  ['25 levels', laughs(25)],
  ['40 levels', laughs(40)],
  ['80 levels, more than a number can count', laughs(80)],
  ['25 levels through inline fragments', laughs(25, (name) => `...on Query{...${name}}`)],
  ['25 levels through inline fragments without a type', laughs(25, (name) => `...{...{...${name}}}`)],
  ['25 levels with a field at each', fieldsByFragment(25)],
  ['25 levels, spread in the fields of a list', `${laughs(25)} fragment x on Query{fundingAccounts{...y}}`],
  ['a cycle of one', '{...a} fragment a on Query{...a}'],
  ['a cycle of two', '{...a} fragment a on Query{...b ...b} fragment b on Query{...a ...a}'],
  [
    'a cycle that grows',
    '{...a} fragment a on Query{...b ...b b:__typename} fragment b on Query{...a ...c} fragment c on Query{...b ...a}',
  ],
  [
    'a cycle through a field',
    '{...a} fragment a on Query{tokenRequestors{logo{...b}}} fragment b on Asset{id ...b}',
  ],
  ['a cycle that nobody uses', '{__typename} fragment a on Query{...a}'],
  [
    'a cycle of 60',
    `{...c0} ${Array.from({ length: 60 }, (_, n) => `fragment c${n} on Query{...c${(n + 1) % 60} ...c${(n + 7) % 60}}`).join(' ')}`,
  ],
  ['overlapping fields, 7 levels of 2', overlapping(7, 2, 'id')],
  ['overlapping fields, 3 levels of 6', overlapping(3, 6, 'id')],
  ['one field 900 times', `{${'__typename '.repeat(900)}}`],
  [
    'fragments that are compared with one another',
    `{${Array.from({ length: 100 }, (_, n) => `...p${n}`).join(' ')}} ${Array.from({ length: 100 }, (_, n) => `fragment p${n} on Query{x:__typename}`).join(' ')}`,
  ],
];

describe.each(['on', 'off'])('a document that unfolds itself, with EXPLORER=%s,', (explorer) => {
  let gateway: TestGateway;
  let token: string;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: explorer });
    token = await gateway.token('susan');
    // What is measured is the work, not the compiler that sees the code for the first time.
    for (const [, query] of DOCUMENTS) await ask(query);
  });
  afterAll(() => gateway.close());

  function ask(query: string): Promise<RawAnswer> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return send(gateway.url, { headers, body: JSON.stringify({ query }) });
  }

  it.each(DOCUMENTS)(`is refused within ${LIMIT_MS} ms of CPU: %s`, async (_name, query) => {
    let cheapest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES && cheapest > within(LIMIT_MS); attempt++) {
      const cpuMs = cpuTimer();
      const answer = await ask(query);
      cheapest = Math.min(cheapest, cpuMs());
      expect(faultsOfRefusal(answer)).toEqual([]);
      expect(answer.status).toBe(400);
      expect(bodyOf(answer).data).toBeUndefined();
      expect(answer.bytes.length).toBeLessThan(600);
    }
    expect(cheapest).toBeLessThanOrEqual(within(LIMIT_MS));
  });

  it('is answered when it only nests: 300 inline fragments in one another', async () => {
    let cheapest = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < TRIES && cheapest > 100; attempt++) {
      const cpuMs = cpuTimer();
      const answer = await ask(`{${'...{'.repeat(300)}__typename${'}'.repeat(300)}}`);
      cheapest = Math.min(cheapest, cpuMs());
      expect(bodyOf(answer)).toEqual({ data: { __typename: 'Query' } });
    }
    expect(cheapest).toBeLessThan(within(100));
  });
});
