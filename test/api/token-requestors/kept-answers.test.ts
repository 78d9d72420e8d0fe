/** Public answers are kept: the same bytes and headers without Apollo, and not one of them after what they are made of has changed. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { type OwnCardStore, startOwnCardStore } from '../../support/issuer/own-card-store.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { type CatalogueMdes, manyRanges, startCatalogueMdes } from '../../support/mdes/catalogue-mdes.js';
import { json } from '../../support/mdes/fake-mdes.js';
import { type RawAnswer, send } from '../../support/raw-http.js';
import { eventually } from '../../support/shared-cache.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';
import { languages } from './picker.js';

const HOUR = 3_600_000;
const RANGES = manyRanges(3).split(',');
const [ONE = '', TWO = '', THREE = ''] = RANGES;
const LIST =
  'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id consumerFacingEntityName enabledAccountRanges logo { svgUrl } } }';
const PICKER = '{ tokenRequestors { id consumerFacingEntityName enabledAccountRanges } }';
const TOGETHER = 'query ($a: [ID!]) { tokenRequestors(fundingAccountIds: $a) { id enabledAccountRanges } }';

let simulator: RunningSimulator;
let mdes: CatalogueMdes;
let store: OwnCardStore;
let issuer: TokenIssuer;
let gateway: TestGateway;
let now = Date.now();

beforeAll(async () => {
  // For its keys alone.
  simulator = await startTestSimulator();
  mdes = await startCatalogueMdes({ '50100000001': 'Lark', '50100000002': 'Ärger', '50100000003': 'Zebra' });
  store = await startOwnCardStore([]);
  issuer = await startTokenIssuer();
  gateway = await startTestGateway(
    {
      ...simulatorEnvironment(simulator),
      ...store.environment,
      ...issuer.environment,
      MDES_BASE_URL: mdes.fake.baseUrl,
      MDES_ACCOUNT_RANGES: RANGES.join(','),
      LEDGER_URL: 'memory:',
      EXPLORER: 'on',
    },
    { clock: { now: () => now } },
  );
  // What a request costs is judged by how many requestors there are.
  await ask(LIST, { r: RANGES });
});
beforeEach(() => {
  store.accounts = [
    ...[ONE, TWO].map((range) => card('susan', range)),
    ...[TWO, ONE].map((range) => card('amir', range)),
    ...[ONE, TWO].map((range) => card('maria', range)),
  ];
  store.takeAsked();
});
afterAll(async () => {
  await gateway.close();
  await Promise.all([mdes.close(), store.close(), issuer.close(), simulator.close()]);
});

const card = (accountHolder: string, range: string) => ({
  id: `${accountHolder}-${range.slice(-1)}`,
  accountHolder,
  range,
  accountNumber: `${range}${'0'.repeat(7)}`,
});
/** Of the answers so far to requests of GraphQL, whether they had been kept. */
const kept = (): boolean[] =>
  gateway.logs.flatMap((line) => {
    const entry: { msg: string; route: string; kept: boolean } = JSON.parse(line);
    return entry.msg === 'request' && entry.route === '/graphql' ? [entry.kept] : [];
  });
async function ask(
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  { sub = 'susan', headers = {} }: { sub?: string; headers?: Readonly<Record<string, string>> } = {},
) {
  const before = kept().length;
  const answer = await gateway.graphql(query, variables, { token: await issuer.token(sub), headers });
  await eventually(() => kept().length > before, 5000);
  return { ...answer, kept: kept().at(-1) };
}
async function raw(asked: Parameters<typeof send>[1]): Promise<RawAnswer & { kept: boolean | undefined }> {
  const before = kept().length;
  const authorization = `Bearer ${await issuer.token('susan')}`;
  const answer = await send(gateway.url, { ...asked, headers: { authorization, ...asked.headers } });
  await eventually(() => kept().length > before, 5000);
  return { ...answer, kept: kept().at(-1) };
}

