/** Holder data: whatever a bank has comes out in MDES's form or not at all; and what may be shown of it. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccountHolderData } from '../../../src/domain/funding-account.js';
import { Secret } from '../../../src/domain/secret.js';
import { ACCOUNT_HOLDER_DATA_ITEMS } from '../../../src/domain/token-requestor.js';
import { clearPayload } from '../../../src/mdes/wire/clear-payload.js';
import {
  maskEmailAddress,
  maskPhoneNumber,
  maskWords,
} from '../../../src/schema/funding-account/mask-holder-data.js';
import { fundingAccount } from '../../../src/simulator/wire/funding-account.js';
import { toAddress } from '../../../src/vault/holder-data/address.js';
import { toCountry } from '../../../src/vault/holder-data/country.js';
import { toEmailAddress } from '../../../src/vault/holder-data/email-address.js';
import { toHolderData } from '../../../src/vault/holder-data/holder-data.js';
import { toMobilePhoneNumber } from '../../../src/vault/holder-data/mobile-phone-number.js';
import { toName } from '../../../src/vault/holder-data/name.js';
import type { RawHolderData, RawPhoneNumber } from '../../../src/vault/holder-data/raw-holder-data.js';
import { lengthOf } from '../../../src/vault/holder-data/text.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { runs } from '../../support/models.js';

/** Any text at all: of every script, of signs alone, and of halves of characters. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ maxLength: 120 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom('a', 'é', '/', ' ', '-', "'", '王', '\u0000', '\u0301', '\u200d', '½', '😀', '7', '.'),
    )
    .map((parts) => parts.join('')),
  fc.array(fc.lorem({ maxCount: 1 }), { maxLength: 12 }).map((words) => words.join(' ')),
);
const optionalText = fc.option(anyText, { nil: null });
const anyCountry = fc.oneof(optionalText, fc.constantFrom('GB', 'JOR', '400', 'Italy', 'RU', '840', 'XKX'));
const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 20 });
const anyPhone: fc.Arbitrary<RawPhoneNumber> = fc.oneof(
  anyText,
  digits,
  digits.map((number) => `+${number}`),
  fc.record({
    phoneNumber: fc.oneof(digits, anyText),
    countryDialInCode: fc.oneof(optionalText, fc.constantFrom('44', '+39', '7', '1', '962', '0', '0000')),
    country: anyCountry,
  }),
);
const anyAddress = fc.record({
  line1: optionalText,
  line2: optionalText,
  city: optionalText,
  countrySubdivision: optionalText,
  postalCode: optionalText,
  country: anyCountry,
});
const anyHolder: fc.Arbitrary<RawHolderData> = fc.record({
  accountHolderName: optionalText,
  accountHolderAddress: fc.option(anyAddress),
  accountHolderEmailAddress: fc.oneof(
    optionalText,
    fc.emailAddress(),
    fc.tuple(anyText, anyText).map((halves) => halves.join('@')),
  ),
  accountHolderMobilePhoneNumber: fc.option(anyPhone),
});

const CONTROL = /\p{C}/u;
const RUNS = { numRuns: runs(1000) };

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** As the store would send it, had it been sent so. */
function asRaw(holder: AccountHolderData): RawHolderData {
  return {
    accountHolderName: holder.NAME,
    accountHolderAddress: holder.ADDRESS,
    accountHolderEmailAddress: holder.EMAIL_ADDRESS,
    accountHolderMobilePhoneNumber: holder.MOBILE_PHONE_NUMBER,
  };
}

