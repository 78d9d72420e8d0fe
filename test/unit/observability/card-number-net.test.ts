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