describe('the same request', () => {
  const body = JSON.stringify({ query: `${LIST} # same`, variables: { r: [ONE] } });
  const type = { 'content-type': 'application/json' };
  it.each<[string, Parameters<typeof send>[1]]>([
    ['by POST', { headers: type, body }],
    ['of any type', { headers: { ...type, accept: '*/*' }, body }],
    ['for a GraphQL answer', { headers: { ...type, accept: 'application/graphql-response+json' }, body }],
    ['from another origin', { headers: { ...type, origin: 'https://studio.apollographql.com' }, body }],
    ['from a strange origin', { headers: { ...type, origin: 'https://evil.example' }, body }],
    [
      'by GET',
      {
        method: 'GET',
        path: `/graphql?query=${encodeURIComponent('{ tokenRequestors(accountRanges: []) { id } }')}`,
      },
    ],
  ])('%s has the same headers and bytes', async (name, asked) => {
    const own = { ...asked, headers: { ...asked.headers, 'x-apollo-operation-name': name } };
    const [first, second] = [await raw(own), await raw(own)];
    expect([first.kept, second.kept, second.status]).toEqual([false, true, 200]);
    expect(second.bytes.equals(first.bytes)).toBe(true);
    const { 'x-trace-id': traceId, date: _, ...headers } = first.headers;
    const { 'x-trace-id': otherId, date: __, ...others } = second.headers;
    expect(Object.entries(others)).toEqual(Object.entries(headers));
    expect(otherId).toMatch(/^[0-9a-f]{32}$/);
    expect(otherId).not.toBe(traceId);
  });

  it('is another one in another language, form or spelling', async () => {
    const all = { r: RANGES };
    const names = async (accepted: string) => {
      const { data } = await ask(LIST, all, languages(accepted));
      return data.tokenRequestors.map(
        (one: { consumerFacingEntityName: string }) => one.consumerFacingEntityName,
      );
    };
    for (const _ of [1, 2]) {
      expect(await names('de')).toEqual(['Ärger', 'Lark', 'Zebra']);
      expect(await names('sv')).toEqual(['Lark', 'Zebra', 'Ärger']);
    }
    expect((await ask(LIST, all, languages('sv'))).kept).toBe(true);
    expect((await ask(LIST, { r: [...RANGES].reverse() }, languages('sv'))).kept).toBe(false);
    const accept = { accept: 'application/graphql-response+json', 'accept-language': 'sv' };
    const other = await ask(LIST, all, { headers: accept });
    expect([other.kept, other.headers.get('content-type')]).toEqual([
      false,
      'application/graphql-response+json; charset=utf-8',
    ]);
  });
});

describe('the bytes of a public answer', () => {
  const ALL =
    'id name consumerFacingEntityName type walletId imageAssetId enabledAccountRanges supportedPushMethods supportsMultiplePushedCards supportedAccountHolderData supportsCardHolderAuthentication supportsIssuerInitiatedDigitizationData logo { id svgUrl pngUrl }';
  const body = JSON.stringify({ query: `{ tokenRequestors(accountRanges: ["${ONE}"]) { ${ALL} } }` });
  const post = (more: Readonly<Record<string, string>> = {}) =>
    raw({ headers: { 'content-type': 'application/json', ...more }, body });
  const get = (query: string, more: Readonly<Record<string, string>> = {}) =>
    raw({ method: 'GET', path: `/graphql?query=${encodeURIComponent(query)}`, headers: more });
  const LONG = `{ all: tokenRequestors(accountRanges: ["${ONE}"]) { ${ALL} } }`;

  it('come in the coding that the client takes, the first time and from then on', async () => {
    const plain = await post();
    expect([plain.headers['content-encoding'], plain.headers.vary]).toEqual([
      undefined,
      expect.stringContaining('accept-encoding'),
    ]);
    for (const [coding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      for (const _ of [1, 2]) {
        const packed = await post({ 'accept-encoding': coding });
        expect(packed.headers['content-encoding']).toBe(coding);
        expect(unpack(packed.bytes).toString()).toBe(plain.bytes.toString());
        expect(packed.headers['content-length']).toBe(String(packed.bytes.length));
      }
    }
  });

  it('are not packed where anything of the account holder is in them', async () => {
    const query =
      '{ fundingAccounts { id label lastFour status tokenRequestors { id name type consumerFacingEntityName } } }';
    const answer = await raw({
      headers: { 'content-type': 'application/json', 'accept-encoding': 'br, gzip' },
      body: JSON.stringify({ query: `${query} # ${'x'.repeat(2000)}` }),
    });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(JSON.parse(answer.bytes.toString()).data.fundingAccounts).not.toHaveLength(0);
    const byGet = await get(query);
    expect([byGet.headers['cache-control'], byGet.headers.etag]).toEqual(['no-store', undefined]);
  });

  it('have a name by GET, and are not sent again to who has them', async () => {
    const first = await get(LONG);
    const { etag = '' } = first.headers;
    expect([first.status, first.headers['cache-control'], first.kept]).toEqual([
      200,
      'private, no-cache',
      false,
    ]);
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(LONG, { 'if-none-match': known });
      expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, etag]);
    }
    expect((await get(LONG, { 'if-none-match': '"other"' })).status).toBe(200);
    const packed = await get(LONG, { 'accept-encoding': 'br', 'if-none-match': etag });
    expect([packed.status, packed.headers.etag]).toEqual([200, `${etag.slice(0, -1)}-br"`]);
    expect((await post({ 'if-none-match': '*' })).status).toBe(200);
    expect((await post()).headers).not.toHaveProperty('etag');
  });

  it('are not taken for known by who may not have them', async () => {
    const { etag = '' } = (await get(LONG)).headers;
    const path = `/graphql?query=${encodeURIComponent(LONG)}`;
    const stranger = await send(gateway.url, { method: 'GET', path, headers: { 'if-none-match': etag } });
    expect(stranger.status).toBe(401);
  });
});

