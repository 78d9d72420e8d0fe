/** A picker for several accounts at once, with wrong input, and while the card store fails. */
import { describe, expect, it } from '@jest/globals';
import { rangeStart } from '../../../src/simulator/catalogue/account-ranges.js';
import { DEMO_ACCOUNTS } from '../../../src/simulator/demo/demo-accounts.js';
import { codes, startTestGateway } from '../../support/gateway.js';
import { answerJson, startCardStoreStub } from '../../support/issuer/card-store-stub.js';
import { within } from '../../support/measurements.js';
import { demoPicker, ids, LIST } from './picker.js';

const { gateway, simulator, all, list } = demoPicker();

describe('a picker for several accounts at once', () => {
  const rangesOf = (accountIds: readonly string[]) =>
    DEMO_ACCOUNTS.filter(({ id }) => accountIds.includes(id)).map(({ range }) => rangeStart(range));

  it.each([
    [['card-1']],
    [['account-1']],
    [['card-1', 'card-2']],
    [['card-2', 'card-1']],
    [['card-1', 'card-2', 'card-3', 'account-1']],
    [['card-2', 'account-1']],
  ])('lists those that take all of them in one push: %j', async (a) => {
    const ranges = rangesOf(a);
    expect(ranges).toHaveLength(a.length);
    const expected = all()
      .filter(({ enabledAccountRanges }) => ranges.every((range) => enabledAccountRanges.includes(range)))
      .filter(
        (one) => a.length === 1 || (one.supportsMultiplePushedCards && !one.supportsCardHolderAuthentication),
      );
    expect(expected.length).toBeGreaterThan(5);
    const listed = await list({ a });
    // With all that is said of each, whatever was asked.
    expect(listed).toEqual(expected);
  });

  it('leaves out what is enabled for one of them only, and what takes one at a time', async () => {
    const both = ids(await list({ a: ['card-1', 'card-2'] }));
    const each = await Promise.all([list({ a: ['card-1'] }), list({ a: ['card-2'] })]);
    const named = (name: string) => all().find((one) => one.consumerFacingEntityName === name)?.id ?? '';
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
    const amir = { token: await gateway().token('amir') };
    expect((await list({ a: ['card-17'] }, amir)).length).toBeGreaterThan(5);
  });

  it('agrees with pushCard on every one of them', async () => {
    const a = ['card-1', 'card-2'];
    const listed = ids(await list({ a }));
    const push =
      'mutation ($input: PushCardInput!) { pushCard(input: $input) { ... on PushRefusal { code } } }';
    const refused = all().filter(({ id }) => !listed.includes(id));
    expect(refused.length).toBeGreaterThan(4);
    for (const { id } of refused) {
      const input = { idempotencyKey: `picker-${id}`, tokenRequestorId: id, fundingAccountIds: a };
      const { data } = await gateway().graphql(push, { input });
      expect(['MULTIPLE_ACCOUNTS_NOT_SUPPORTED', 'ACCOUNT_RANGE_NOT_ENABLED']).toContain(data.pushCard.code);
    }
  });

  it('says the same of somebody else’s account as of none', async () => {
    const foreign = await gateway().graphql(LIST, { a: ['card-1', 'card-11'] });
    const none = await gateway().graphql(LIST, { a: ['card-1', 'card-99'] });
    expect(codes(foreign)).toEqual(['BAD_USER_INPUT']);
    expect(foreign.errors?.[0]?.message).toBe(none.errors?.[0]?.message);
    expect(foreign.errors?.[0]?.message).toMatch(/^fundingAccountIds\[1\] /);
    expect([foreign.data, none.data]).toEqual([{ tokenRequestors: null }, { tokenRequestors: null }]);
  });
});

describe('a picker with wrong input', () => {
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
    await simulator().reset();
    const answer = await gateway().graphql(LIST, variables);
    expect(codes(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.errors?.[0]?.message).toMatch(message);
    expect(answer.text.length).toBeLessThan(1000);
    expect(answer.text).not.toContain(PAN);
    expect((await simulator().calls()).getEligibleTokenRequestors).toBe(0);
  });

  it('without a token sees nothing, not even the catalogue’s age', async () => {
    const answer = await gateway().graphql(
      '{ catalogue { asOf } tokenRequestors { id } }',
      {},
      { token: null },
    );
    expect([answer.status, codes(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(answer.data).toBeUndefined();
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
