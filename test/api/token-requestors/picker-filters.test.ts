/** What a picker leaves out on request: by type, platform, name, and for one account. */
import { describe, expect, it } from '@jest/globals';
import { codes } from '../../support/gateway.js';
import { demoPicker, ids, type Listed, OF_ACCOUNTS, shown } from './picker.js';

describe('a picker filters', () => {
  const { gateway, all, list } = demoPicker();

  it.each(['WALLET', 'MERCHANT'])('by type: %s', async (type) => {
    const expected = all().filter((one) => one.type === type);
    expect(expected.length).toBeGreaterThan(3);
    expect(await list({ f: { type } })).toEqual(expected);
  });

  it.each(['ANDROID', 'IOS', 'WEB'])('by platform: %s', async (platform) => {
    const expected = all().filter(
      (one) =>
        one.supportsIssuerInitiatedDigitizationData ||
        one.supportedPushMethods.some((method) => method === platform || method === 'WEB'),
    );
    expect(expected.length).toBeGreaterThan(10);
    expect(await list({ f: { platform } })).toEqual(expected);
  });

  it('by platform keep out what has neither a URL for it nor digitization data', async () => {
    const zephyr = all().filter(
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
    const expected = all().filter((one) =>
      [one.name, one.consumerFacingEntityName].some((text) => text.includes(name)),
    );
    expect(await list({ f: { name } })).toEqual(expected);
  });

  it('find a name of 100 characters by all of them', async () => {
    const longest = all().find(({ consumerFacingEntityName }) => consumerFacingEntityName.length === 100);
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
    expect(await list(variables)).toEqual(all());
  });

  it('in the document with null as well', async () => {
    const query =
      '{ tokenRequestors(accountRanges: null, fundingAccountIds: null, filter: { type: null, name: null }) { id } }';
    expect((await gateway().graphql(query)).data.tokenRequestors).toEqual(ids(all()).map((id) => ({ id })));
  });

  it('hold together, beside account ranges and accounts as well', async () => {
    const f = { type: 'WALLET', platform: 'WEB', name: 'a' };
    const expected = all().filter(
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
    const plain = (await gateway().graphql(OF_ACCOUNTS)).data.fundingAccounts;
    const { data, errors } = await gateway().graphql(OF_ACCOUNTS, { f });
    expect(errors).toBeUndefined();
    const fitting = new Set(ids(await list({ f })));
    for (const [index, account] of data.fundingAccounts.entries()) {
      const expected = plain[index].tokenRequestors.filter(({ id }: Listed) => fitting.has(id));
      expect(expected.length).toBeGreaterThan(1);
      expect(account.tokenRequestors).toEqual(expected);
    }
  });

  it('that are wrong fail the field of each account, and leave the accounts', async () => {
    const answer = await gateway().graphql(OF_ACCOUNTS, { f: { name: 'x'.repeat(101) } });
    expect(codes(answer)).toEqual(Array(4).fill('BAD_USER_INPUT'));
    expect(answer.data.fundingAccounts.map(({ tokenRequestors }: never) => tokenRequestors)).toEqual(
      Array(4).fill(null),
    );
  });
});