describe('whatever a bank has', () => {
  const normal = (raw: RawHolderData) => toHolderData(raw, ACCOUNT_HOLDER_DATA_ITEMS).holder;

  it('is within the limits of MDES, or not there', () => {
    const card = { accountNumber: new Secret('5204740000000012'), expiry: null };
    const account = { kind: 'CARD', card } as const;
    const check = (raw: RawHolderData) => {
      const data = { account, holder: new Secret(normal(raw)) };
      const [sent] = JSON.parse(clearPayload([{ pushAccountId: '1', data }], 0).toString('utf8'));
      expect(fundingAccount(sent.fundingAccountData, 'it')).toMatchObject({ ok: true });
    };
    fc.assert(fc.property(anyHolder, check), RUNS);
  });

  it('holds no control character, no empty text, and no half of a character', () => {
    const check = (raw: RawHolderData) => {
      for (const text of textsOf(normal(raw))) {
        expect(text).not.toMatch(CONTROL);
        expect(text.trim()).toBe(text);
        expect(text).not.toBe('');
        expect(Buffer.from(text).toString('utf8')).toBe(text);
      }
    };
    fc.assert(fc.property(anyHolder, check), RUNS);
  });

  it('is the same when it is brought into form twice', () => {
    const check = (raw: RawHolderData) => expect(normal(asRaw(normal(raw)))).toEqual(normal(raw));
    fc.assert(fc.property(anyHolder, check), RUNS);
  });

  it('takes no time, however much there is of it', () => {
    for (const part of ['a', 'x\u0301', '王', ' a', '@', 'a.', '0', '\u0000', '/']) {
      const text = part.repeat(200_000);
      const cpuMs = cpuTimer();
      const { accountHolderAddress } = asRaw(
        normal({ accountHolderAddress: { line1: text, city: text, country: text } }),
      );
      normal({ accountHolderEmailAddress: `a@${text}`, accountHolderMobilePhoneNumber: text });
      expect(lengthOf(accountHolderAddress?.line1 ?? '')).toBeLessThanOrEqual(64);
      expect(cpuMs()).toBeLessThan(within(1000));
    }
  });

  it('goes along only if it was asked for, and what cannot go is named by item', () => {
    const raw: RawHolderData = {
      accountHolderName: '\u0007',
      accountHolderAddress: { city: 'Lowmere', country: 'Atlantis', postalCode: null },
      accountHolderEmailAddress: 'none',
      accountHolderMobilePhoneNumber: null,
    };
    const { holder, leftOut } = toHolderData(raw, ['NAME', 'ADDRESS', 'MOBILE_PHONE_NUMBER']);
    expect(holder).toEqual({ ADDRESS: { city: 'Lowmere' } });
    expect(leftOut.map(({ item }) => item)).toEqual(['NAME', 'ADDRESS.country']);
    expect(JSON.stringify(leftOut)).not.toMatch(/Atlantis|Lowmere|none/);
  });
});

describe('a name', () => {
  it.each([
    ['SUSAN ARCHER', 'SUSAN ARCHER'],
    ['ARCHER/SUSAN', 'ARCHER/SUSAN'],
    ['  Susan \t\n Archer ', 'Susan Archer'],
    ['SUSAN\u0000ARCHER\u200B', 'SUSANARCHER'],
    ['Archer / Susan / Ann', 'Archer/Susan Ann'],
    ['/SUSAN', 'SUSAN'],
    ['王小明', 'Wang Xiao Ming'],
    ['Søren Müller-Lüdenscheidt', 'Soren Muller-Ludenscheidt'],
    ['Ｓｕｓａｎ　Ａｒｃｈｅｒ', 'Susan Archer'],
    ['Владимир Попов', 'Vladimir Popov'],
    ['أمير حداد', 'amyr hdad'],
    ['Siobhán O’Neil 😀', "Siobhan O'Neil"],
    ['Sammy Davis Jr.', 'Sammy Davis Jr.'],
  ])('%j is sent as %j', (name, sent) => {
    expect(toName(name)).toBe(sent);
  });

  it.each([
    ['Amir Abdulrahman Khalil Suleiman Haddad', 'Amir A K S Haddad'],
    ['HADDAD/AMIR ABDULRAHMAN KHALIL SULEIMAN', 'HADDAD/AMIR A K S'],
    ['Wilhelmina Anna Berta Clara Bergerdorff-X', 'Wilhelmina Bergerdorff-X'],
    ['Wolfeschlegelsteinhausenberger Huber', 'Wolfeschlegelsteinhausenber'],
    ['Wolfeschlegelsteinhausenbe Huber', 'Wolfeschlegelsteinhausenbe'],
  ])('%j, too long, is sent as %j', (name, sent) => {
    expect(toName(name)).toBe(sent);
  });

  it.each(['', ' ', '\u0000\u0007', '\u200B\uFEFF', '😀', '---', '12345', '//'])('%j is none', (name) => {
    expect(toName(name)).toBeUndefined();
  });
});