describe('a picker', () => {
  it('is kept by the ranges of the holder, in their order, and the card store is asked each time', async () => {
    const own = (sub: string) => ask(PICKER, {}, { sub });
    const susan = await own('susan');
    expect(susan.data.tokenRequestors[0].enabledAccountRanges).toEqual(RANGES.map(padded));
    const maria = await own('maria');
    expect([susan.kept, maria.kept, maria.text]).toEqual([false, true, susan.text]);
    const amir = await own('amir');
    expect(amir.data).toEqual(susan.data);
    expect(amir.kept).toBe(false);
    expect(store.takeAsked()).toEqual({ list: 3, data: 0 });

    store.accounts = store.accounts.filter(({ id }) => id !== card('susan', TWO).id);
    const fewer = await own('susan');
    expect([fewer.kept, fewer.data]).toEqual([false, susan.data]);
    store.accounts = [];
    expect((await own('susan')).data.tokenRequestors).toEqual([]);
    store.answerNext('list', (response) => response.writeHead(500).end());
    store.takeAsked();
    expect(codes(await own('susan'))).toEqual(['CARD_STORE_UNAVAILABLE']);
    expect(store.takeAsked()).toEqual({ list: 1, data: 0 });
    expect((await own('maria')).data.tokenRequestors).toEqual([]);
  });

  it('of named cards is judged anew for each holder', async () => {
    const a = [card('susan', ONE).id];
    const first = await ask(TOGETHER, { a });
    expect([(await ask(TOGETHER, { a })).kept, first.errors]).toEqual([true, undefined]);
    const stranger = await ask(TOGETHER, { a }, { sub: 'maria' });
    expect([codes(stranger), stranger.kept]).toEqual([['BAD_USER_INPUT'], false]);
    // The same ids, other cards.
    store.accounts = [
      { ...card('susan', ONE), range: THREE },
      { ...card('susan', TWO), range: THREE },
    ];
    const moved = await ask(TOGETHER, { a });
    expect([moved.kept, moved.data]).toEqual([false, first.data]);
  });

  it('whose account lies elsewhere is told in the log each time', async () => {
    store.accounts = [card('susan', ONE), { ...card('susan', TWO), range: '539999999' }];
    const told = () => gateway.logs.filter((line) => line.includes('lies outside')).length;
    const before = told();
    for (const times of [1, 2]) {
      expect((await ask(PICKER)).kept).toBe(false);
      expect(told() - before).toBe(times);
    }
  });
});

describe('what a picker looks at beside the list', () => {
  const LOGO = '{ asset(id: "logo-of-001") { id svgUrl pngUrl mediaContents { type width data } } }';
  const ONE_OF_THEM =
    '{ tokenRequestor(id: "50100000001") { name enabledAccountRanges logo { mediaContents { type } } } }';
  const AGE = '{ catalogue { asOf stale nextRefreshAt tokenRequestorCount } }';

  it.each([
    ['a logo', LOGO],
    ['one by its id', ONE_OF_THEM],
    ['one that is not there', '{ tokenRequestor(id: "50100000009") { id } }'],
    ['how old the catalogue is', AGE],
    ['all of these', `query { ${[LOGO, ONE_OF_THEM, AGE].map((text) => text.slice(1, -1)).join(' ')} }`],
  ])('is kept for everybody: %s', async (_name, query) => {
    // The logo's forms are learnt with it.
    await ask(query);
    const first = await ask(query);
    expect(first.errors).toBeUndefined();
    for (const sub of ['susan', 'maria']) {
      const again = await ask(query, {}, { sub });
      expect([again.kept, again.text]).toEqual([true, first.text]);
    }
  });

  it('is asked anew while it may be there the next time', async () => {
    expect((await ask('{ asset(id: "nobody-knows") { id } }')).data).toEqual({ asset: null });
    expect((await ask('{ asset(id: "nobody-knows") { id } }')).kept).toBe(false);
  });

  it('says the same whoever asks first, as bytes that are held once', async () => {
    const [first, other] = [await ask(LOGO), await ask(`${LOGO} # once more`)];
    expect([first.kept, other.kept, other.text]).toEqual([true, false, first.text]);
  });
});

