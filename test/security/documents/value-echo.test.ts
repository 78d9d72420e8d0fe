/** graphql-js repeats values in its messages: none of ours does, and they are still of use. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { LARK } from '../../support/requestors.js';

const PAN = '5204740000000012';
const ID = 'query ($id: ID!) { asset(id: $id) { id } }';
const PUSH = 'mutation ($input: PushCardInput!) { pushCard(input: $input) { __typename } }';
const good = { idempotencyKey: 'k', tokenRequestorId: LARK, fundingAccountIds: ['card-1'] };
const literal = (member: string) =>
  `mutation { pushCard(input: { idempotencyKey: "k", tokenRequestorId: "5", fundingAccountIds: ["c"], ${member} }) { __typename } }`;
const input = (members: Readonly<Record<string, unknown>>) => ({ input: { ...good, ...members } });

/** Name, document, variables, and what the message says all the same. */
const CASES: readonly (readonly [string, string, Readonly<Record<string, unknown>>, RegExp])[] = [
  [
    'a literal of the wrong type',
    literal(`pushAccountReceiptsValidityPeriod: "${PAN}"`),
    {},
    /not a valid Int/,
  ],
  [
    'a literal that is no Boolean',
    literal(`requestIssuerInitiatedDigitizationData: ${PAN}`),
    {},
    /not a valid Boolean/,
  ],
  ['an int that overflows', literal(`pushAccountReceiptsValidityPeriod: ${PAN}`), {}, /not a valid Int/],
  ['an enum literal', literal(`platform: X${PAN}`), {}, /A value is not valid/],
  ['an enum literal of text', literal(`platform: "${PAN}"`), {}, /A value is not valid/],
  ['an object for a string', literal(`locale: { pan: "${PAN}" }`), {}, /not a valid String/],
  ['a variable of the wrong type', PUSH, input({ locale: [PAN] }), /At locale: .*String/],
  [
    'a variable that overflows',
    PUSH,
    input({ pushAccountReceiptsValidityPeriod: Number(PAN) }),
    /At pushAccountReceiptsValidityPeriod: .*Int/,
  ],
  ['a variable for an enum', PUSH, input({ platform: PAN }), /At platform: A value is not valid/],
  [
    'a variable for an enum in a list',
    PUSH,
    input({ accountHolderData: ['NAME', PAN] }),
    /At accountHolderData\[1\]: A value is not valid/,
  ],
  ['a variable for the whole input', PUSH, { input: PAN }, /PushCardInput/],
  ['a variable that is not an id', ID, { id: { pan: PAN } }, /ID/],
  ['an unknown member with the value', PUSH, input({ pan: PAN }), /"PushCardInput" has no such field/],
  ['an unknown member of that name', PUSH, input({ [PAN]: 1 }), /"PushCardInput" has no such field/],
  [
    'an unknown member of a name with digits',
    PUSH,
    input({ [`n${PAN}`]: 1 }),
    /"PushCardInput" has no such field/,
  ],
  [
    'a member that is missing beside it',
    PUSH,
    { input: { idempotencyKey: PAN } },
    /A required field was not provided/,
  ],
  ['the name of a field', `{ fundingAccounts { n${PAN} } }`, {}, /A field that is asked for is not there/],
  ['the name of an argument', `{ asset(n${PAN}: 1) { id } }`, {}, /./],
  [
    'the name of a variable',
    `query ($n${PAN}: ID!) { asset(id: $n${PAN}) { id } }`,
    {},
    /variable of required type "ID!"/,
  ],
  ['a variable that is not defined', `{ asset(id: $n${PAN}) { id } }`, {}, /./],
  ['a variable that is not used', `query ($n${PAN}: ID) { __typename }`, {}, /./],
  ['the name of a type', `query ($a: N${PAN}) { asset(id: $a) { id } }`, {}, /./],
  ['the name of a fragment', `{ ...n${PAN} }`, {}, /./],
  ['the name of a directive', `{ __typename @n${PAN} }`, {}, /./],
  ['the name of an operation', `query n${PAN} { nope }`, {}, /A field that is asked for is not there/],
  ['a default value', `query ($a: Int = "${PAN}") { asset(id: "x") { id } }`, {}, /./],
  ['a syntax error', `{ asset(id: "${PAN}) { id } }`, {}, /not valid GraphQL/],
  ['a syntax error at the number', `{ asset ${PAN} }`, {}, /not valid GraphQL/],
  ['an unknown character after it', `{ ${PAN}? }`, {}, /not valid GraphQL/],
  [
    'an account range',
    'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id } }',
    { r: [`${PAN}-`] },
    /account range/,
  ],
  [
    'an account range in the document',
    `{ tokenRequestors(accountRanges: ["${PAN}-"]) { id } }`,
    {},
    /account range/,
  ],
  [
    "a range that is not the issuer's",
    `{ tokenRequestors(accountRanges: ["${PAN}"]) { id } }`,
    {},
    /accountRanges\[0\]/,
  ],
  ['a key', PUSH, input({ idempotencyKey: `${PAN} ` }), /idempotencyKey/],
  ['a locale', PUSH, input({ locale: PAN }), /locale/],
  [
    'a path that a value pretends',
    PUSH,
    input({ locale: [`" at "input[5204][7400][0000][0012]"; ${PAN}`] }),
    /At locale: .*String/,
  ],
  [
    'a message that a value pretends',
    PUSH,
    input({ locale: [`Field "${PAN}" is not defined by type "Push"`] }),
    /String/,
  ],
];

