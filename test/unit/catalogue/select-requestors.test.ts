/** Which token requestors a picker shows, and in which order. */
import { describe, expect, it } from '@jest/globals';
import {
  byName,
  type RequestorFilter,
  requestorFilter,
  takesAll,
} from '../../../src/catalogue/select-requestors.js';
import { type AccountRange, parseAccountRange } from '../../../src/domain/account-range.js';
import type { Platform, TokenRequestor } from '../../../src/domain/token-requestor.js';

const ANY: RequestorFilter = { type: null, platform: null, name: null };

function requestor(given: Partial<TokenRequestor> = {}): TokenRequestor {
  return {
    id: '50130000001',
    name: 'Lark Wallet Ltd',
    consumerFacingEntityName: 'Lark Wallet',
    type: 'WALLET',
    walletId: '101',
    imageAssetId: null,
    enabledAccountRanges: [],
    supportedPushMethods: ['WEB'],
    supportsMultiplePushedCards: true,
    supportedAccountHolderData: [],
    supportsCardHolderAuthentication: false,
    supportsIssuerInitiatedDigitizationData: false,
    ...given,
  };
}

function range(digits: string): AccountRange {
  const parsed = parseAccountRange(digits);
  if (parsed === undefined) throw new TypeError(digits);
  return parsed;
}

describe('the filter by name', () => {
  const finds = (consumerFacingEntityName: string, name: string) =>
    requestorFilter({ ...ANY, name })(requestor({ consumerFacingEntityName, name: 'Legal name' }));

  it.each([
    ['Café Élan & Fils', 'elan'],
    ['Café Élan & Fils', 'CAFÉ É'],
    ['Cafe\u0301 Elan', 'café'],
    ['Żniwa – Harvest Till', 'zniwa'],
    ['Straßenbahn', 'STRASSE'],
    ['STRASSENBAHN', 'straße'],
    ['STRAẞE', 'strasse'],
    ['Θάλασσα Αγορά', 'αγορα'],
    ['Θάλασσα', 'ΘΑΛΑΣ'],
    ['Θάλασσα', 'θαλας'],
    ['ΑΓΟΡΑΣ', 'αγορας'],
    ['İstanbul Kart', 'istanbul'],
    ['IŞIK', 'ışık'],
    ['Ｆｊｏｒｄ Ｐａｙ', 'fjord pay'],
    ['Fjord Pay', 'ｆｊｏｒｄ'],
    ['ｺﾓﾚﾋﾞペイ', 'コモレビ'],
    ['こもれびペイ', 'れび'],
    ['مَحْفَظَة الواحة', 'محفظة'],
    ['ﬁnch', 'Finch'],
    ['Room 101', '１０１'],
    ['a+b (c) [d] .* $', '.* $'],
    ['100% $& \\', '$& \\'],
  ])('finds %s by %s', (name, part) => {
    expect(finds(name, part)).toBe(true);
  });

  it.each([
    ['Lark Wallet', 'lark  wallet'],
    ['Lark Wallet', '.*'],
    ['Lark Wallet', '%'],
    ['Lark Wallet', 'l_rk'],
    ['Lark Wallet', '|'],
    ['Lark Wallet', 'walletl'],
    ['Lark Wallet', '\u0000'],
    ['Lark Wallet', '\ud83d'],
  ])('does not find %s by %j', (name, part) => {
    expect(finds(name, part)).toBe(false);
  });

  it('looks into the legal name as well', () => {
    expect(finds('Orchard Lane', 'LEGAL N')).toBe(true);
  });

  it.each(['', ' ', '\t\n', '\u3000', '\u00a0', '\u0301'])('is none when it is blank: %j', (blank) => {
    expect(finds('Lark Wallet', blank)).toBe(true);
  });

  it('ignores blanks around it, as a keyboard leaves them', () => {
    expect(finds('Lark Wallet', ' lark ')).toBe(true);
  });

  it('takes 100 characters of any script', () => {
    const name = '𝔸'.repeat(100);
    expect(finds(name, name)).toBe(true);
    expect(finds(name, 'A'.repeat(100))).toBe(true);
  });
});

