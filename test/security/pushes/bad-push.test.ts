/** Every push that cannot be: refused in a typed way, with words that say what to do, and never sent to MDES. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { codes, type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import {
  CACTUS,
  COPPER_FOX,
  KEYSTONE,
  LARK,
  MARBLE,
  NIMBUS,
  NO_REQUESTOR,
  PEBBLE,
  TIDAL,
} from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const PAN = '5204740000000012';

const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push { id status accounts { fundingAccountId pushAccountReceipt } }
    ... on PushRefusal { code message retryable reasonCode fundingAccountIds }
  }
}`;
type Input = Readonly<Record<string, unknown>>;

describe('a push that cannot be', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    gateway = await startTestGateway({
      EXPLORER: 'off',
      CALLBACK_ALLOWLIST: 'https://www.bank.example/cards/,moonbank://,http://127.0.0.1:3000',
    });
    simulator = new SimulatorControl(gateway.simulatorUrl);
  });
  beforeEach(() => simulator.reset());
  afterAll(() => gateway.close());

  const defaults = (): Input => ({
    idempotencyKey: randomUUID(),
    tokenRequestorId: LARK,
    fundingAccountIds: ['card-1'],
  });

  async function push(input: Input, accountHolder = 'susan'): Promise<GraphQLAnswer> {
    const token = await gateway.token(accountHolder);
    return gateway.graphql(PUSH, { input: { ...defaults(), ...input } }, { token });
  }
  const sends = async () => (await simulator.calls()).pushMultipleAccounts;

  async function expectRefused(answer: GraphQLAnswer, code: string): Promise<void> {
    expect(answer.errors).toBeUndefined();
    expect(answer.data.pushCard).toMatchObject({
      __typename: 'PushRefusal',
      code,
      retryable: false,
      reasonCode: null,
    });
    expect(answer.data.pushCard.message.length).toBeLessThan(300);
    expect(answer.text).not.toContain(PAN);
    expect(await sends()).toBe(0);
  }
  async function expectError(answer: GraphQLAnswer, code: string, message = /./): Promise<void> {
    expect(answer.status).toBeLessThan(500);
    expect(codes(answer)).toEqual([code]);
    expect(answer.data?.pushCard ?? null).toBeNull();
    expect(answer.errors?.[0]?.message).toMatch(message);
    expect(answer.errors?.[0]?.message.length).toBeLessThan(300);
    expect(answer.text.length).toBeLessThan(1000);
    expect(answer.text).not.toContain(PAN);
    expect(await sends()).toBe(0);
  }

  const REFUSED: readonly (readonly [string, string, Input, ('susan' | 'amir')?])[] = [
    ['FUNDING_ACCOUNT_NOT_FOUND', 'an unknown account', { fundingAccountIds: ['card-99'] }],
    ['FUNDING_ACCOUNT_NOT_FOUND', "somebody else's account", { fundingAccountIds: ['card-11'] }],
    [
      'FUNDING_ACCOUNT_NOT_FOUND',
      "somebody else's among one's own",
      { fundingAccountIds: ['card-1', 'card-11'] },
    ],
    ['FUNDING_ACCOUNT_NOT_FOUND', 'a card number for a reference', { fundingAccountIds: [PAN] }],
    ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference in another case', { fundingAccountIds: ['CARD-1'] }],
    ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference with a blank', { fundingAccountIds: ['card-1 '] }],
    ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference with a NUL', { fundingAccountIds: ['card-1\u0000'] }],
    ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference with a path', { fundingAccountIds: ['../susan/card-1'] }],
    ['FUNDING_ACCOUNT_NOT_FOUND', 'the prototype', { fundingAccountIds: ['__proto__'] }],
    ['FUNDING_ACCOUNT_NOT_FOUND', 'a reference of 40 kB', { fundingAccountIds: ['c'.repeat(40_000)] }],
    [
      'FUNDING_ACCOUNT_NOT_FOUND',
      'an unknown account at an unknown requestor',
      { fundingAccountIds: ['card-99'], tokenRequestorId: '1' },
    ],
    ['FUNDING_ACCOUNT_NOT_ACTIVE', 'a suspended card', { fundingAccountIds: ['card-17'] }, 'amir'],
    ['FUNDING_ACCOUNT_NOT_ACTIVE', 'a closed card', { fundingAccountIds: ['card-18'] }, 'amir'],
    [
      'FUNDING_ACCOUNT_NOT_ACTIVE',
      'a closed card beside a good one',
      { fundingAccountIds: ['card-11', 'card-18'] },
      'amir',
    ],
    ['FUNDING_ACCOUNT_EXPIRED', 'an expired card', { fundingAccountIds: ['card-19'] }, 'amir'],
    ['TOKEN_REQUESTOR_NOT_FOUND', 'an unknown requestor', { tokenRequestorId: NO_REQUESTOR }],
    ['TOKEN_REQUESTOR_NOT_FOUND', 'a requestor of letters', { tokenRequestorId: 'lark-wallet' }],
    ['TOKEN_REQUESTOR_NOT_FOUND', 'a requestor of nothing', { tokenRequestorId: '' }],
    ['TOKEN_REQUESTOR_NOT_FOUND', 'a requestor of 40 kB', { tokenRequestorId: '5'.repeat(40_000) }],
    ['TOKEN_REQUESTOR_NOT_FOUND', 'a card number for a requestor', { tokenRequestorId: PAN }],
    ['ACCOUNT_RANGE_NOT_ENABLED', "a requestor of another issuer's cards", { tokenRequestorId: CACTUS }],
    [
      'MULTIPLE_ACCOUNTS_NOT_SUPPORTED',
      'two cards where one is taken',
      { tokenRequestorId: COPPER_FOX, fundingAccountIds: ['card-1', 'card-2'] },
    ],
    [
      'MULTIPLE_ACCOUNTS_NOT_SUPPORTED',
      'two cards where the holder is authenticated',
      { tokenRequestorId: MARBLE, fundingAccountIds: ['card-1', 'card-2'] },
    ],
    [
      'TOO_MANY_ACCOUNTS',
      'six accounts',
      { fundingAccountIds: ['card-1', 'card-2', 'card-3', 'account-1', 'a', 'b'] },
    ],
    [
      'TOO_MANY_ACCOUNTS',
      'a hundred accounts',
      { fundingAccountIds: Array.from({ length: 100 }, (_, n) => `c${n}`) },
    ],
    [
      'DIGITIZATION_DATA_NOT_SUPPORTED',
      'digitization data',
      { tokenRequestorId: NIMBUS, requestIssuerInitiatedDigitizationData: true },
    ],
    [
      'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
      'a holder item where none is taken',
      { tokenRequestorId: TIDAL, accountHolderData: ['NAME'] },
    ],
    [
      'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
      'one holder item too many',
      { tokenRequestorId: PEBBLE, accountHolderData: ['NAME', 'EMAIL_ADDRESS', 'ADDRESS'] },
    ],
    [
      'ACCOUNT_HOLDER_DATA_MISSING',
      'a holder item that the bank has not',
      { fundingAccountIds: ['card-20'], accountHolderData: ['EMAIL_ADDRESS'] },
      'amir',
    ],
    [
      'PLATFORM_NOT_SUPPORTED',
      'the web where there are only apps',
      { tokenRequestorId: TIDAL, platform: 'WEB' },
    ],
    ['PLATFORM_NOT_SUPPORTED', 'a URL where there is no push method', { tokenRequestorId: KEYSTONE }],
    ...[
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'vbscript:x',
      'intent://x#Intent;scheme=moonbank;end',
      'https://evil.example/cards/',
      'https://www.bank.example.evil.example/cards/',
      'https://www.bank.example@evil.example/cards/',
      'https://evil.example/https://www.bank.example/cards/',
      'https://user@www.bank.example/cards/x',
      'https://user:secret@www.bank.example/cards/x',
      'http://www.bank.example/cards/x',
      'https://www.bank.example:8443/cards/x',
      'https://www.bank.example/other',
      'https://www.bank.example/cards',
      'https://www.bank.example/cards/../other',
      'https://www.bank.example/cards/%2e%2e/other',
      'https://www.bank.example/cards/..%2fother',
      'https://www.bank.example/cards/%5c..%5cother',
      'https://www.bank.example\\@evil.example/cards/',
      'https://www.bank.example/cards/\\..\\other',
      'https://www.bank.example/cards/x#fragment',
      'https://www.bank.example/cards/x\r\nLocation: https://evil.example',
      'https://www.bank.example/cards/\u0000',
      'https://www.bаnk.example/cards/',
      'https://www.bank.example./cards/',
      'http://127.0.0.1:3001/',
      'http://localhost:3000/',
      'http://2130706433:3001/',
      '//www.bank.example/cards/',
      '/cards/',
      'www.bank.example/cards/',
      ' https://www.bank.example/cards/',
      '',
      'x',
      `https://www.bank.example/cards/${'x'.repeat(257 - 31)}`,
      `https://www.bank.example/cards/${'x'.repeat(30_000)}`,
      'otherbank://back',
      'moonbankx://back',
    ].map(
      (callbackUrl) =>
        [
          'CALLBACK_URL_NOT_ALLOWED',
          `the callback ${JSON.stringify(callbackUrl).slice(0, 60)}`,
          { callbackUrl },
        ] as const,
    ),
  ];

  it.each(REFUSED)('is refused with %s: %s', async (code, _name, input, accountHolder = 'susan') => {
    const answer = await push(input, accountHolder);
    await expectRefused(answer, code);
    expect(answer.text.length).toBeLessThan(1000);
  });

  const key = /^idempotencyKey takes 1 to 255/;
  const ids = /fundingAccountIds/;
  const validity =
    /whole minutes from 5 to 15|At pushAccountReceiptsValidityPeriod: A value is not a valid Int/;
  const locale = /^locale takes a language and a country/;
  const WRONG: readonly (readonly [string, Input, RegExp])[] = [
    ['no key', { idempotencyKey: undefined }, /"idempotencyKey" of required type "String!" was not provided/],
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
    ['no accounts', { fundingAccountIds: undefined }, ids],
    ['an empty list', { fundingAccountIds: [] }, ids],
    ['a list with null', { fundingAccountIds: [null] }, ids],
    ['a list of objects', { fundingAccountIds: [{ id: PAN }] }, ids],
    ['the same account twice', { fundingAccountIds: ['card-1', 'card-1'] }, /names an account twice/],
    ['101 accounts', { fundingAccountIds: Array.from({ length: 101 }, (_, n) => `c${n}`) }, ids],
    ['no requestor', { tokenRequestorId: undefined }, /"tokenRequestorId" of required type "ID!"/],
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
      'en',
      'en-US',
      'EN_us',
      'en_us',
      'en_USA',
      'eng_US',
      'en_US ',
      ' en_US',
      'en_US\r\nX-Evil: 1',
      '',
      'en_US&callbackURL=x',
      'e\u0301n_US',
      'x'.repeat(10_000),
    ].map((text) => [`the locale ${JSON.stringify(text).slice(0, 30)}`, { locale: text }, locale] as const),
    ['a locale of a list', { locale: ['en_US', 'de_DE'] }, /At locale: /],
    ['an unknown platform', { platform: 'WINDOWS_PHONE' }, /At platform: A value is not a valid Platform/],
    ['a platform in lower case', { platform: 'web' }, /At platform: A value is not a valid Platform/],
    [
      'an unknown holder item',
      { accountHolderData: ['NAME', 'DATE_OF_BIRTH'] },
      /At accountHolderData\[1\]: A value is not a valid AccountHolderDataItem/,
    ],
    ['a callback of a list', { callbackUrl: ['https://www.bank.example/cards/'] }, /At callbackUrl: /],
    ['an unknown member', { pan: PAN }, /"PushCardInput" has no such field/],
    [
      'a truth value of text',
      { requestIssuerInitiatedDigitizationData: 'true' },
      /At requestIssuerInitiatedDigitizationData: A value is not a valid Boolean/,
    ],
  ];

  it.each(WRONG)('is BAD_USER_INPUT: %s', async (_name, input, message) => {
    await expectError(await push(input), 'BAD_USER_INPUT', message);
  });

  it("says the same of an unknown account as of somebody else's, byte for byte but for its id", async () => {
    const text = async (id: string) => (await push({ fundingAccountIds: [id] })).text.replaceAll(id, 'ID');
    expect(await text('card-11')).toBe(await text('card-99'));
    expect(await text('account-11')).toBe(await text('card-99'));
  });

  it.each([
    PAN,
    '5204 7400 0000 0012',
    '5204/7400/0000/0012',
    '5204_7400_0000_0012',
    '５２０４７４００００００００１２',
    '٥٢٠٤٧٤٠٠٠٠٠٠٠٠١٢',
    '5204\u00a07400\u00a00000\u00a00012',
    '5204·7400·0000·0012',
    '5204,7400,0000,0012',
    'c5204740000000012',
    'x'.repeat(65),
  ])('does not repeat what may be a card number: %s', async (id) => {
    const answer = await push({ fundingAccountIds: [id] });
    await expectRefused(answer, 'FUNDING_ACCOUNT_NOT_FOUND');
    expect(answer.data.pushCard.fundingAccountIds).toEqual([]);
    expect(answer.text).not.toContain(id);
  });

  it('is refused for every option that a requestor does not take, one by one', async () => {
    const { data } = await gateway.graphql(`{ fundingAccounts { id tokenRequestors { id } } tokenRequestors {
      id supportedPushMethods supportsMultiplePushedCards supportedAccountHolderData
      supportsCardHolderAuthentication supportsIssuerInitiatedDigitizationData } }`);
    const takes = (id: string, account: { tokenRequestors: { id: string }[] }) =>
      account.tokenRequestors.some((one) => one.id === id);
    let tried = 0;
    for (const requestor of data.tokenRequestors) {
      const accounts: string[] = data.fundingAccounts
        .filter((one: { tokenRequestors: { id: string }[] }) => takes(requestor.id, one))
        .map(({ id }: { id: string }) => id);
      const [first = ''] = accounts;
      const methods: string[] = requestor.supportedPushMethods;
      const items = ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'].filter(
        (item) => !requestor.supportedAccountHolderData.includes(item),
      );
      const cases: [string, Input][] = items.map((item) => [
        'ACCOUNT_HOLDER_DATA_NOT_SUPPORTED',
        { accountHolderData: [item] },
      ]);
      if (!requestor.supportsIssuerInitiatedDigitizationData)
        cases.push(['DIGITIZATION_DATA_NOT_SUPPORTED', { requestIssuerInitiatedDigitizationData: true }]);
      if (
        accounts.length > 1 &&
        (!requestor.supportsMultiplePushedCards || requestor.supportsCardHolderAuthentication)
      )
        cases.push(['MULTIPLE_ACCOUNTS_NOT_SUPPORTED', { fundingAccountIds: accounts.slice(0, 2) }]);
      if (methods.length === 0) cases.push(['PLATFORM_NOT_SUPPORTED', {}]);
      if (methods.length > 0 && !methods.includes('WEB')) {
        for (const platform of ['ANDROID', 'IOS', 'WEB'].filter((one) => !methods.includes(one)))
          cases.push(['PLATFORM_NOT_SUPPORTED', { platform }]);
      }
      for (const [code, input] of cases) {
        const answer = await push({ tokenRequestorId: requestor.id, fundingAccountIds: [first], ...input });
        expect([requestor.id, input, answer.data.pushCard.code]).toEqual([requestor.id, input, code]);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(50);
    expect(await sends()).toBe(0);
  });

  describe('under a key', () => {
    it('is KEY_REUSED for any other input, and the first stays as it is', async () => {
      const input = { ...defaults(), callbackUrl: 'https://www.bank.example/cards/back' };
      const first = await push(input);
      const others: Input[] = [
        { fundingAccountIds: ['card-2'] },
        { fundingAccountIds: ['card-1', 'card-2'] },
        { fundingAccountIds: [PAN] },
        { tokenRequestorId: PEBBLE },
        { requestIssuerInitiatedDigitizationData: true },
        { callbackUrl: 'https://www.bank.example/cards/other' },
        { callbackUrl: null },
        { locale: 'de_DE' },
        { platform: 'WEB' },
        { accountHolderData: ['NAME'] },
        { pushAccountReceiptsValidityPeriod: 5 },
      ];
      for (const other of others) expect(codes(await push({ ...input, ...other }))).toEqual(['KEY_REUSED']);
      expect((await push(input)).data).toEqual(first.data);
      expect(await sends()).toBe(1);
    });

    it('is the same push for twenty taps at once, and is sent once', async () => {
      const input = defaults();
      const answers = await Promise.all(Array.from({ length: 20 }, () => push(input)));
      expect(new Set(answers.map(({ data }) => data.pushCard.id)).size).toBe(1);
      expect((await push(input)).data.pushCard.status).toBe('READY');
      expect(await sends()).toBe(1);
    });

    it("of another account holder is nothing: same key and accounts are FUNDING_ACCOUNT_NOT_FOUND, same key alone is a push of one's own", async () => {
      const input = defaults();
      const { data } = await push(input);
      await simulator.reset();
      await expectRefused(await push(input, 'amir'), 'FUNDING_ACCOUNT_NOT_FOUND');
      const own = await push({ ...input, fundingAccountIds: ['card-11'] }, 'amir');
      expect(own.data.pushCard).toMatchObject({
        status: 'READY',
        accounts: [{ fundingAccountId: 'card-11' }],
      });
      expect(own.data.pushCard.id).not.toBe(data.pushCard.id);
      expect((await push(input)).data).toEqual(data);
    });

    it('stays free after a refusal and after an error', async () => {
      const input = defaults();
      await push({ ...input, fundingAccountIds: ['card-99'] });
      await push({ ...input, locale: 'x' });
      expect((await push(input)).data.pushCard.status).toBe('READY');
      expect(await sends()).toBe(1);
    });
  });

  const field = (account: string, alias = '') =>
    `${alias}pushCard(input: { idempotencyKey: "${randomUUID()}", tokenRequestorId: "${LARK}", fundingAccountIds: ["${account}"] }) { __typename }`;

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
    const token = await gateway.token('susan');
    const answer = await fetch(`${gateway.url}/graphql`, {
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
    const token = await gateway.token('susan');
    const batch = ['card-1', 'card-2'].map((account) => ({ query: `mutation { ${field(account)} }` }));
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(batch),
    });
    expect(answer.status).toBe(400);
    expect(await sends()).toBe(0);
  });

  it.each([
    'https://www.bank.example/cards/',
    'https://www.bank.example/cards/back?session=1&x=%26',
    'HTTPS://WWW.BANK.EXAMPLE/cards/back',
    'moonbank://back',
    'http://127.0.0.1:3000/back',
    `https://www.bank.example/cards/${'x'.repeat(256 - 31)}`,
  ])('is not this one: the callback %s goes out', async (callbackUrl) => {
    expect((await push({ callbackUrl })).data.pushCard.status).toBe('READY');
    expect(await sends()).toBe(1);
  });
});
