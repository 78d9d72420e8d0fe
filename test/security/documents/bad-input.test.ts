/** Wrong input to the queries: a short error with a stable code that says what to mend, and nobody behind is asked. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { codes, type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const NOTHING = { getEligibleTokenRequestors: 0, getAsset: 0, pushMultipleAccounts: 0 };
const RANGES = 'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id } }';
const FORM = 'An account range is a string of 9 to 19 digits, for example "5412346789".';

describe('wrong input', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  beforeEach(() => simulator.reset());
  afterAll(() => gateway.close());

  function expectShort(answer: GraphQLAnswer): void {
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.text.length).toBeLessThan(1000);
    expect(answer.errors).toHaveLength(1);
    for (const { message, extensions } of answer.errors ?? []) {
      expect(message.length).toBeLessThan(300);
      expect(extensions.traceId).toBe(answer.headers.get('x-trace-id'));
    }
  }

  it.each([
    ['8 digits', '52047400'],
    ['20 digits', '52047400000000000000'],
    ['letters', '5204740000000000abc'],
    ['nothing', ''],
    ['blanks around it', ' 520474000 '],
    ['dashes', '5204-7400-0000'],
    ['a line feed at the end', '520474000\n'],
    ['digits of another script', '٥٢٠٤٧٤٠٠٠'],
    ['a sign', '+520474000'],
    ['an exponent', '5204740e10'],
    ['a hex number', '0x520474000'],
    ['45 kB', '5'.repeat(45_000)],
    ['a number', 520474000],
    ['a number larger than a double', 5204740000000000000],
    ['a truth value', true],
    ['an object', { toString: '520474000' }],
    ['a list in the list', ['520474000']],
    ['null', null],
  ])('is refused as an account range: %s', async (_name, range) => {
    const answer = await gateway.graphql(RANGES, { r: [range] });
    expectShort(answer);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.status).toBe(400);
    if (range !== null) expect(answer.errors?.[0]?.message).toBe(FORM);
    expect(await simulator.calls()).toEqual(NOTHING);
  });

  it.each([
    '"52047400"',
    '"52047400000000000000"',
    '"52x474000"',
    '520474000',
    'true',
    'X',
    '{a:1}',
    '["52047400"]',
  ])('is refused as an account range in the document: %s', async (literal) => {
    const answer = await gateway.graphql(`{ tokenRequestors(accountRanges: [${literal}]) { id } }`);
    expectShort(answer);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.message).toBe(FORM);
    expect(await simulator.calls()).toEqual(NOTHING);
  });

  it.each([
    ['101 ranges', Array(101).fill('520474000'), /at most 100/],
    [
      '101 ranges, all different',
      Array.from({ length: 101 }, (_, n) => String(520474000 + n)),
      /at most 100/,
    ],
    ["a range that is not the issuer's", ['999999999'], /accountRanges\[0\]/],
    ['one among others', ['520474000', '541333900', '520474001'], /accountRanges\[2\]/],
    ['a card number', ['5204740000000012'], /accountRanges\[0\]/],
    ['zeros', ['0000000000000000000'], /accountRanges\[0\]/],
  ])('is refused with a word on what to mend: %s', async (_name, r, message) => {
    const answer = await gateway.graphql(RANGES, { r });
    expectShort(answer);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.data).toEqual({ tokenRequestors: null });
    expect(answer.errors?.[0]?.message).toMatch(message);
    expect(await simulator.calls()).toEqual(NOTHING);
  });

  it('is no reason to refuse the rest of a document', async () => {
    const { data, errors } = await gateway.graphql(
      '{ bad: tokenRequestors(accountRanges: ["999999999"]) { id } none: tokenRequestors(accountRanges: []) { id } good: tokenRequestors(accountRanges: ["520474000"]) { id } }',
    );
    expect([data.bad, data.none]).toEqual([null, []]);
    expect(data.good.length).toBeGreaterThan(10);
    expect(errors?.map(({ path }) => path)).toEqual([['bad']]);
  });

  it('[] gives [], as a variable and in the document', async () => {
    expect((await gateway.graphql(RANGES, { r: [] })).data).toEqual({ tokenRequestors: [] });
    expect((await gateway.graphql('{tokenRequestors(accountRanges:[]){id}}')).data).toEqual({
      tokenRequestors: [],
    });
    expect(await simulator.calls()).toEqual(NOTHING);
  });

  it('100 ranges are not too many', async () => {
    const { data, errors } = await gateway.graphql(RANGES, { r: Array(100).fill('520474000') });
    expect(errors).toBeUndefined();
    expect(data.tokenRequestors.length).toBeGreaterThan(10);
  });

  it.each([
    '',
    ' ',
    '0',
    '../x',
    '5013000000',
    '501300000011',
    '٥٠١٣٠٠٠٠٠٠١',
    'x'.repeat(10_000),
    '__proto__',
    '5204740000000012',
    '50130000001\n',
  ])('is nothing that exists under the id %j', async (id) => {
    const { data, errors, text } = await gateway.graphql(
      'query ($id: ID!) { tokenRequestor(id: $id) { id } asset(id: $id) { id } push(id: $id) { id } }',
      { id },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ tokenRequestor: null, asset: null, push: null });
    expect(text.length).toBeLessThan(100);
  });

  it.each([
    ['an unknown field', '{ fundingAccounts { number } }', {}, /^A field that is asked for is not there/],
    ['an unknown root field', '{ cards { id } }', {}, /^A field that is asked for is not there/],
    [
      'a field without its selection',
      '{ fundingAccounts }',
      {},
      /^A field must have a selection of subfields/,
    ],
    ['a missing argument', '{ asset { id } }', {}, /^A field needs an argument/],
    [
      'a missing variable',
      'query ($id: ID!) { asset(id: $id) { id } }',
      {},
      /variable of required type "ID!"/,
    ],
    [
      'a variable of another type',
      'query ($id: ID!) { asset(id: $id) { id } }',
      { id: { a: 1 } },
      /not a valid ID/,
    ],
    ['no GraphQL at all', 'SELECT * FROM cards', {}, /not valid GraphQL/],
    ['a brace too few', '{ fundingAccounts { id }', {}, /not valid GraphQL/],
  ])('is told apart: %s', async (_name, query, variables, message) => {
    const answer = await gateway.graphql(query, variables);
    expectShort(answer);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.message).toMatch(message);
  });
});
