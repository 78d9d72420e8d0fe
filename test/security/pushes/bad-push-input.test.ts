/** Every push that is no input, or comes with another one: refused with a short error, and never sent to MDES. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { LARK } from '../../support/requestors.js';
import { badPushes, type Input, PAN } from './bad-pushes.js';

/** In production nobody learns a name of the schema that he did not send. */
const MISSING = /A required field was not provided: compare with schema\.graphql/;
const key = /^idempotencyKey takes 1 to 255/;
const ids = /fundingAccountIds/;
const validity =
  /whole minutes from 5 to 15|At pushAccountReceiptsValidityPeriod: A value is not a valid Int/;
const locale = /^locale takes a language and a country/;
const WRONG: readonly (readonly [string, Input, RegExp])[] = [
  ['no key', { idempotencyKey: undefined }, MISSING],
  ['a key of null', { idempotencyKey: null }, /At idempotencyKey: .*String/],
  ['a key of a number', { idempotencyKey: 5204740000000012 }, /At idempotencyKey: .*String/],
  ['an empty key', { idempotencyKey: '' }, key],
  ['a key of blanks', { idempotencyKey: '   ' }, key],
  ['a key with a blank', { idempotencyKey: 'a b' }, key],
  ['a key with a line feed', { idempotencyKey: 'a\n' }, key],
  ['a key with a NUL', { idempotencyKey: 'a\u0000' }, key],
  ['a key with an umlaut', { idempotencyKey: 'schlüssel' }, key],
  ['a key of 256 characters', { idempotencyKey: 'k'.repeat(256) }, key],
  ['a key of 10 kB', { idempotencyKey: 'k'.repeat(10_000) }, key],
  ['no accounts', { fundingAccountIds: undefined }, MISSING],
  ['an empty list', { fundingAccountIds: [] }, ids],
  ['a list with null', { fundingAccountIds: [null] }, ids],
  ['a list of objects', { fundingAccountIds: [{ id: PAN }] }, ids],
  ['the same account twice', { fundingAccountIds: ['card-1', 'card-1'] }, /names an account twice/],
  ['101 accounts', { fundingAccountIds: Array.from({ length: 101 }, (_, n) => `c${n}`) }, ids],
  ['no requestor', { tokenRequestorId: undefined }, MISSING],
  [
    'a requestor of an object',
    { tokenRequestorId: { id: LARK } },
    /At tokenRequestorId: A value is not a valid ID/,
  ],
  ['4 minutes', { pushAccountReceiptsValidityPeriod: 4 }, validity],
  ['16 minutes', { pushAccountReceiptsValidityPeriod: 16 }, validity],
  ['7.5 minutes', { pushAccountReceiptsValidityPeriod: 7.5 }, validity],
  ['0 minutes', { pushAccountReceiptsValidityPeriod: 0 }, validity],
  ['minutes below nothing', { pushAccountReceiptsValidityPeriod: -5 }, validity],
  ['2 ** 31 minutes', { pushAccountReceiptsValidityPeriod: 2 ** 31 }, validity],
  ['minutes of text', { pushAccountReceiptsValidityPeriod: '10' }, validity],
  ['a card number of minutes', { pushAccountReceiptsValidityPeriod: Number(PAN) }, validity],
  ...[
    'fil',
    'xx',
    'en_USA',
    'en_US ',
    ' en_US',
    'en_US\r\nX-Evil: 1',
    '',
    'en_US&callbackURL=x',
    'e\u0301n_US',
    'x'.repeat(10_000),
  ].map((text) => [`the locale ${JSON.stringify(text).slice(0, 30)}`, { locale: text }, locale] as const),
  ['a locale of a list', { locale: ['en_US', 'de_DE'] }, /At locale: /],
  ['an unknown platform', { platform: 'WINDOWS_PHONE' }, /At platform: A value is not valid: compare/],
  ['a platform in lower case', { platform: 'web' }, /At platform: A value is not valid: compare/],
  [
    'an unknown holder item',
    { accountHolderData: ['NAME', 'DATE_OF_BIRTH'] },
    /At accountHolderData\[1\]: A value is not valid: compare/,
  ],
  ['a callback of a list', { callbackUrl: ['https://www.bank.example/cards/'] }, /At callbackUrl: /],
  ['an unknown member', { pan: PAN }, /"PushCardInput" has no such field/],
  [
    'a truth value of text',
    { requestIssuerInitiatedDigitizationData: 'true' },
    /At requestIssuerInitiatedDigitizationData: A value is not a valid Boolean/,
  ],
];

const field = (account: string, alias = '') =>
  `${alias}pushCard(input: { idempotencyKey: "${randomUUID()}", tokenRequestorId: "${LARK}", fundingAccountIds: ["${account}"] }) { __typename }`;

describe('a push that cannot be', () => {
  const { gateway, push, sends, expectError } = badPushes();

  it.each(WRONG)('is BAD_USER_INPUT: %s', async (_name, input, message) => {
    await expectError(await push(input), 'BAD_USER_INPUT', message);
  });

  it.each([
    ['by alias', () => `mutation { a: ${field('card-1')} b: ${field('card-2')} }`],
    ['by alias of one', () => `mutation { ${field('card-1')} b: ${field('card-2')} }`],
    ['the same field twice', () => `mutation { ${`${field('card-1')} `.repeat(2)} }`],
    [
      'by a fragment',
      () => `mutation { a: ${field('card-1')} ...F } fragment F on Mutation { b: ${field('card-2')} }`,
    ],
    [
      'by a fragment, spread twice',
      () => `mutation { ...F ...F } fragment F on Mutation { ${field('card-1')} }`,
    ],
    [
      'by two fragments',
      () =>
        `mutation { ...F ...G } fragment F on Mutation { a: ${field('card-1')} } fragment G on Mutation { b: ${field('card-2')} }`,
    ],
    [
      'by nested fragments',
      () =>
        `mutation { ...F } fragment F on Mutation { ...G b: ${field('card-2')} } fragment G on Mutation { a: ${field('card-1')} }`,
    ],
    [
      'by inline fragments',
      () => `mutation { ... { a: ${field('card-1')} } ... on Mutation { b: ${field('card-2')} } }`,
    ],
    ['in two operations', () => `mutation A { ${field('card-1')} } mutation B { ${field('card-2')} }`],
    [
      'one of them skipped',
      () => `mutation { a: ${field('card-1')} ... @skip(if: true) { b: ${field('card-2')} } }`,
    ],
  ])('is rejected when a document holds two: %s', async (_name, document) => {
    const token = await gateway().token('susan');
    const answer = await fetch(`${gateway().url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: document(),
        operationName: document().includes('mutation A') ? 'A' : null,
      }),
    });
    expect(answer.status).toBe(400);
    const { data, errors } = (await answer.json()) as {
      data?: unknown;
      errors: { message: string; extensions: { code: string } }[];
    };
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      {
        message: 'The document is too large: it may hold one pushCard.',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
    expect(await sends()).toBe(0);
  });

  it('is rejected when two come in one batch', async () => {
    const token = await gateway().token('susan');
    const batch = ['card-1', 'card-2'].map((account) => ({ query: `mutation { ${field(account)} }` }));
    const answer = await fetch(`${gateway().url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(batch),
    });
    expect(answer.status).toBe(400);
    expect(await sends()).toBe(0);
  });
});