describe('no answer is kept', () => {
  it.each([
    '{ fundingAccounts { id } }',
    '{ tokenRequestors { id } fundingAccounts { id } }',
    '{ catalogue { stale } fundingAccounts { id } }',
    '{ tokenRequestor(id: "50100000001") { id } push(id: "1") { id } }',
    '{ asset(id: "logo-of-001") { id } fundingAccounts { id } }',
    '{ __schema { queryType { name } } }',
    'mutation { __typename }',
    '{ tokenRequestors(accountRanges: ["999999999"]) { id } }',
    '{ tokenRequestors { nothing } }',
    '{ tokenRequestors { id ',
  ])('of %s', async (query) => {
    const [first, second] = [await ask(query), await ask(query)];
    expect([first.kept, second.kept]).toEqual([false, false]);
    expect([second.status, codes(second)]).toEqual([first.status, codes(first)]);
  });

  it('of a body that is no request', async () => {
    for (const body of ['"text"', '[]', '1', 'null', '{', '', '{"__proto__":1,"query":"{__typename}"}']) {
      const asked = { headers: { 'content-type': 'application/json' }, body };
      const [first, second] = [await raw(asked), await raw(asked)];
      expect([body, first.status, first.kept, second.kept]).toEqual([body, 400, false, false]);
      expect(second.status).toBe(400);
    }
  });

  it('nor given to a stranger', async () => {
    expect((await ask('{ __typename }')).errors).toBeUndefined();
    expect((await ask('{ __typename }')).kept).toBe(true);
    const stranger = await gateway.graphql('{ __typename }', {}, { token: null });
    expect(stranger.data).toEqual({ __typename: 'Query' });
    expect((await gateway.graphql(PICKER, {}, { token: null })).status).toBe(401);
  });
});

describe('once the catalogue has changed', () => {
  const name = async () => (await ask(LIST, { r: [ONE] })).data.tokenRequestors.map(nameOf);
  const nameOf = (one: { consumerFacingEntityName: string }) => one.consumerFacingEntityName;
  const BESIDE = '{ tokenRequestor(id: "50100000001") { consumerFacingEntityName } catalogue { stale } }';

  it('what was kept is not given any more, and being old has it refreshed', async () => {
    await ask(LIST, { r: [ONE] });
    expect((await ask(LIST, { r: [ONE] })).kept).toBe(true);
    const path = `/graphql?query=${encodeURIComponent(`{ tokenRequestors(accountRanges: ["${ONE}"]) { name consumerFacingEntityName } }`)}`;
    const { etag = '' } = (await raw({ method: 'GET', path })).headers;
    expect((await raw({ method: 'GET', path, headers: { 'if-none-match': etag } })).status).toBe(304);
    await ask(BESIDE);
    expect(await ask(BESIDE)).toMatchObject({ kept: true, data: { catalogue: { stale: false } } });
    mdes.names.set('50100000001', 'Nightingale');
    mdes.delayMs = 200;
    now += 13 * HOUR;
    const old = await ask(LIST, { r: [ONE] });
    expect([old.kept, old.text.includes('Lark')]).toEqual([true, true]);
    expect(await ask(BESIDE)).toMatchObject({ kept: false, data: { catalogue: { stale: true } } });
    mdes.delayMs = 0;
    const refreshed = () => gateway.logs.some((line) => line.includes('"to":"Nightingale"'));
    await eventually(refreshed, 5000);
    const renewed = await ask(BESIDE);
    expect([renewed.kept, renewed.data.tokenRequestor, renewed.data.catalogue]).toEqual([
      false,
      { consumerFacingEntityName: 'Nightingale' },
      { stale: false },
    ]);
    expect(await name()).toContain('Nightingale');
    const { headers, status } = await raw({ method: 'GET', path, headers: { 'if-none-match': etag } });
    expect([status, headers.etag === etag]).toEqual([200, false]);
    expect((await ask(LIST, { r: [ONE] })).kept).toBe(true);
  });

  it('and past its hard age nothing is', async () => {
    await name();
    mdes.trouble = json(500, {});
    now += 40 * 24 * HOUR;
    const answer = await ask(LIST, { r: [ONE] });
    expect([codes(answer), answer.kept]).toEqual([['UPSTREAM_UNAVAILABLE'], false]);
    mdes.trouble = undefined;
  });
});

function padded(range: string): string {
  return range.padEnd(19, '0');
}
