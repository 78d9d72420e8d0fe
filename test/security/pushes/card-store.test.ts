/** A card store that fails, lies or floods: the holder is told so in time, nothing is pushed, nobody else's account is seen. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { codes, type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import {
  answerJson,
  CARD,
  CARD_DATA,
  type CardStoreStub,
  startCardStoreStub,
} from '../../support/issuer/card-store-stub.js';
import { within } from '../../support/measurements.js';
import { LARK, NO_REQUESTOR } from '../../support/requestors.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';

const PUSH = `mutation ($input: PushCardInput!) {
  pushCard(input: $input) { __typename ... on Push { status } ... on PushRefusal { code fundingAccountIds } }
}`;
const QUERIES = [
  '{ fundingAccounts { id label } }',
  '{ tokenRequestors { id } }',
  '{ fundingAccounts { id tokenRequestors { id } } }',
];
const BY_RANGE = '{ tokenRequestors(accountRanges: ["520474000"]) { id } }';
const LIMIT_MS = 2000;
const MEGABYTE = 1024 * 1024;

const input = () => ({
  idempotencyKey: randomUUID(),
  tokenRequestorId: LARK,
  fundingAccountIds: ['card-1'],
});

function expectUnavailable(answer: GraphQLAnswer): void {
  expect(answer.status).toBe(200);
  expect(codes(answer)).toEqual(['CARD_STORE_UNAVAILABLE']);
  expect(answer.errors?.[0]?.extensions.retryAfter).toBe(5);
  expect(answer.errors?.[0]?.message).toBe(
    "The bank's card store does not answer just now. Try again shortly.",
  );
  expect(Object.values(answer.data)).toEqual([null]);
}

async function timed<T>(work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work;
  expect(performance.now() - startedAt).toBeLessThan(within(LIMIT_MS));
  return result;
}

const lost: unknown[] = [];
const remember = (error: unknown) => lost.push(error);
beforeAll(() => void process.on('unhandledRejection', remember));
afterAll(() => {
  process.off('unhandledRejection', remember);
  expect(lost).toEqual([]);
});

describe('the demo card store, when it is told to', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  const control = (route: string, body: unknown) =>
    fetch(`${gateway.gateway.embedded?.cardStore?.url}/card-store/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  beforeAll(async () => {
    gateway = await startTestGateway({ EXPLORER: 'off' });
    simulator = new SimulatorControl(gateway.simulatorUrl);
    await gateway.token('susan');
  });
  beforeEach(async () => {
    await control('reset', {});
    await simulator.reset();
  });
  afterAll(() => gateway.close());

  it.each(['500', 'hang', 'foreign-account', 'flood', 'malformed'])('%s', async (fault) => {
    expect((await control('faults', { fault, times: 1000 })).status).toBe(200);
    const [explicit, pushed, ...answers] = await timed(
      Promise.all([
        gateway.graphql(BY_RANGE),
        gateway.graphql(PUSH, { input: input() }),
        ...QUERIES.map((query) => gateway.graphql(query)),
      ]),
    );
    expect(explicit?.errors).toBeUndefined();
    expect(explicit?.data.tokenRequestors.length).toBeGreaterThan(10);
    for (const answer of [pushed, ...answers]) {
      if (answer === undefined) throw new TypeError('no answer');
      expectUnavailable(answer);
      expect(answer.text).not.toMatch(/card-\d|Desert/);
    }
    expect((await simulator.calls()).pushMultipleAccounts).toBe(0);
    await control('reset', {});
    expect((await gateway.graphql(QUERIES[0] ?? '')).data.fundingAccounts).toHaveLength(4);
  });

  it('flood, again and again: memory stays where it is', async () => {
    await control('faults', { fault: 'flood', times: 1000 });
    for (let i = 0; i < 5; i++) await gateway.graphql(QUERIES[0] ?? '');
    const before = process.memoryUsage();
    for (let i = 0; i < 20; i++) expectUnavailable(await gateway.graphql(QUERIES[0] ?? ''));
    const after = process.memoryUsage();
    expect(after.external + after.heapUsed - before.external - before.heapUsed).toBeLessThan(50 * MEGABYTE);
  });

  it('does nothing wrong: a key under which it failed can be tried again', async () => {
    const again = input();
    await control('faults', { fault: '500', times: 1 });
    expectUnavailable(await gateway.graphql(PUSH, { input: again }));
    expect((await gateway.graphql(PUSH, { input: again })).data.pushCard.status).toBe('READY');
    expect((await simulator.calls()).pushMultipleAccounts).toBe(1);
  });
});

describe('a card store that breaks its contract', () => {
  let stub: CardStoreStub;
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  beforeAll(async () => {
    stub = await startCardStoreStub();
    gateway = await startTestGateway({ EXPLORER: 'off', ...stub.environment });
    simulator = new SimulatorControl(gateway.simulatorUrl);
    await gateway.token('susan');
  });
  beforeEach(async () => {
    stub.reset();
    await simulator.reset();
  });
  afterAll(async () => {
    await gateway.close();
    stub.close();
  });

  const listing = (account: Readonly<Record<string, unknown>>) =>
    answerJson({ fundingAccounts: [{ ...CARD, ...account }] });
  const LISTS: Readonly<Record<string, CardStoreStub['list']>> = {
    "somebody else's account": listing({ accountHolder: 'amir' }),
    "somebody else's beside one's own": answerJson({
      fundingAccounts: [CARD, { ...CARD, id: 'card-2', accountHolder: 'amir' }],
    }),
    'an account without holder': listing({ accountHolder: undefined }),
    'a holder in another case': listing({ accountHolder: 'Susan' }),
    'an account twice': answerJson({ fundingAccounts: [CARD, CARD] }),
    '501 accounts': answerJson({
      fundingAccounts: Array.from({ length: 501 }, (_, n) => ({ ...CARD, id: `card-${n}` })),
    }),
    'an id with a path': listing({ id: '../card' }),
    'an id of 65 characters': listing({ id: 'c'.repeat(65) }),
    'a card number for the last four': listing({ lastFour: '5204740000000012' }),
    'a picture that is a script': listing({ artUrl: 'javascript:alert(1)' }),
    'an unknown status': listing({ status: 'STOLEN' }),
    'a range of letters': listing({ accountRange: 'visa' }),
    'a range of a number': listing({ accountRange: 520474000 }),
    'a month of 13': listing({ expiryMonth: '13', expiryYear: '38' }),
    'a year of four digits': listing({ expiryMonth: '11', expiryYear: '2038' }),
    'a month that is a number': listing({ expiryMonth: 11, expiryYear: '38' }),
    'a month without year': listing({ expiryMonth: '11' }),
    'a year without month': listing({ expiryYear: '38' }),
    'a month beside a year of null': listing({ expiryMonth: '11', expiryYear: null }),
    'a list': answerJson([CARD]),
    null: answerJson(null),
    'an empty answer': answerJson(''),
    'an object for the list': answerJson({ fundingAccounts: { 0: CARD } }),
    HTML: answerJson('<html>5204740000000012</html>'),
    '20,000 lists in one another': answerJson('['.repeat(20_000)),
    'a status of 302': (_request, response) =>
      response.writeHead(302, { location: `${gateway.simulatorUrl}/simulator/calls` }).end(),
    'a status of 204': (_request, response) => response.writeHead(204).end(),
    'a status of 404': answerJson({ fundingAccounts: [CARD] }, 404),
    'a status of 500 that never ends': (_request, response) => response.writeHead(500).write('x'),
    'a connection that breaks': (request) => request.socket.destroy(),
    'half an answer': (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"fundingAccounts":[');
      setTimeout(() => response.destroy(), 20);
    },
    'what is not HTTP': (request) => request.socket.end('5204740000000012\r\n\r\n'),
    'a bomb of gzip': (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(30_000_000, ' '))),
  };

  it.each(Object.keys(LISTS))('is not believed when it lists %s', async (name) => {
    stub.list = LISTS[name] ?? stub.list;
    expectUnavailable(await timed(gateway.graphql('{ fundingAccounts { id } }')));
    expectUnavailable(await timed(gateway.graphql(PUSH, { input: input() })));
    expect((await simulator.calls()).pushMultipleAccounts).toBe(0);
  });

  it('is not waited for when it drips', async () => {
    stub.list = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(drip));
    };
    expectUnavailable(await timed(gateway.graphql('{ fundingAccounts { id } }')));
  });

  const handing = (data: unknown) => answerJson({ fundingAccounts: [data] });
  const card = (members: Readonly<Record<string, unknown>>) =>
    handing({ ...CARD_DATA, cardAccountData: { ...CARD_DATA.cardAccountData, ...members } });
  const holder = (accountHolderData: Readonly<Record<string, unknown>>) =>
    handing({ ...CARD_DATA, accountHolderData });
  const DATA: Readonly<Record<string, CardStoreStub['data']>> = {
    "somebody else's card": handing({ ...CARD_DATA, accountHolder: 'amir' }),
    'a card that nobody asked for': handing({ ...CARD_DATA, id: 'card-2' }),
    'a card twice': answerJson({ fundingAccounts: [CARD_DATA, CARD_DATA] }),
    'one card more': answerJson({ fundingAccounts: [CARD_DATA, { ...CARD_DATA, id: 'card-2' }] }),
    'a card without number': card({ accountNumber: undefined }),
    'a number of 8 digits': card({ accountNumber: '52047400' }),
    'a number of 20 digits': card({ accountNumber: '52047400000000000000' }),
    'a number with blanks': card({ accountNumber: '5204 7400 0000 0012' }),
    'a number that is none': card({ accountNumber: 5204740000000012 }),
    'a month of 13': card({ expiryMonth: '13' }),
    'a year of four digits': card({ expiryYear: '2038' }),
    'a month without year': card({ expiryYear: undefined }),
    'an account for a card': handing({
      id: 'card-1',
      accountHolder: 'susan',
      financialAccountData: {
        financialAccountId: 'GB00MOON00000040051234',
        interbankCardAssociationId: '10231',
        countryCode: 'GBR',
      },
    }),
    'card and account': handing({
      ...CARD_DATA,
      financialAccountData: {
        financialAccountId: 'GB00MOON00000040051234',
        interbankCardAssociationId: '10231',
        countryCode: 'GBR',
      },
    }),
    neither: handing({ id: 'card-1', accountHolder: 'susan' }),
    'a name that is none': holder({ accountHolderName: 5204740000000012 }),
    'a name of 201 characters': holder({ accountHolderName: '𠮷'.repeat(201) }),
    'an address in one line': holder({ accountHolderAddress: '12 Juniper Row, Lowmere' }),
    'a line of an address that is a list': holder({ accountHolderAddress: { line1: ['12'] } }),
    'a phone number that is one': holder({ accountHolderMobilePhoneNumber: 447700900123 }),
    'a phone number without number': holder({ accountHolderMobilePhoneNumber: { countryDialInCode: '44' } }),
    'a list of holder data': handing({ ...CARD_DATA, accountHolderData: [] }),
    'a status of 500': answerJson({ pan: '5204740000000012' }, 500),
    'a text that is cut off': answerJson('{"fundingAccounts":[{"accountNumber":"5204740000000012"'),
    'a connection that breaks': (request) => request.socket.destroy(),
    'a bomb of gzip': (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(30_000_000, ' '))),
  };

  it.each(Object.keys(DATA))('is not believed when it hands out %s', async (name) => {
    stub.data = DATA[name] ?? stub.data;
    expectUnavailable(await timed(gateway.graphql(PUSH, { input: input() })));
    expect((await simulator.calls()).pushMultipleAccounts).toBe(0);
  });

  it.each([
    null,
    {},
    { accountHolderName: '' },
    { accountHolderName: '\u0000\u0007' },
    { accountHolderName: null },
  ])(
    'has holder data that cannot be sent, %j: it counts as not there, and only when it is asked for',
    async (accountHolderData) => {
      stub.data = handing({ ...CARD_DATA, accountHolderData });
      const asked = await gateway.graphql(PUSH, { input: { ...input(), accountHolderData: ['NAME'] } });
      expect(asked.data.pushCard.code).toBe('ACCOUNT_HOLDER_DATA_MISSING');
      expect((await simulator.calls()).pushMultipleAccounts).toBe(0);
      expect((await gateway.graphql(PUSH, { input: input() })).data.pushCard.status).toBe('READY');
    },
  );

  it('has a name of 200 characters: what MDES takes of it is sent', async () => {
    const accountHolderName = '𠮷'.repeat(200);
    stub.data = handing({ ...CARD_DATA, accountHolderData: { accountHolderName } });
    const { data } = await gateway.graphql(PUSH, { input: { ...input(), accountHolderData: ['NAME'] } });
    expect(data.pushCard.status).toBe('READY');
  });

  it('leaves an account out: there is no such account', async () => {
    stub.data = answerJson({ fundingAccounts: [] });
    const { data } = await gateway.graphql(PUSH, { input: input() });
    expect(data.pushCard).toEqual({
      __typename: 'PushRefusal',
      code: 'FUNDING_ACCOUNT_NOT_FOUND',
      fundingAccountIds: ['card-1'],
    });
    expect((await simulator.calls()).pushMultipleAccounts).toBe(0);
  });

  it("is asked the same for an unknown account as for somebody else's: nothing tells them apart, not even time", async () => {
    const asked: string[][] = [];
    for (const id of ['card-99', 'card-11']) {
      stub.asked.length = 0;
      await gateway.graphql(PUSH, { input: { ...input(), fundingAccountIds: [id] } });
      asked.push([...stub.asked]);
    }
    expect(asked).toEqual([
      ['GET /v1/funding-accounts?accountHolder=susan'],
      ['GET /v1/funding-accounts?accountHolder=susan'],
    ]);
  });

  it('that tells the expiry is not asked for the number of a card that has expired', async () => {
    stub.list = listing({ expiryMonth: '01', expiryYear: '24' });
    const { data } = await gateway.graphql(PUSH, { input: input() });
    expect(data.pushCard).toEqual({
      __typename: 'PushRefusal',
      code: 'FUNDING_ACCOUNT_EXPIRED',
      fundingAccountIds: ['card-1'],
    });
    expect(stub.asked).toEqual(['GET /v1/funding-accounts?accountHolder=susan']);
  });

  it('that tells the expiry wrongly is not believed: the data of the push counts', async () => {
    stub.list = listing({ expiryMonth: '01', expiryYear: '38' });
    stub.data = card({ expiryMonth: '01', expiryYear: '24' });
    const { data } = await gateway.graphql(PUSH, { input: input() });
    expect(data.pushCard.code).toBe('FUNDING_ACCOUNT_EXPIRED');
  });

  it('is asked for card numbers only when nothing else can stop the push, and once per request for the list', async () => {
    await gateway.graphql(
      '{ a: fundingAccounts { id } b: fundingAccounts { tokenRequestors { id } } tokenRequestors { id } }',
    );
    expect(stub.asked).toEqual(['GET /v1/funding-accounts?accountHolder=susan']);
    stub.asked.length = 0;
    await gateway.graphql(PUSH, { input: { ...input(), tokenRequestorId: NO_REQUESTOR } });
    expect(stub.asked).toEqual(['GET /v1/funding-accounts?accountHolder=susan']);
  });

  it('left no card number and no token in a log line or an answer', () => {
    expect(gateway.logs.join('\n')).not.toMatch(/5204740000000012|stub-token/);
    expect(gateway.logs.some((line) => line.includes('CARD_STORE_UNAVAILABLE'))).toBe(true);
  });
});