describe('the filter by platform', () => {
  const isFor = (platform: Platform, supportedPushMethods: readonly Platform[], digitizationData = false) =>
    requestorFilter({ ...ANY, platform })(
      requestor({ supportedPushMethods, supportsIssuerInitiatedDigitizationData: digitizationData }),
    );

  it.each<[Platform, readonly Platform[], boolean, boolean]>([
    ['IOS', ['IOS'], false, true],
    ['IOS', ['ANDROID'], false, false],
    ['IOS', ['WEB'], false, true],
    ['ANDROID', ['WEB', 'IOS'], false, true],
    ['WEB', ['ANDROID', 'IOS'], false, false],
    ['WEB', [], false, false],
    ['WEB', [], true, true],
    ['ANDROID', ['IOS'], true, true],
  ])('on %s, one for %j with digitization data %s: %s', (platform, methods, digitizationData, fits) => {
    expect(isFor(platform, methods, digitizationData)).toBe(fits);
  });
});

it('a requestor must fit everything that is given, and fits nothing given', () => {
  const one = requestor({ type: 'MERCHANT' });
  expect(requestorFilter(ANY)(one)).toBe(true);
  expect(requestorFilter({ type: 'MERCHANT', platform: 'IOS', name: 'lark' })(one)).toBe(true);
  expect(requestorFilter({ type: 'WALLET', platform: 'IOS', name: 'lark' })(one)).toBe(false);
  expect(requestorFilter({ type: 'MERCHANT', platform: 'IOS', name: 'fox' })(one)).toBe(false);
});

describe('several accounts in one push', () => {
  const [credit, debit, strange] = ['52047400', '541333900', '999999999'].map((digits) => ({
    accountRange: range(digits.padEnd(9, '0')),
  })) as [{ accountRange: AccountRange }, { accountRange: AccountRange }, { accountRange: AccountRange }];
  const enabledAccountRanges = [credit.accountRange, debit.accountRange];

  it('are taken where every range is enabled and several are taken at once', () => {
    const one = requestor({ enabledAccountRanges });
    expect(takesAll([credit, debit])(one)).toBe(true);
    expect(takesAll([credit, credit])(one)).toBe(true);
    expect(takesAll([credit, strange])(one)).toBe(false);
  });

  it.each([[{ supportsMultiplePushedCards: false }], [{ supportsCardHolderAuthentication: true }]])(
    'are not taken by one with %j, which takes a single one',
    (given) => {
      const one = requestor({ enabledAccountRanges, ...given });
      expect(takesAll([credit, debit])(one)).toBe(false);
      expect(takesAll([debit])(one)).toBe(true);
    },
  );
});

describe('the order', () => {
  const order = (languages: readonly string[], names: readonly string[]) =>
    names
      .map((consumerFacingEntityName) => requestor({ consumerFacingEntityName }))
      .sort(byName(languages))
      .map(({ consumerFacingEntityName }) => consumerFacingEntityName);

  it.each([
    ['sv', ['Apfel', 'Zebra', 'Ärger', 'Öl']],
    ['de', ['Apfel', 'Ärger', 'Öl', 'Zebra']],
    ['de-AT', ['Apfel', 'Ärger', 'Öl', 'Zebra']],
  ])('is that of a dictionary in %s', (language, expected) => {
    expect(order([language], ['Zebra', 'Öl', 'Apfel', 'Ärger'])).toEqual(expected);
  });

  it('goes by the first language that is known, and by English when none is', () => {
    const names = ['Zebra', 'Ärger'];
    expect(order(['xx', 'sv', 'de'], names)).toEqual(['Zebra', 'Ärger']);
    expect(order(['xx', 'de', 'sv'], names)).toEqual(['Ärger', 'Zebra']);
    expect(order(['xx'], names)).toEqual(['Ärger', 'Zebra']);
    expect(order([], names)).toEqual(['Ärger', 'Zebra']);
  });

  it('takes numbers by their value, and capitals and small letters side by side', () => {
    expect(order(['en'], ['Pay 10', 'pay 9', 'Pay 9', 'Alpha', 'beta'])).toEqual([
      'Alpha',
      'beta',
      'pay 9',
      'Pay 9',
      'Pay 10',
    ]);
  });

  it('is the same from whatever order, also with equal names', () => {
    const equal = ['3', '1', '2'].map((id) => requestor({ id, consumerFacingEntityName: 'Same' }));
    const composed = ['6', '4', '5'].map((id, index) =>
      requestor({ id, consumerFacingEntityName: index === 1 ? 'É' : 'E\u0301' }),
    );
    const all = [...equal, ...composed];
    for (let turn = 0; turn < all.length; turn++) {
      const turned = [...all.slice(turn), ...all.slice(0, turn)].sort(byName(['en']));
      expect(turned.map(({ id }) => id)).toEqual(['4', '5', '6', '1', '2', '3']);
    }
    expect(byName(['en'])(requestor(), requestor())).toBe(0);
  });
});
