/** The net under the log: a card number is masked however it is written, and what is none is left alone. */
import { describe, expect, it } from '@jest/globals';
import { maskCardNumbers, mayHoldCardNumber } from '../../../src/observability/card-number-net.js';

const PAN = '5555555555554444';
const IN_FOURS = ['5555', '5555', '5555', '4444'];
const hex = (text: string) => Buffer.from(text).toString('hex');
const codes = (write: (digit: string) => string) => [...PAN].map(write).join('');

const NUMBERS: readonly (readonly [form: string, text: string])[] = [
  ['plain', PAN],
  ['of 19 digits', '5018000000000000015'],
  ['of 15 digits', '378282246310005'],
  ['of 14 digits', '30569309025904'],
  ['of 13 digits', '4222222222222'],
  ['of 12 digits', '501800000009'],
  ['of 20 digits and more', `${PAN}0000`],
  ['among other digits', `9${PAN}9`],
  ['with its expiry', `${PAN}1228`],
  ['spaced', IN_FOURS.join(' ')],
  ['spaced twice', IN_FOURS.join('  ')],
  ['dashed', IN_FOURS.join('-')],
  ['dotted', IN_FOURS.join('.')],
  ['with typographic dashes', IN_FOURS.join('–')],
  ['with hard spaces', IN_FOURS.join('\u00a0')],
  ['with thin spaces', IN_FOURS.join('\u202f')],
  ['with bullets', IN_FOURS.join('•')],
  ['with what is not seen', IN_FOURS.join('\u00ad')],
  ['with byte order marks', IN_FOURS.join('\ufeff')],
  ['with marks of direction, escaped', IN_FOURS.join('\\u202a')],
  ['with a dash and spaces', IN_FOURS.join(' - ')],
  ['digit by digit', [...PAN].join(' ')],
  ['spaced, with its expiry', `${IN_FOURS.join(' ')} 12 28`],
  ['on several lines of a text', JSON.stringify(IN_FOURS.join('\n'))],
  ['URL-encoded', IN_FOURS.join('%20')],
  ['URL-encoded twice', IN_FOURS.join('%2520')],
  ['form-encoded', IN_FOURS.join('+')],
  ['each digit URL-encoded', codes((digit) => `%3${digit}`)],
  ['each digit URL-encoded twice', codes((digit) => `%253${digit}`)],
  ['each digit escaped for JSON', codes((digit) => `\\u003${digit}`)],
  ['escaped for JSON twice', codes((digit) => `\\\\u003${digit}`)],
  ['in hex', hex(PAN)],
  ['spaced, in hex', hex(IN_FOURS.join(' '))],
  ['in Base64', Buffer.from(PAN).toString('base64')],
  ['in Base64 for URLs', Buffer.from(PAN).toString('base64url')],
  ['spaced, in Base64', Buffer.from(IN_FOURS.join(' ')).toString('base64')],
  ['in Arabic digits', codes((digit) => String.fromCodePoint(0x660 + Number(digit)))],
  ['in Devanagari', codes((digit) => String.fromCodePoint(0x966 + Number(digit)))],
  ['in full width', codes((digit) => String.fromCodePoint(0xff10 + Number(digit)))],
  ['in the form of a UUID', '55555555-5555-4444-0000-000000000000'],
  ['after a word', `card${PAN}`],
  ['in a path', `/cards/${PAN}/push`],
  ['in a query', `?pan=${PAN}&x=1`],
];

const NO_NUMBERS: readonly (readonly [what: string, text: string])[] = [
  ['a moment', '{"time":"2026-11-23T04:45:55.123Z"}'],
  ['milliseconds since 1970', '{"at":1795000000000}'],
  ['milliseconds that pass the check', '{"at":1795000000004}'],
  ['a duration', '{"ms":4.555555555555444}'],
  ['a long duration', '{"ms":12345.555555555554}'],
  ['16 digits that are no card number', '5555555555554445'],
  ['an address', '192.168.100.200'],
  ['an address that passes the check', '210.100.100.101'],
  ['several addresses', '["10.100.100.100","10.100.100.101"]'],
  ['a UUID', 'id 41111111-1111-4111-8111-11111111111a'],
  ['an account range start', '"accountRanges":["545454545","555555555"]'],
  ['a token requestor', '"tokenRequestorId":"50123197928"'],
  ['a trace id', '"traceId":"a5555555555554444bcdefabcdefabcd"'],
  ['numbers of a list', '[5555,5555,5555,4444]'],
  ['a ratio', '55555/55555 in 5554'],
];