describe('a country', () => {
  it.each([
    ['GBR', 'GBR'],
    ['GB', 'GBR'],
    [' gb ', 'GBR'],
    ['gbr', 'GBR'],
    ['826', 'GBR'],
    ['4', 'AFG'],
    ['United Kingdom', 'GBR'],
    ['turkey', 'TUR'],
    ['Côte d’Ivoire'.replace('’', "'"), 'CIV'],
    ['USA', 'USA'],
    ['XKX', 'XKX'],
  ])('%j is %j', (country, alpha3) => {
    expect(toCountry(country)).toBe(alpha3);
  });

  it.each(['', 'Atlantis', '000', '9999', 'zz', 'zzz', 'constructor', '__proto__', 'toString'])(
    '%j is none',
    (country) => expect(toCountry(country)).toBeUndefined(),
  );
});

describe('an address', () => {
  const ONE = 'Saffron Tower, the third entrance from the courtyard, 7 Saffron';
  const TWO = 'Street behind the old mill';

  it('goes on in the second line, at a word, when the first is too long', () => {
    expect(toAddress({ line1: `${ONE} ${TWO}` })).toMatchObject({ line1: ONE, line2: TWO });
    expect(toAddress({ line1: `${ONE}x ${TWO}` })).toMatchObject({ line1: `${ONE}x`, line2: TWO });
    expect(toAddress({ line1: `${ONE}xx ${TWO}` })).toMatchObject({
      line1: ONE.replace(/ \w+$/, ''),
      line2: `Saffronxx ${TWO}`,
    });
  });

  it('is cut off when the second line is not free, and where no word ends', () => {
    expect(toAddress({ line1: `${ONE} ${TWO}`, line2: 'Flat 3' })).toMatchObject({
      line1: ONE,
      line2: 'Flat 3',
    });
    const long = '示'.repeat(100);
    expect(toAddress({ line1: long })).toMatchObject({ line1: '示'.repeat(64), line2: '示'.repeat(36) });
  });

  it('is counted in characters, and keeps together what is read as one', () => {
    expect(toAddress({ city: '𠮷'.repeat(32) })?.city).toBe('𠮷'.repeat(32));
    // An x with an accent that has no character of its own: two characters, read as one.
    expect(toAddress({ city: `a${'x\u0301'.repeat(20)}` })?.city).toBe(`a${'x\u0301'.repeat(15)}`);
  });

  it('stays as it was written otherwise', () => {
    const address = { line1: '12½ Juniper Row', city: 'Łódź', countrySubdivision: 'GB-LND', country: 'GBR' };
    expect(toAddress(address)).toEqual(address);
  });

  it('loses a subdivision and a postal code that are too long: half of one would be another one', () => {
    const address = {
      city: 'Lowmere',
      countrySubdivision: 'Greater Lowmere',
      postalCode: 'LM1 4QT LM1 4QT LM1',
    };
    expect(toAddress(address)).toEqual({ city: 'Lowmere' });
  });

  it('is none when no field is left', () => {
    expect(toAddress({})).toBeUndefined();
    expect(toAddress({ line1: ' ', line2: '\u0000', city: null, country: 'Atlantis' })).toBeUndefined();
  });
});

describe('an e-mail address', () => {
  it.each([
    [' Susan.Archer@Mail.EXAMPLE\n', 'Susan.Archer@mail.example'],
    ['susan+card@münchen.example', 'susan+card@xn--mnchen-3ya.example'],
    ['a@b.co', 'a@b.co'],
  ])('%j is sent as %j', (address, sent) => {
    expect(toEmailAddress(address)).toBe(sent);
  });

  it.each([
    '',
    'none',
    '@mail.example',
    'susan@',
    'susan@localhost',
    'susan@10.0.0.1',
    'susan@1',
    'susan@a b.example',
    'susan@a%41.example',
    'susan archer@mail.example',
    'susan@x@mail.example',
    'susan..a@mail.example',
    '苏珊@mail.example',
    '<susan@mail.example>',
    'a@b.c',
    `${'a'.repeat(65)}@mail.example`,
    `susan@${'a'.repeat(64)}.example`,
    `susan@${'mail.'.repeat(60)}example`,
  ])('%j is none', (address) => {
    expect(toEmailAddress(address)).toBeUndefined();
  });
});

