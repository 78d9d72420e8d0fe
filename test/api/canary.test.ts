/** Card numbers and other secrets, let loose on every way through the gateway, are found nowhere behind it. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REFUSALS } from '../../src/push/refusals/refusal.js';
import type { RunningSimulator } from '../../src/simulator/simulator.js';
import { type Canary, CanaryScanner, type Find, formsOf, withLuhnDigit } from '../support/canary.js';
import { type EdgeProxy, startEdgeProxy } from '../support/edge-proxy.js';
import {
  detailed,
  listed,
  type OwnAccount,
  type OwnCardStore,
  startOwnCardStore,
} from '../support/issuer/own-card-store.js';
import { startTokenIssuer, type TokenIssuer } from '../support/issuer/token-issuer.js';
import { type GatewayProcess, killAll, runGateway } from '../support/processes.js';
import { RedisServer } from '../support/redis-server.js';
import {
  ALWAYS_BROKEN,
  ALWAYS_CLOSED,
  ALWAYS_CRACKED,
  ALWAYS_LOCKED,
  ALWAYS_TOO_BUSY,
  CACTUS,
  COPPER_FOX,
  LARK,
  NEVER_SAYS_SO,
  NIMBUS,
  TAKES_NOBODY,
  TAKES_THE_FIRST,
  TIDAL,
} from '../support/requestors.js';
import { SimulatorControl } from '../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../support/simulator/start-simulator.js';

const PAN_16 = withLuhnDigit('520474009182736');
const PAN_19 = withLuhnDigit('677179800091827364');
/** The log's last net lets it pass: what keeps it out must be the types. */
const PAN_BEYOND_THE_NET = '5413339004918273';
const PAN_OF_AMIR = withLuhnDigit('549999006473829');
const ACCOUNT = 'GB77CNRY49182736450192';
const NUMBERS = [PAN_16, PAN_19, PAN_BEYOND_THE_NET];

const CANARIES: readonly Canary[] = [
  { name: 'PAN of 16 digits', value: PAN_16 },
  { name: 'PAN of 19 digits', value: PAN_19 },
  { name: 'PAN that fails the Luhn check', value: PAN_BEYOND_THE_NET },
  { name: "PAN of amir's issuer", value: PAN_OF_AMIR },
  { name: 'financial account id', value: ACCOUNT },
];
const HOLDER: readonly Canary[] = [
  { name: 'name of the holder', value: 'CANARIA ZQUIRREL' },
  { name: 'address of the holder', value: '77 Zquirrel Canary Road' },
  { name: 'mail address of the holder', value: 'zquirrel@canary.example' },
  { name: 'phone number of the holder', value: '770090018273645' },
];
const holder = {
  accountHolderName: HOLDER[0]?.value,
  accountHolderAddress: { line1: HOLDER[1]?.value, city: 'Lowmere', country: 'GBR' },
  accountHolderEmailAddress: HOLDER[2]?.value,
  accountHolderMobilePhoneNumber: { countryDialInCode: '44', phoneNumber: HOLDER[3]?.value },
};
const own = { accountHolder: 'holder', holder } as const;
const bank = { range: '539728000', interbankCardAssociationId: '10231' };
const CARD: OwnAccount = { ...own, id: 'c16', range: '52047400', accountNumber: PAN_16 };

/** One account holder for all; what a range needs to be asked for anew stands in a range of its own. */
const ACCOUNTS: readonly OwnAccount[] = [
  CARD,
  { ...own, id: 'c19', range: '6771798000', accountNumber: PAN_19 },
  { ...own, id: 'c-net', range: '541333900', accountNumber: PAN_BEYOND_THE_NET },
  { ...own, ...bank, id: 'a1', financialAccountId: ACCOUNT },
  { ...own, id: 'amir', range: '54999900', accountNumber: PAN_OF_AMIR },
  { ...CARD, id: 'suspended', status: 'SUSPENDED' },
  { ...CARD, id: 'expired', expiryYear: '24' },
  { ...CARD, id: 'no-mail', holder: { accountHolderName: HOLDER[0]?.value } },
  { ...CARD, id: 'beyond', range: '530000000' },
  ...['5105105', '5555555', '555556100200', '541333901', '222300', '2223011', '22230200', '675964'].map(
    (range, index): OwnAccount => ({ ...CARD, id: `fresh-${index}`, range }),
  ),
];

