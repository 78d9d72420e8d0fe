/** What a picker asks for: filters, several accounts at once, an order in the reader's language, the catalogue's age. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningSimulator } from '../../../src/simulator/simulator.js';
import { codes, type GraphQLAnswer, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { answerJson, startCardStoreStub } from '../../support/issuer/card-store-stub.js';
import { type CatalogueMdes, manyRanges, startCatalogueMdes } from '../../support/mdes/catalogue-mdes.js';
import { within } from '../../support/measurements.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';

const LIST = `query ($r: [AccountRange!], $a: [ID!], $f: TokenRequestorFilter) {
  tokenRequestors(accountRanges: $r, fundingAccountIds: $a, filter: $f) {
    id name consumerFacingEntityName type enabledAccountRanges supportedPushMethods
    supportsMultiplePushedCards supportsCardHolderAuthentication supportsIssuerInitiatedDigitizationData
  }
}`;
const OF_ACCOUNTS = `query ($f: TokenRequestorFilter) {
  fundingAccounts { id accountRange tokenRequestors(filter: $f) { id consumerFacingEntityName } }
}`;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly consumerFacingEntityName: string;
  readonly type: string;
  readonly enabledAccountRanges: readonly string[];
  readonly supportedPushMethods: readonly string[];
  readonly supportsMultiplePushedCards: boolean;
  readonly supportsCardHolderAuthentication: boolean;
  readonly supportsIssuerInitiatedDigitizationData: boolean;
}

const ids = (requestors: readonly { readonly id: string }[]) => requestors.map(({ id }) => id);
const shown = (requestors: readonly Listed[]) =>
  requestors.map(({ consumerFacingEntityName }) => consumerFacingEntityName);
const languages = (accepted: string) => ({ headers: { 'accept-language': accepted } });

describe('a picker', () => {
  let gateway: TestGateway;
  let simulator: SimulatorControl;
  let all: readonly Listed[];
  beforeAll(async () => {
    gateway = await startTestGateway();
    simulator = new SimulatorControl(gateway.simulatorUrl);
    all = await list({});
    expect(all.length).toBeGreaterThan(15);
  });
  afterAll(() => gateway.close());

  async function list(variables: Readonly<Record<string, unknown>>, options = {}): Promise<Listed[]> {
    const { data, errors } = await gateway.graphql(LIST, variables, options);
    expect(errors).toBeUndefined();
    return data.tokenRequestors;
  }

  describe('filters', () => {
    it.each(['WALLET', 'MERCHANT'])('by type: %s', async (type) => {
      const expected = all.filter((one) => one.type === type);
      expect(expected.length).toBeGreaterThan(3);
      expect(await list({ f: { type } })).toEqual(expected);
    });

    it.each(['ANDROID', 'IOS', 'WEB'])('by platform: %s', async (platform) => {
      const expected = all.filter(
        (one) =>
          one.supportsIssuerInitiatedDigitizationData ||
          one.supportedPushMethods.some((method) => method === platform || method === 'WEB'),
      );
      expect(expected.length).toBeGreaterThan(10);
      expect(await list({ f: { platform } })).toEqual(expected);
    });

    it('by platform keep out what has neither a URL for it nor digitization data', async () => {
      const zephyr = all.filter(
        ({ consumerFacingEntityName }) => consumerFacingEntityName === 'Zephyr Rides',
      );
      expect(await list({ f: { platform: 'IOS', name: 'zephyr' } })).toEqual(zephyr);
      expect(await list({ f: { platform: 'WEB', name: 'zephyr' } })).toEqual([]);
    });

    it.each([
      ['LARK', ['Lark Wallet']],
      ['cafe elan', ['Café Élan & Fils']],
      ['ÉLÀN', ['Café Élan & Fils']],
      ['zniwa', ['Żniwa – Harvest Till']],
      ['ΑΓΟΡΑ', ['Θάλασσα Αγορά']],
      ['θαλας', ['Θάλασσα Αγορά']],
      ['الواحة', ['محفظة الواحة']],
      ['ﾍﾟｲ', ['こもれびペイ']],
      ['ｌａｒｋ', ['Lark Wallet']],
      ['plc', ['Sundial Stays']],
      ['nobody is called so', []],
    ])('by name, as somebody types it: %s', async (name, expected) => {
      expect(shown(await list({ f: { name } }))).toEqual(expected);
    });

    it.each([
      '.*',
      '%',
      '_',
      "' OR '1'='1",
      '*)(id=*',
      '{"$ne":null}',
      '#{7*7}',
      '\\',
      '|',
      '\u0000',
      '\ud800',
    ])('take a name as mere text: %j', async (name) => {
      const expected = all.filter((one) =>
        [one.name, one.consumerFacingEntityName].some((text) => text.includes(name)),
      );
      expect(await list({ f: { name } })).toEqual(expected);
    });

    it('find a name of 100 characters by all of them', async () => {
      const longest = all.find(({ consumerFacingEntityName }) => consumerFacingEntityName.length === 100);
      const name = longest?.consumerFacingEntityName.toUpperCase() ?? '';
      expect(name).toHaveLength(100);
      expect(ids(await list({ f: { name } }))).toEqual([longest?.id]);
    });

    it.each([
      {},
      { f: null },
      { f: {} },
      { f: { type: null, platform: null, name: null } },
      { f: { name: '' } },
      { f: { name: ' \u3000' } },
      { r: null, a: null, f: null },
    ])('that are null, empty or blank filter nothing: %j', async (variables) => {
      expect(await list(variables)).toEqual(all);
    });

    it('in the document with null as well', async () => {
      const query =
        '{ tokenRequestors(accountRanges: null, fundingAccountIds: null, filter: { type: null, name: null }) { id } }';
      expect((await gateway.graphql(query)).data.tokenRequestors).toEqual(ids(all).map((id) => ({ id })));
    });

    it('hold together, beside account ranges and accounts as well', async () => {
      const f = { type: 'WALLET', platform: 'WEB', name: 'a' };
      const expected = all.filter(
        (one) =>
          one.type === 'WALLET' &&
          (one.supportsIssuerInitiatedDigitizationData || one.supportedPushMethods.includes('WEB')) &&
          /a/i.test(one.name + one.consumerFacingEntityName),
      );
      expect(expected.length).toBeGreaterThan(2);
      expect(ids(await list({ f }))).toEqual(ids(expected));
      expect(ids(await list({ f, r: ['520474000'] }))).toEqual(ids(expected));
      expect(ids(await list({ f, a: ['card-1'] }))).toEqual(ids(expected));
      expect(await list({ f, r: [] })).toEqual([]);
      expect(await list({ f, a: [] })).toEqual([]);
    });

    it('hold for what one account can be pushed to', async () => {
      const f = { type: 'MERCHANT', platform: 'IOS', name: 'e' };
      const plain = (await gateway.graphql(OF_ACCOUNTS)).data.fundingAccounts;
      const { data, errors } = await gateway.graphql(OF_ACCOUNTS, { f });
      expect(errors).toBeUndefined();
      const fitting = new Set(ids(await list({ f })));
      for (const [index, account] of data.fundingAccounts.entries()) {
        const expected = plain[index].tokenRequestors.filter(({ id }: Listed) => fitting.has(id));
        expect(expected.length).toBeGreaterThan(1);
        expect(account.tokenRequestors).toEqual(expected);
      }
    });

    it('that are wrong fail the field of each account, and leave the accounts', async () => {
      const answer = await gateway.graphql(OF_ACCOUNTS, { f: { name: 'x'.repeat(101) } });
      expect(codes(answer)).toEqual(Array(4).fill('BAD_USER_INPUT'));
      expect(answer.data.fundingAccounts.map(({ tokenRequestors }: never) => tokenRequestors)).toEqual(
        Array(4).fill(null),
      );
    });
  });

  describe('for several accounts at once', () => {
    const rangesOf = (accountIds: readonly string[]) =>
      gateway
        .graphql('{ fundingAccounts { id accountRange } }')
        .then(({ data }) =>
          data.fundingAccounts
            .filter(({ id }: { id: string }) => accountIds.includes(id))
            .map(({ accountRange }: { accountRange: string }) => accountRange),
        ) as Promise<string[]>;

    it.each([
      [['card-1']],
      [['account-1']],
      [['card-1', 'card-2']],
      [['card-2', 'card-1']],
      [['card-1', 'card-2', 'card-3', 'account-1']],
      [['card-2', 'account-1']],
    ])('lists those that take all of them in one push: %j', async (a) => {
      const ranges = await rangesOf(a);
      expect(ranges).toHaveLength(a.length);
      const expected = all
        .filter(({ enabledAccountRanges }) => ranges.every((range) => enabledAccountRanges.includes(range)))
        .filter(
          (one) =>
            a.length === 1 || (one.supportsMultiplePushedCards && !one.supportsCardHolderAuthentication),
        );
      expect(expected.length).toBeGreaterThan(5);
      const listed = await list({ a });
      expect(ids(listed)).toEqual(ids(expected));
      for (const { enabledAccountRanges } of listed) {
        expect([...enabledAccountRanges].sort()).toEqual([...ranges].sort());
      }
    });

    it('leaves out what is enabled for one of them only, and what takes one at a time', async () => {
      const both = ids(await list({ a: ['card-1', 'card-2'] }));
      const each = await Promise.all([list({ a: ['card-1'] }), list({ a: ['card-2'] })]);
      const named = (name: string) => all.find((one) => one.consumerFacingEntityName === name)?.id ?? '';
      for (const [name, takes] of [
        ['Żniwa – Harvest Till', [false, true]],
        ['Paper Lantern', [true, false]],
        ['Copper Fox', [true, true]],
        ['Marble & Moth', [true, true]],
      ] as const) {
        expect(each.map((listed) => ids(listed).includes(named(name)))).toEqual(takes);
        expect(both).not.toContain(named(name));
      }
    });

    it('takes the same id twice for one account, and does not look at its status', async () => {
      expect(await list({ a: ['card-1', 'card-1'] })).toEqual(await list({ a: ['card-1'] }));
      const amir = { token: await gateway.token('amir') };
      expect((await list({ a: ['card-17'] }, amir)).length).toBeGreaterThan(5);
    });

    it('agrees with pushCard on every one of them', async () => {
      const a = ['card-1', 'card-2'];
      const listed = ids(await list({ a }));
      const push =
        'mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on PushRefusal { code } } }';
      const refused = all.filter(({ id }) => !listed.includes(id));
      expect(refused.length).toBeGreaterThan(4);
      for (const { id } of refused) {
        const input = { idempotencyKey: `picker-${id}`, tokenRequestorId: id, fundingAccountIds: a };
        const { data } = await gateway.graphql(push, { input });
        expect(['MULTIPLE_ACCOUNTS_NOT_SUPPORTED', 'ACCOUNT_RANGE_NOT_ENABLED']).toContain(
          data.pushCard.code,
        );
      }
    });

    it('says the same of somebody else’s account as of none', async () => {
      const foreign = await gateway.graphql(LIST, { a: ['card-1', 'card-11'] });
      const none = await gateway.graphql(LIST, { a: ['card-1', 'card-99'] });
      expect(codes(foreign)).toEqual(['BAD_USER_INPUT']);
      expect(foreign.errors?.[0]?.message).toBe(none.errors?.[0]?.message);
      expect(foreign.errors?.[0]?.message).toMatch(/^fundingAccountIds\[1\] /);
      expect([foreign.data, none.data]).toEqual([{ tokenRequestors: null }, { tokenRequestors: null }]);
    });
  });

  describe('with wrong input', () => {
    const PAN = '5204740000000012';
    it.each([
      ['a name of 101 characters', { f: { name: 'é'.repeat(101) } }, /^filter\.name takes at most 100/],
      ['a name of 45 kB', { f: { name: 'x'.repeat(45_000) } }, /^filter\.name takes at most 100/],
      ['101 blanks', { f: { name: ' '.repeat(101) } }, /^filter\.name takes at most 100/],
      ['six accounts', { a: Array(6).fill('card-1') }, /^fundingAccountIds takes at most 5/],
      ['1000 accounts', { a: Array(1000).fill('x') }, /^fundingAccountIds takes at most 5/],
      ['accounts beside ranges', { a: ['card-1'], r: ['520474000'] }, /name one of the two/],
      ['no accounts beside ranges', { a: [], r: ['520474000'] }, /name one of the two/],
      ['accounts beside no ranges', { a: ['card-1'], r: [] }, /name one of the two/],
      ['an empty id', { a: [''] }, /^fundingAccountIds\[0\] is no card/],
      ['a card number as id', { a: [PAN] }, /^fundingAccountIds\[0\] is no card/],
      ['a number as id', { a: [1] }, /^fundingAccountIds\[0\] is no card/],
      ['a name of the prototype', { a: ['__proto__'] }, /^fundingAccountIds\[0\] is no card/],
      ['null among the ids', { a: [null] }, /./],
      ['an object as id', { a: [{}] }, /./],
      ['an unknown type', { f: { type: 'BANK' } }, /TokenRequestorType/],
      ['a platform in small letters', { f: { platform: 'ios' } }, /Platform/],
      ['a list of platforms', { f: { platform: ['IOS', 'WEB'] } }, /do not fit the schema/],
      ['a number as name', { f: { name: 5 } }, /String/],
      ['an unknown filter', { f: { names: 'x' } }, /TokenRequestorFilter/],
      ['a text as filter', { f: 'lark' }, /./],
    ])('is told what to mend, and MDES is not asked: %s', async (_name, variables, message) => {
      await simulator.reset();
      const answer = await gateway.graphql(LIST, variables);
      expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
      expect(answer.errors?.[0]?.message).toMatch(message);
      expect(answer.text.length).toBeLessThan(1000);
      expect(answer.text).not.toContain(PAN);
      expect((await simulator.calls()).getEligibleTokenRequestors).toBe(0);
    });

    it('without a token sees nothing, not even the catalogue’s age', async () => {
      const answer = await gateway.graphql(
        '{ catalogue { asOf } tokenRequestors { id } }',
        {},
        { token: null },
      );
      expect(codes(answer)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
      expect(answer.data).toEqual({ catalogue: null, tokenRequestors: null });
    });
  });

  describe('is given an order', () => {
    it('by the shown name, the same for every way of asking', async () => {
      const collator = new Intl.Collator('en', { numeric: true });
      expect(shown(all)).toEqual(
        shown(
          [...all].sort((a, b) => collator.compare(a.consumerFacingEntityName, b.consumerFacingEntityName)),
        ),
      );
      const ranges = [...new Set(all.flatMap(({ enabledAccountRanges }) => enabledAccountRanges))];
      expect(ids(await list({ r: ranges }))).toEqual(ids(all));
      expect(ids(await list({ r: ranges.reverse() }))).toEqual(ids(all));
      const { data } = await gateway.graphql(OF_ACCOUNTS);
      for (const { tokenRequestors } of data.fundingAccounts) {
        const own = new Set(ids(tokenRequestors));
        expect(ids(tokenRequestors)).toEqual(ids(all).filter((id) => own.has(id)));
      }
    });

    it.each([
      ['ar', 'محفظة الواحة'],
      ['el', 'Θάλασσα Αγορά'],
      ['ja', 'Aurora Band'],
      ['zh-Hant', 'Aurora Band'],
      ['pl;q=0.5, xx', 'Aurora Band'],
    ])('in %s as its dictionaries have it, %s first', async (accepted, first) => {
      const { compare } = new Intl.Collator(accepted.slice(0, 2), { numeric: true });
      const expected = shown(all).sort(compare);
      const listed = shown(await list({}, languages(accepted)));
      expect(listed).toEqual(expected);
      expect(listed[0]).toBe(first);
    });

    it.each(['*', 'de_DE', 'x'.repeat(5000), ',;q=;;', 'sv;q=0'])(
      'in English when it says %#',
      async (accepted) => {
        expect(await list({}, languages(accepted))).toEqual(all);
      },
    );
  });
});

describe('names that languages order differently', () => {
  let simulator: RunningSimulator;
  let mdes: CatalogueMdes;
  let gateway: TestGateway;
  const RANGES = manyRanges(3).split(',');
  beforeAll(async () => {
    // For its keys alone.
    simulator = await startTestSimulator();
    mdes = await startCatalogueMdes({
      '50100000009': 'Same',
      '50100000001': 'Zebra',
      '50100000002': 'Öl',
      '50100000003': 'Ärger',
      '50100000004': 'Apfel 10',
      '50100000005': 'Apfel 9',
      '50100000006': '中文钱包',
      '50100000007': 'محفظة',
      '50100000008': 'Same',
    });
    gateway = await startTestGateway({
      ...simulatorEnvironment(simulator),
      MDES_BASE_URL: mdes.fake.baseUrl,
      MDES_ACCOUNT_RANGES: RANGES.join(','),
    });
  });
  afterAll(async () => {
    await gateway.close();
    await mdes.close();
    await simulator.close();
  });

  async function order(accepted: string): Promise<string[]> {
    const { data, errors } = await gateway.graphql(LIST, { r: RANGES }, languages(accepted));
    expect(errors).toBeUndefined();
    expect(
      ids(data.tokenRequestors.filter((one: Listed) => one.consumerFacingEntityName === 'Same')),
    ).toEqual(['50100000008', '50100000009']);
    return shown(data.tokenRequestors);
  }

  it.each([
    ['sv', ['Apfel 9', 'Apfel 10', 'Same', 'Same', 'Zebra', 'Ärger', 'Öl', 'محفظة', '中文钱包']],
    ['de', ['Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', 'محفظة', '中文钱包']],
    [
      'de-CH;q=0.9, sv;q=0.1',
      ['Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', 'محفظة', '中文钱包'],
    ],
    ['ar', ['محفظة', 'Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', '中文钱包']],
    ['zh-CN', ['中文钱包', 'Apfel 9', 'Apfel 10', 'Ärger', 'Öl', 'Same', 'Same', 'Zebra', 'محفظة']],
  ])('come in the order of %s', async (accepted, expected) => {
    expect(await order(accepted)).toEqual(expected);
  });
});

describe('a card store that fails', () => {
  const BOTH =
    '{ named: tokenRequestors(accountRanges: ["520474000"]) { id } own: tokenRequestors { id } chosen: tokenRequestors(fundingAccountIds: ["card-1"]) { id } fundingAccounts { id } }';

  it.each(['refuses', 'hangs'])('and %s takes no field along that names its ranges', async (how) => {
    const store = await startCardStoreStub();
    const gateway = await startTestGateway(store.environment);
    try {
      store.list = how === 'hangs' ? () => undefined : answerJson({}, 500);
      const startedAt = performance.now();
      const { data, errors } = await gateway.graphql(BOTH);
      expect(performance.now() - startedAt).toBeLessThan(within(2500));
      expect(data).toMatchObject({ own: null, chosen: null, fundingAccounts: null });
      expect(data.named.length).toBeGreaterThan(10);
      expect(codes({ errors })).toEqual(Array(3).fill('CARD_STORE_UNAVAILABLE'));
      expect(store.asked).toHaveLength(1);
    } finally {
      await gateway.close();
      store.close();
    }
  });
});

describe('catalogue', () => {
  const QUERY = '{ catalogue { asOf stale nextRefreshAt tokenRequestorCount } }';
  const status = ({ data, errors }: GraphQLAnswer) => {
    expect(errors).toBeUndefined();
    return data.catalogue;
  };

  it('tells nothing while a part has never been fetched, and how old the oldest part is from then on', async () => {
    let now = Date.parse('2026-11-25T10:00:00.000Z');
    const gateway = await startTestGateway({}, { clock: { now: () => now } });
    try {
      const never = { asOf: null, stale: true, nextRefreshAt: null, tokenRequestorCount: 0 };
      expect(status(await gateway.graphql(QUERY))).toEqual(never);
      await gateway.graphql('{ fundingAccounts { tokenRequestors { id } } }');
      expect(status(await gateway.graphql(QUERY))).toMatchObject({ asOf: null, stale: true });
      now += 60_000;
      // Looks under all of the issuer's ranges.
      await gateway.graphql('{ tokenRequestor(id: "59999999999") { id } }');
      const known = status(await gateway.graphql(QUERY));
      expect(known).toMatchObject({ asOf: '2026-11-25T10:00:00.000Z', stale: false, nextRefreshAt: null });
      expect(known.tokenRequestorCount).toBeGreaterThan(25);
      now += 13 * 3_600_000;
      expect(status(await gateway.graphql(QUERY))).toEqual({ ...known, stale: true });
    } finally {
      await gateway.close();
    }
  });

  it('kept warm, is there from the start and says when it is refreshed', async () => {
    const gateway = await startTestGateway({ CATALOGUE_WARM: 'on' });
    try {
      const { asOf, stale, nextRefreshAt } = status(await gateway.graphql(QUERY));
      expect(stale).toBe(false);
      const hours = (Date.parse(nextRefreshAt) - Date.parse(asOf)) / 3_600_000;
      expect(hours).toBeGreaterThan(10);
      expect(hours).toBeLessThanOrEqual(12);
    } finally {
      await gateway.close();
    }
  });
});