describe('a mobile phone number', () => {
  const BRITISH = { countryDialInCode: '44', phoneNumber: '7700900123' };

  it.each<[RawPhoneNumber, string | undefined]>([
    ['+44 7700 900123', undefined],
    ['+44-7700-900123', undefined],
    ['+44 (0) 7700 900123', undefined],
    ['07700 900123', 'GBR'],
    ['００４４ ７７００ ９００１２３', 'GBR'],
    [{ phoneNumber: '07700 900123', country: 'United Kingdom' }, 'JOR'],
    [{ phoneNumber: '+44 7700 900123', country: 'JO' }, undefined],
    [{ phoneNumber: '07700 900123', country: '', countryDialInCode: null }, 'GBR'],
    [{ phoneNumber: '7700900123', countryDialInCode: '44' }, 'JOR'],
    [{ phoneNumber: '07700 900 123', countryDialInCode: '+44' }, undefined],
    [{ phoneNumber: '07700900123', countryDialInCode: '+44' }, undefined],
  ])('%j, of an address in %j, is split', (raw, homeCountry) => {
    expect(toMobilePhoneNumber(raw, homeCountry)).toEqual(BRITISH);
  });

  it('keeps a zero that belongs to it', () => {
    const italian = { countryDialInCode: '39', phoneNumber: '0612345678' };
    expect(toMobilePhoneNumber('+39 06 1234 5678')).toEqual(italian);
    expect(toMobilePhoneNumber(italian)).toEqual(italian);
  });

  it.each([
    ['999', '12345678901234567890'],
    ['44', '07700900123'],
    ['0', '0'],
  ])('that the bank has split itself is believed as it stands: %s, %s', (countryDialInCode, phoneNumber) => {
    const split = { countryDialInCode, phoneNumber };
    expect(toMobilePhoneNumber(split, 'GBR')).toEqual(split);
  });

  it.each<[RawPhoneNumber, string | undefined]>([
    ['', 'GBR'],
    ['see file', 'GBR'],
    ['123', 'GBR'],
    ['+44 7700 900123 900123 900123', undefined],
    ['07700 900123', undefined],
    ['07700 900123', 'Atlantis'],
    [{ phoneNumber: 'none', countryDialInCode: '44' }, undefined],
    [{ phoneNumber: '7700900123', countryDialInCode: '44444' }, undefined],
    [{ phoneNumber: '1'.repeat(21), countryDialInCode: '44' }, undefined],
  ])('%j, of an address in %j, is none', (raw, homeCountry) => {
    expect(toMobilePhoneNumber(raw, homeCountry)).toBeUndefined();
  });
});

describe('a mask', () => {
  it.each([
    ['Susan Archer', 'S•••n A••••r'],
    ['ARCHER/SUSAN E', 'A••••R/S•••N •'],
    ['Wang Xiao Ming', 'W••g X••o M••g'],
    ['Ann Li', 'A•• L•'],
    ['12 Juniper Row', '1• J•••••r R••'],
    ['示范路七号', '示•••号'],
    ['x\u0301yz', 'x\u0301••'],
  ])('of the words %j is %j', (text, masked) => {
    expect(maskWords(text)).toBe(masked);
  });

  it.each([
    ['susan.archer@mail.example', 's•••@m•••.example'],
    ['s@mail.bank.example', 's•••@m•••.example'],
  ])('of the e-mail address %j is %j', (address, masked) => {
    expect(maskEmailAddress(address)).toBe(masked);
  });

  it.each([
    ['7700900123', '••••••••23'],
    ['12345', '•••45'],
    ['1234', '••••'],
    ['1', '•'],
  ])('of the phone number %j is %j', (number, masked) => {
    expect(maskPhoneNumber(number)).toBe(masked);
  });

  it('shows at most two characters of a word, and hides at least one', () => {
    const check = (text: string) => {
      for (const word of text.split(/[\s/]+/).filter(Boolean)) {
        const masked = maskWords(word);
        expect(masked).toContain('•');
        expect(masked.replace(/•/g, '').length).toBeLessThanOrEqual(2);
      }
    };
    fc.assert(fc.property(fc.string({ maxLength: 60 }), check), RUNS);
  });
});