describe('the net under the log', () => {
  it.each(NUMBERS)('masks a card number %s', (_form, text) => {
    const masked = maskCardNumbers(`before ${text} after`);
    expect(masked).toMatch(/^before .*\[PAN\].* after$/);
    expect(masked.replace(/\D/g, '').length).toBeLessThan(9);
  });

  it.each(NO_NUMBERS)('leaves %s alone', (_what, text) => expect(maskCardNumbers(text)).toBe(text));

  it('leaves a line that is JSON as JSON', () => {
    const line = JSON.stringify({ ms: 4.5, text: `no ${PAN}`, nested: `{"a":${PAN}}` });
    const masked = maskCardNumbers(line.replace('4.5', '4.555555555555444').replace('}"}', `}","n":${PAN}}`));
    expect(JSON.parse(masked)).toEqual({
      ms: 4.555555555555444,
      text: 'no [PAN]',
      nested: '{"a":[PAN]}',
      n: '[PAN]',
    });
  });

  it('leaves a list as a list, and a name as a name', () => {
    const line = `{"text":"a \\"b,${PAN}","list":[${PAN},1,${PAN}],"card-number":${PAN}}`;
    expect(JSON.parse(maskCardNumbers(line))).toEqual({
      text: 'a "b,[PAN]',
      list: ['[PAN]', 1, '[PAN]'],
      'card-number': '[PAN]',
    });
  });

  it('knows a trace id that is a number', () => {
    expect(mayHoldCardNumber(PAN.repeat(2))).toBe(true);
    expect(mayHoldCardNumber(`${hex('abcd')}${PAN}${hex('abcd')}`)).toBe(true);
    expect(mayHoldCardNumber('4bf92f3577b34da6a3ce929d0e0e4736')).toBe(false);
  });

  it('looks at 100 kB of digits and separators in a moment', () => {
    const worst = [
      '1 '.repeat(50_000),
      '1'.repeat(100_000),
      '%20'.repeat(30_000),
      '\\'.repeat(100_000),
      '1- '.repeat(30_000),
    ];
    const startedAt = process.cpuUsage();
    for (const text of worst) maskCardNumbers(text);
    const { user } = process.cpuUsage(startedAt);
    expect(user / 1000).toBeLessThan(3000);
  });
});

/** With every digit there is. */
const EVERY_DIGIT = withCheckDigit('520473689412075');
const grouped = (number: string) => (number.match(/.{4}/g) ?? []).join(' ');
const inScript = (zero: number) => (number: string) =>
  [...number].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
const each = (before: string) => (number: string) => [...number].map((digit) => before + digit).join('');
const FORMS: readonly (readonly [form: string, write: (number: string) => string])[] = [
  ['plain', String],
  ['spaced', grouped],
  ['escaped for JSON', each('\\u003')],
  ['escaped for JSON twice', each('\\\\u003')],
  ['URL-encoded', each('%3')],
  ['URL-encoded twice', each('%253')],
  ['URL-encoded three times', each('%25253')],
  ['in Base64', (number) => Buffer.from(number).toString('base64')],
  ['spaced, in Base64', (number) => Buffer.from(grouped(number)).toString('base64')],
  ['in Arabic digits', inScript(0x660)],
  ['in those of Persian', inScript(0x6f0)],
  ['in Devanagari', inScript(0x966)],
  ['in full width', inScript(0xff10)],
  ['in bold', inScript(0x1d7ce)],
];