const PUSH = `mutation PushCard($input: PushCardInput!) {
  pushCard(input: $input) {
    __typename
    ... on Push {
      id status expiresAt tokenRequestor { id } handOffs { platform url }
      accounts {
        fundingAccountId lastFour pushAccountReceipt issuerInitiatedDigitizationData
        refusal { code message reasonCode fundingAccountIds }
      }
    }
    ... on PushRefusal { code message reasonCode fundingAccountIds }
  }
}`;
const LIST = '{ fundingAccounts { id label lastFour artUrl accountRange tokenRequestors { id } } }';

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
type Json = any;

let simulator: RunningSimulator;
let upstream: SimulatorControl;
let edge: EdgeProxy;
let redis: RedisServer;
let issuer: TokenIssuer;
let cardStore: OwnCardStore;
let gateway: GatewayProcess;
let token: string;
let consumerKey: string;

/** Takes its 8 seconds beside all the others. */
let hanging: Promise<Json>;

/** Everything that has come out of the gateway over HTTP. */
const answers: { readonly what: string; readonly text: string }[] = [];
const receipts: Canary[] = [];

beforeAll(async () => {
  edge = await startEdgeProxy();
  simulator = await startTestSimulator({ publicUrl: edge.publicUrl });
  edge.target = simulator.url;
  upstream = new SimulatorControl(simulator.url);
  [redis, issuer, cardStore] = await Promise.all([
    RedisServer.start({ args: ['--rdbcompression', 'no'] }),
    startTokenIssuer(),
    startOwnCardStore(ACCOUNTS),
  ]);
  const environment = {
    ...simulatorEnvironment(simulator),
    ...issuer.environment,
    ...cardStore.environment,
    CACHE_URL: redis.url,
    CALLBACK_ALLOWLIST: 'https://bank.example/app/',
    CATALOGUE_WARM: 'off',
    EXPLORER: 'on',
    LOG_LEVEL: 'trace',
  };
  consumerKey = simulator.mdes.consumerKey;
  gateway = await runGateway(environment);
  token = await issuer.token('holder');
});
afterAll(async () => {
  await killAll();
  await Promise.all([cardStore.close(), issuer.close(), redis.stop(), edge.close(), simulator.close()]);
});

/** Sends anything, and keeps all of what came back. */
async function send(
  what: string,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; json: Json }> {
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
  const answer = await fetch(gateway.url + path, { ...init, headers, redirect: 'manual' });
  const text = await answer.text();
  const head = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  answers.push({ what, text: `${answer.status} ${answer.statusText}\n${head}\n\n${text}` });
  try {
    return { status: answer.status, json: JSON.parse(text) };
  } catch {
    return { status: answer.status, json: null };
  }
}