describe('an error message', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
  });
  afterAll(() => gateway.close());

  it.each(CASES)('does not hold the value, and is of use: %s', async (_name, query, variables, message) => {
    const answer = await gateway.graphql(query, variables);
    expect(answer.errors).toHaveLength(1);
    expect(codes(answer)[0]).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED)$/);
    const said = JSON.stringify(
      answer.errors?.map((error) => ({ ...error, extensions: error.extensions.code })),
    );
    expect(said.replace('5412346789', '')).not.toMatch(/\d{6}|7400\W{0,4}0000/);
    expect(answer.errors?.[0]?.message).toMatch(message);
    expect(answer.errors?.[0]?.message.length).toBeLessThan(300);
  });

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    [literal(`platform: X${PAN}`), {}, /not a valid Platform/],
    [PUSH, input({ platform: PAN }), /At platform: .*Platform/],
    [PUSH, input({ accountHolderData: ['NAME', PAN] }), /At accountHolderData\[1\]: .*AccountHolderDataItem/],
    [PUSH, { input: { idempotencyKey: PAN } }, /"tokenRequestorId" of required type "ID!"/],
    [`{ fundingAccounts { n${PAN} } }`, {}, /"FundingAccount" has no such field/],
    [`query n${PAN} { nope }`, {}, /Type "Query" has no field "nope"\.$/],
    ['{ pushs { nodes { id } } }', {}, /^Type "Query" has no field "pushs"\.$/],
    ['{ push(idd: 1) { id } }', {}, /^Field "Query.push" has no argument "idd"\.$/],
    [`{ push(n${PAN.replace(/\d{4}/g, '$&_')}: 1) { id } }`, {}, /"Query.push" has no such argument\.$/],
    ['query ($i: Int) { push(id: $i) { id } }', {}, /"\$i" of type "Int" stands where type "ID!" is expected/],
    [PUSH, input({ callbckUrl: 'x' }), /"PushCardInput" has no field "callbckUrl"\.$/],
  ])('names the schema where introspection is on, but no value: %s', async (query, variables, message) => {
    const open = await startTestGateway({ EXPLORER: 'on' });
    try {
      const { errors } = await open.graphql(query, variables);
      expect(errors?.[0]?.message).toMatch(message);
      expect(errors?.[0]?.message).not.toMatch(/\d{6}|7400\W{0,4}0000/);
    } finally {
      await open.close();
    }
  });

  it('stands alone, however much is wrong, and is not taken for a fault of ours', async () => {
    const { errors } = await gateway.graphql(PUSH, { input: { a: 1, b: 2, locale: 3, platform: 4 } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(gateway.logs.filter((line) => line.includes('internal error'))).toEqual([]);
  });

  it('was never logged either', () => {
    expect(gateway.logs.join('\n')).not.toContain(PAN);
  });

  it('takes no time, whatever the value is made of', async () => {
    const long = 40_000;
    const values = [
      '"'.repeat(long),
      ' at "'.repeat(long / 5),
      '.a'.repeat(long / 2),
      '[1]'.repeat(long / 3),
      '" at "a'.repeat(long / 7),
      'Field "'.repeat(long / 7),
      '\\'.repeat(long),
      '\n'.repeat(long),
    ];
    for (const value of values) {
      for (const variables of [
        input({ locale: [value] }),
        input({ platform: value }),
        input({ [value]: 1 }),
      ]) {
        let fastest = Number.POSITIVE_INFINITY;
        for (let attempt = 0; attempt < 5 && fastest > 60; attempt++) {
          const cpuMs = cpuTimer();
          const { status } = await gateway.graphql(PUSH, variables);
          fastest = Math.min(fastest, cpuMs());
          expect(status).toBeLessThan(500);
        }
        expect(fastest).toBeLessThan(within(60));
      }
    }
  });
});