function withCheckDigit(digits: string): string {
  const found = [...'0123456789'].map((last) => digits + last).filter(passesLuhn);
  return found[0] ?? '';
}
/** As everywhere: from the right, every second digit twice. */
function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((all, digit, at) => {
    const times = Number(digit) * (1 + (at % 2));
    return all + Math.floor(times / 10) + (times % 10);
  }, 0);
  return sum % 10 === 0;
}
/** The same but for its last digit. */
const off = (number: string) => number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
const isMasked = (text: string) => maskCardNumbers(`a ${text} b`) !== `a ${text} b`;

describe('by its check digit', () => {
  it.each(FORMS)('a card number %s is told from one that is none', (_form, write) => {
    expect(isMasked(write(EVERY_DIGIT))).toBe(true);
    expect(isMasked(write(off(EVERY_DIGIT)))).toBe(false);
  });

  it.each([12, 13, 14, 15])('one of %i digits, which begins as cards do', (length) => {
    for (const first of '23456') {
      const number = withCheckDigit(`${first}018035719246850`.slice(0, length - 1));
      expect([isMasked(number), isMasked(off(number))]).toEqual([true, false]);
    }
    for (const first of '01789') {
      expect(isMasked(withCheckDigit(`${first}018035719246850`.slice(0, length - 1)))).toBe(false);
    }
  });

  it.each([16, 17, 18, 19])('one of %i digits, however it begins', (length) => {
    for (const first of '0123456789') {
      const number = withCheckDigit(`${first}0180357192468503`.padEnd(length - 1, '7').slice(0, length - 1));
      expect([isMasked(number), isMasked(off(number))]).toEqual([true, false]);
    }
  });

  it('no number of 11 digits is one, and every one of 20 may hold one', () => {
    expect(isMasked(withCheckDigit('5018035719'))).toBe(false);
    expect(isMasked('8'.repeat(20))).toBe(true);
    expect(isMasked(`${'8'.repeat(20)} 1`)).toBe(true);
  });

  it('what is parted is looked at part by part', () => {
    // The whole has another check digit than the card in it.
    expect(isMasked('4111 1111 1111 1111 1')).toBe(true);
    expect(isMasked('1 4111 1111 1111 1111')).toBe(true);
    // Of its parts some are too short for a card.
    expect(isMasked('26 9999 9999 9992')).toBe(false);
  });

  it.each<[string, boolean]>([
    ...['51', '55', '2221', '2222', '2229', '2230', '2299', '2300', '2699', '2700', '2719', '2720'].map(
      (start): [string, boolean] => [start, true],
    ),
    ...['50', '56', '2220', '2721', '2800', '4'].map((start): [string, boolean] => [start, false]),
  ])('among other digits, one that begins with %s: %s', (start, isOurs) => {
    const number = withCheckDigit(start.padEnd(15, '70'));
    expect(isMasked(`1${number}`)).toBe(isOurs);
  });
});

describe('in a line of the log', () => {
  it.each([
    'id 41111111-1111-1111-8111-11111111111a',
    `{"ms":12345.${withCheckDigit(`12345${'5'.repeat(11)}`).slice(5)}}`,
    `{"ms":-1.${withCheckDigit(`1${'5'.repeat(14)}`).slice(1)}}`,
    Buffer.from(':abcdefghijklmnop').toString('base64'),
  ])('leaves %s alone', (text) => expect(maskCardNumbers(text)).toBe(text));

  it.each<[string, string]>([
    [`a: no ${PAN}`, 'a: no [PAN]'],
    [`[1] ${PAN}`, '[1] [PAN]'],
    [`{"n":-${PAN}}`, '{"n":-0}'],
    [`{"n":${PAN.slice(0, 12)}.${PAN.slice(12)}}`, '{"n":"[PAN]"}'],
    ['{"n":5.555-5555-5555-54444}'.replace('54444', '4444'), '{"n":"[PAN]"}'],
  ])('of %s makes %s', (text, masked) => expect(maskCardNumbers(text)).toBe(masked));
});