function post(what: string, body: unknown, headers: Record<string, string> = {}) {
  return send(what, '/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function push(what: string, input: Readonly<Record<string, unknown>>): Promise<Json> {
  const fixed = { idempotencyKey: randomUUID(), tokenRequestorId: LARK, fundingAccountIds: ['c16'] };
  const { json } = await post(what, { query: PUSH, variables: { input: { ...fixed, ...input } } });
  for (const account of json.data?.pushCard?.accounts ?? []) {
    if (account.pushAccountReceipt === null) continue;
    receipts.push({ name: 'a receipt', value: account.pushAccountReceipt });
  }
  return json;
}

const codeOf = (json: Json): string =>
  json.errors?.[0].extensions.code ?? json.data.pushCard.code ?? json.data.pushCard.status;

/** Plain and as people write it. */
const spellings = (number: string) => [
  number,
  (number.match(/.{1,4}/g) ?? []).join(' '),
  (number.match(/.{1,4}/g) ?? []).join('-'),
];

const scanner = new CanaryScanner(CANARIES);

describe('the scanner', () => {
  it('finds a planted canary in each of its forms, and nothing where there is none', () => {
    for (const { name, value } of CANARIES) {
      for (const [form, text] of formsOf(value)) {
        const found = scanner.scan('here', `{"level":"info","msg":"before${text}after"}`);
        expect(found).toContainEqual({ canary: name, form, where: 'here' });
      }
      for (const before of ['', 'x', 'xy', 'xyz']) {
        const text = Buffer.from(`${before}${value}"}`).toString('base64');
        expect(scanner.scan('here', text).map(({ form }) => form)).toContainEqual(
          expect.stringMatching(/^base64/),
        );
      }
    }
    expect(scanner.scan('here', '{"accountRange":"5204740000000000000","lastFour":"7361"}')).toEqual([]);
  });

  it('finds one that was planted where it will look: a log, a Redis key, a Redis value and its dump, an answer', async () => {
    await redis.command('SET', `planted:${PAN_16}`, 'x');
    await redis.command('SET', 'planted', Buffer.from(`{"number":"${PAN_19}"}`).toString('base64'));
    const found = await scanRedis(scanner);
    expect(new Set(found.map(({ canary }) => canary))).toEqual(
      new Set(['PAN of 16 digits', 'PAN of 19 digits']),
    );
    expect(new Set(found.map(({ where }) => where))).toEqual(
      new Set(['a Redis key', 'the value of planted', 'the dump of Redis']),
    );
    await redis.command('FLUSHALL');
    expect(await scanRedis(scanner)).toEqual([]);
    await send('an answer with a canary', `/demo/token?sub=susan`);
    expect(scanner.scan('the log', `${gateway.output()}${PAN_16}`)).not.toEqual([]);
  });
});

describe('pushes with canaries', () => {
  it('meet every way in which MDES fails a read, from an empty cache', async () => {
    for (const [index, fault] of (
      ['500', 'malformed', 'html', 'errors', 'reset', 'hang'] as const
    ).entries()) {
      const account = { fundingAccountIds: [`fresh-${index}`] };
      // A read is repeated twice.
      await upstream.fault('getEligibleTokenRequestors', fault, 3);
      const json = await push(`read, MDES: ${fault}`, account);
      expect(codeOf(json)).toBe('UPSTREAM_UNAVAILABLE');
      await upstream.reset();
      // Until one read has gone well, the next fault might meet a breaker only.
      while (codeOf(await push(`read, MDES well after ${fault}`, account)) === 'UPSTREAM_UNAVAILABLE') {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    expect(codeOf(await push('an account beyond the ranges', { fundingAccountIds: ['beyond'] }))).toBe(
      'ACCOUNT_RANGE_NOT_ENABLED',
    );
  });

  it('go to an MDES that hangs, and meanwhile to one that works', async () => {
    await upstream.reset();
    await upstream.fault('pushMultipleAccounts', 'hang');
    hanging = push('an MDES that hangs', { fundingAccountIds: ['c16', 'c19'] });
    while ((await upstream.calls()).pushMultipleAccounts === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(codeOf(await push('beside it', {}))).toBe('READY');
  });

  it('succeed, with and without digitization data, holder data and several accounts', async () => {
    for (const id of ['c16', 'c19', 'c-net', 'a1']) {
      for (const requestIssuerInitiatedDigitizationData of [true, false]) {
        const input = { fundingAccountIds: [id], requestIssuerInitiatedDigitizationData };
        expect(codeOf(await push(`push of ${id}`, input))).toBe('READY');
      }
    }
    const all = {
      fundingAccountIds: ['c16', 'c19', 'c-net', 'a1'],
      accountHolderData: ['NAME', 'ADDRESS', 'EMAIL_ADDRESS', 'MOBILE_PHONE_NUMBER'],
      callbackUrl: 'https://bank.example/app/done',
      locale: 'en_GB',
    };
    const pushed = await push('push of all', all);
    expect(codeOf(pushed)).toBe('READY');
    await post('push by id', {
      query: `{ push(id: "${pushed.data.pushCard.id}") { id status accounts { pushAccountReceipt } } }`,
    });
    // That they did arrive: here they may be read.
    const arrived = await upstream.pushes();
    for (const { name, value } of [...CANARIES, ...HOLDER]) {
      if (name !== "PAN of amir's issuer") expect(arrived).toContain(value);
    }
    await post('list', { query: LIST });
  });

  it('meet every refusal', async () => {
    const cases: readonly [keyof typeof REFUSALS, Record<string, unknown>][] = [
      ['FUNDING_ACCOUNT_NOT_FOUND', { fundingAccountIds: ['nobody'] }],
      ['FUNDING_ACCOUNT_NOT_ACTIVE', { fundingAccountIds: ['suspended'] }],
      ['FUNDING_ACCOUNT_EXPIRED', { fundingAccountIds: ['expired'] }],
      ['TOKEN_REQUESTOR_NOT_FOUND', { tokenRequestorId: '59999999999' }],
      ['ACCOUNT_RANGE_NOT_ENABLED', { tokenRequestorId: CACTUS }],
      [
        'MULTIPLE_ACCOUNTS_NOT_SUPPORTED',
        { tokenRequestorId: COPPER_FOX, fundingAccountIds: ['c16', 'c19'] },
      ],
      ['TOO_MANY_ACCOUNTS', { fundingAccountIds: ['c16', 'c19', 'c-net', 'a1', 'amir', 'expired'] }],
      [
        'DIGITIZATION_DATA_NOT_SUPPORTED',
        { tokenRequestorId: NIMBUS, requestIssuerInitiatedDigitizationData: true },
      ],
      ['ACCOUNT_HOLDER_DATA_NOT_SUPPORTED', { tokenRequestorId: TIDAL, accountHolderData: ['NAME'] }],
      [
        'ACCOUNT_HOLDER_DATA_MISSING',
        { fundingAccountIds: ['no-mail'], accountHolderData: ['EMAIL_ADDRESS'] },
      ],
      ['PLATFORM_NOT_SUPPORTED', { tokenRequestorId: TIDAL, platform: 'WEB' }],
      ['CALLBACK_URL_NOT_ALLOWED', { callbackUrl: `https://elsewhere.example/?card=${PAN_16}` }],
      ['ACCOUNT_INELIGIBLE', { tokenRequestorId: TAKES_NOBODY, fundingAccountIds: ['amir'] }],
      ['REFUSED_BY_MDES', { tokenRequestorId: ALWAYS_LOCKED, fundingAccountIds: ['amir'] }],
      ['MDES_INTERNAL_FAILURE', { tokenRequestorId: ALWAYS_BROKEN, fundingAccountIds: ['amir'] }],
    ];
    const met = new Set<string>();
    for (const [code, input] of cases) {
      const json = await push(code, input);
      met.add(json.data.pushCard.code ?? json.data.pushCard.accounts[0].refusal.code);
      expect([...met]).toContain(code);
    }
    expect(met).toEqual(new Set(Object.keys(REFUSALS)));
  });

  it('meet every other way in which MDES fails a push', async () => {
    const amir = { fundingAccountIds: ['amir'] };
    const ends: Record<string, string> = {};
    for (const [tokenRequestorId, end] of [
      [ALWAYS_CRACKED, 'UNKNOWN'],
      [ALWAYS_CLOSED, 'UNKNOWN'],
      [ALWAYS_TOO_BUSY, 'UPSTREAM_UNAVAILABLE'],
      [TAKES_THE_FIRST, 'READY'],
      [NEVER_SAYS_SO, 'UNKNOWN'],
    ] as const) {
      expect([
        tokenRequestorId,
        codeOf(await push(`magic ${tokenRequestorId}`, { ...amir, tokenRequestorId })),
      ]).toEqual([tokenRequestorId, end]);
    }
    for (const fault of ['500', 'malformed', 'html', 'errors', 'reset', 'delay'] as const) {
      await upstream.fault('pushMultipleAccounts', fault, 1, fault === 'delay' ? 100 : 0);
      ends[fault] = codeOf(await push(`push, MDES: ${fault}`, {}));
    }
    expect(ends).toEqual({
      '500': 'UNKNOWN',
      malformed: 'UNKNOWN',
      html: 'UNKNOWN',
      errors: 'MDES_INTERNAL_FAILURE',
      reset: 'UNKNOWN',
      delay: 'READY',
    });
  });

  it('meet an MDES that repeats what it was sent', async () => {
    const error = (reasonCode: string, description: string) => ({
      errors: [{ source: 'INPUT', reasonCode, description }],
    });
    const json =
      (body: unknown, status = 200) =>
      (response: ServerResponse) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
    for (const number of [...NUMBERS.flatMap(spellings), ACCOUNT]) {
      for (const stand of [
        json(error('INVALID_FIELD_VALUE', `accountNumber ${number} is not valid`)),
        json(error(number, 'no')),
        json(
          { Errors: { Error: { Source: number, ReasonCode: number, Description: `no: ${number}` } } },
          400,
        ),
        json({ [number]: number, responseId: number, pushAccountReceipts: number }),
        json({ responseHost: number, responseId: number, errors: number }, 500),
        (response: ServerResponse) => response.end(`{"accountNumber":"${number}"`),
        (response: ServerResponse) =>
          response.writeHead(302, number, { location: `/${number}`, 'x-number': number }).end(number),
        (response: ServerResponse) => {
          response.socket?.end(`HTTP/1.1 200 OK\r\n${number} ${number}\r\n\r\n`);
        },
      ]) {
        edge.answerNextPush(stand);
        await push('an MDES that repeats', {});
      }
    }
  });

  it('meet a card store that puts numbers where none belongs', async () => {
    const list = (change: object) => ({ fundingAccounts: [{ ...listed(CARD), ...change }] });
    const data = (change: object) => ({ fundingAccounts: [{ ...detailed(CARD), ...change }] });
    for (const number of [...NUMBERS, ACCOUNT]) {
      const card = { accountNumber: number };
      const raw =
        (text: string, status = 200) =>
        (response: ServerResponse) => {
          response.writeHead(status, number, { 'x-number': number, location: `/${number}` }).end(text);
        };
      const broken = (response: ServerResponse) => {
        response.socket?.end(`HTTP/1.1 200 OK\r\n${number} ${number}\r\n\r\n`);
      };
      const lists = [
        raw(`{"fundingAccounts":[{"accountNumber":"${number}"`),
        raw(`{"fundingAccounts":"${number}"}`),
        raw(`"${number}"`),
        raw(JSON.stringify({ [number]: [] })),
        raw(`card ${number} is not known`, 500),
        raw(`moved`, 302),
        broken,
        ...[
          { id: { [number]: number } },
          { id: `/${number}` },
          { accountHolder: number },
          { kind: number },
          { status: number },
          { lastFour: number },
          { accountRange: `x${number}` },
          { artUrl: number },
          { label: [number] },
        ].map((change) => raw(JSON.stringify(list(change)))),
      ];
      for (const stand of lists) {
        cardStore.answerNext('list', stand);
        const { json } = await post('a card store that is wrong about its list', { query: LIST });
        expect(json.errors[0].extensions.code).toBe('CARD_STORE_UNAVAILABLE');
      }
      // Members that nobody asked for are nobody's fault, and go no further.
      cardStore.answerNext('list', raw(JSON.stringify(list({ accountNumber: number, [number]: number }))));
      expect((await post('a card store that tells too much', { query: LIST })).json.errors).toBeUndefined();
      const datas = [
        raw(`{"fundingAccounts":[{"accountNumber":"${number}"`),
        raw(`card ${number} is not known`, 404),
        broken,
        ...[
          { cardAccountData: number },
          { cardAccountData: { accountNumber: Number(number) } },
          { cardAccountData: { ...card, expiryMonth: number } },
          { cardAccountData: { ...card, [number]: 1, expiryYear: '39' } },
          { cardAccountData: card, financialAccountData: card },
          {
            cardAccountData: card,
            accountHolderData: { accountHolderName: `${number} `.repeat(13) },
          },
          { id: number, cardAccountData: card },
          { accountHolder: number },
        ].map((change) => raw(JSON.stringify(data(change)))),
      ];
      for (const stand of datas) {
        cardStore.answerNext('data', stand);
        expect(codeOf(await push('a card store that is wrong about data', {}))).toBe(
          'CARD_STORE_UNAVAILABLE',
        );
      }
    }
  });
});

describe('front ends that confuse card numbers with references', () => {
  it('get no number back, wherever they put it', async () => {
    for (const number of [...NUMBERS.flatMap(spellings), ACCOUNT]) {
      await push('as fundingAccountId', { fundingAccountIds: [number] });
      await push('as one of fundingAccountIds', { fundingAccountIds: ['c16', number] });
      await push('as tokenRequestorId', { tokenRequestorId: number });
      await push('as locale', { locale: number });
      await push('as callbackUrl', { callbackUrl: number });
      await push('as idempotencyKey', { idempotencyKey: number });
      await push('as idempotencyKey, again', { idempotencyKey: number, tokenRequestorId: TIDAL });
      await push('as platform', { platform: number });
      await push('as holder item', { accountHolderData: [number] });
      await push('as validity', { pushAccountReceiptsValidityPeriod: number });
      await push('as flag', { requestIssuerInitiatedDigitizationData: number });
      await push('as member', { [number]: number });
      await post('as input', { query: PUSH, variables: { input: number } });
      await post('as variables', { query: PUSH, variables: number });
      await post('as extensions', { query: PUSH, extensions: number });
      await post('as a persisted query', {
        extensions: { persistedQuery: { version: 1, sha256Hash: number } },
      });
      await post('as operationName', { query: PUSH, operationName: number });
      await post('as query', { query: number });
      await post('as body', number);
      await post('in a malformed body', `{"query":"{ tokenRequestors(accountRanges: [\\"${number}`);
      await post('in a batch', [{ query: number }]);
      await post('as content type', '{}', { 'content-type': `text/${number}` });
      await post('as token', { query: LIST }, { authorization: `Bearer ${number.replaceAll(' ', '')}` });
      await post('as cookie', { query: LIST }, { cookie: `card=${number}`, 'user-agent': number });
      await post('as traceparent', { query: LIST }, { traceparent: `00-${number}-${number}-01` });
      await post('as origin', { query: LIST }, { origin: `https://${number.replaceAll(' ', '')}.example` });
      const path = encodeURIComponent(number);
      for (const route of [`/${path}`, `/assets/${path}`, `/assets/${path}.svg`, `/assets/${path}.png`]) {
        await send('as path', route);
      }
      await send('in the query of a GET', `/graphql?query=${path}`);
      const preflighted = { headers: { 'apollo-require-preflight': 'yes' } };
      await send('as variables of a GET', `/graphql?query={__typename}&variables=${path}`, preflighted);
      await send(
        'as operationName of a GET',
        `/graphql?query={__typename}&operationName=${path}`,
        preflighted,
      );
      await send('as account holder', `/demo/token?sub=${path}`);
      for (const query of [
        'query ($x: ID!) { asset(id: $x) { id mediaContents { data } } }',
        'query ($x: ID!) { push(id: $x) { id } }',
        'query ($x: ID!) { tokenRequestor(id: $x) { id } }',
        'query ($x: [AccountRange!]) { tokenRequestors(accountRanges: $x) { id enabledAccountRanges } }',
        'query ($x: Boolean!) { tokenRequestors @include(if: $x) { id } }',
      ]) {
        await post('as a variable', { query, variables: { x: number } });
        await post('as a variable in a list', { query, variables: { x: [number] } });
        await post('as a variable of a number', { query, variables: { x: Number(number) } });
        await post('as a variable in an object', { query, variables: { x: { [number]: number } } });
        await post('as a literal', {
          query: query.replace(/^query \(.*?\)/, '').replace('$x', `"${number}"`),
        });
        await post('as a literal number', {
          query: query.replace(/^query \(.*?\)/, '').replace('$x', number),
        });
      }
    }
  });

  it('get no number back from a document that is none', async () => {
    for (const number of [...NUMBERS, ACCOUNT]) {
      for (const query of [
        `{ tokenRequestors(accountRanges: ["${number}) { id } }`,
        `{ tokenRequestors(accountRanges: [${number}`,
        `${number} { id }`,
        `{ c${number} }`,
        `{ tokenRequestors { c${number} } }`,
        `{ tokenRequestors(c${number}: 1) { id } }`,
        `{ tokenRequestors @c${number} { id } }`,
        `{ tokenRequestors { ...c${number} } }`,
        `query ($c${number}: Int!) { tokenRequestors { id } }`,
        `query ($x: C${number}) { tokenRequestors { id } }`,
        `query { tokenRequestors { id } } query c${number} { tokenRequestors { id } } query c${number} { push }`,
        `fragment c${number} on Query { push(id: 1) { id } } { fundingAccounts { id } }`,
        `mutation { pushCard(input: "${number}") { __typename } }`,
        `mutation { pushCard(input: { platform: C${number} }) { __typename } }`,
        `mutation { pushCard(input: { c${number}: ${number} }) { __typename } }`,
      ]) {
        const { json } = await post('in a document', { query });
        expect(json.errors.length).toBeGreaterThan(0);
      }
    }
  });

  it('leave none in the log by an alias, which the answer itself has to repeat', async () => {
    for (const number of [...NUMBERS, ACCOUNT]) {
      cardStore.answerNext('list', (response) => void response.writeHead(500).end());
      const before = answers.length;
      await post('as alias', { query: `{ c${number}: fundingAccounts { id } }` });
      answers.splice(before);
    }
  });

  it('get no number back from a request that is no HTTP', async () => {
    for (const number of NUMBERS) {
      for (const request of [
        `GET /${number}\r\n\r\n`,
        `${number} / HTTP/1.1\r\nhost: a\r\n\r\n`,
        `GET / HTTP/1.1\r\nhost: ${number}\r\nhost: ${number}\r\n\r\n`,
        `GET / HTTP/1.1\r\nhost: a\r\n${number} ${number}\r\n\r\n`,
        `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: ${number}${number}\r\n\r\n`,
        `GET /${number.repeat(1200)} HTTP/1.1\r\nhost: a\r\n\r\n`,
      ]) {
        answers.push({ what: 'no HTTP', text: await overSocket(request) });
      }
    }
  });
});

describe('after all of this', () => {
  it('the push that MDES never answered has ended, and nothing was a fault of ours', async () => {
    expect(codeOf(await hanging)).toBe('UNKNOWN');
    const ours = answers.filter(({ text }) => /^500|INTERNAL_SERVER_ERROR/.test(text));
    expect(ours.map(({ what }) => what)).toEqual([]);
  });

  it('a number is in no answer, neither body nor header', () => {
    const found = answers.flatMap(({ what, text }) => scanner.scan(what, text));
    console.info(
      `${answers.length} answers, ${answers.reduce((sum, { text }) => sum + text.length, 0)} bytes`,
    );
    expect(counted(found)).toEqual({});
  });

  it('a number or any other secret is in no Redis key or value', async () => {
    const found = await scanRedis(new CanaryScanner([...CANARIES, ...HOLDER, ...secrets()]));
    console.info(
      `${await redis.command('DBSIZE')} keys in Redis, ${secrets().length} secrets besides the numbers`,
    );
    expect(await redis.command('DBSIZE')).not.toBe(':0');
    expect(counted(found)).toEqual({});
  });

  it('a number or any other secret is in no line of stdout or stderr, up to the last', async () => {
    gateway.child.kill('SIGTERM');
    expect([await gateway.ended(), gateway.stderr()]).toEqual([0, '']);
    const lines = gateway.output().trim().split('\n');
    const parsed = gateway
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string });
    const levels = new Map<string, number>();
    for (const { level } of parsed) levels.set(level, (levels.get(level) ?? 0) + 1);
    console.info(`${lines.length} lines`, Object.fromEntries(levels));
    expect(levels.get('debug')).toBeGreaterThan(500);
    const wide = new CanaryScanner([...CANARIES, ...HOLDER, ...secrets()]);
    const found = lines.flatMap((line) => wide.scan(line.slice(0, 300), line));
    expect(counted(found)).toEqual({});
    // Nor was the log's last net ever needed.
    expect(lines.filter((line) => line.includes('[PAN]'))).toEqual([]);
  });
});

/** What callers may see, or must, and logs and Redis must not. */
function secrets(): Canary[] {
  return [
    ...receipts,
    { name: 'the access token', value: token },
    { name: "the card store's token", value: cardStore.token },
    { name: 'the consumer key', value: consumerKey },
  ];
}

async function scanRedis(scan: CanaryScanner): Promise<Find[]> {
  const keys = keysIn(await redis.command('KEYS', '*'));
  const found = keys.flatMap((key) => scan.scan('a Redis key', key));
  for (const key of keys) found.push(...scan.scan(`the value of ${key}`, await redis.command('GET', key)));
  expect(await redis.command('SAVE')).toMatch(/^(\+OK)?$/);
  return [...found, ...scan.scan('the dump of Redis', redis.dump())];
}

function keysIn(reply: string): string[] {
  return reply.split('\r\n').filter((line) => line !== '' && !/^[*$]\d+$/.test(line));
}

/** `canary, form, where` and how often: short enough to read when something is found. */
function counted(found: readonly Find[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { canary, form, where } of found) {
    const line = `${canary}, ${form}: ${where}`;
    counts[line] = (counts[line] ?? 0) + 1;
  }
  return counts;
}

function overSocket(request: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => void socket.write(request));
    socket.setTimeout(300, () => socket.destroy());
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.on('error', () => undefined).on('close', () => resolve(text));
  });
}
