/** Which languages an Accept-Language header asks for, however it is written. */
import { describe, expect, it } from '@jest/globals';
import { languagesOf } from '../../../src/server/pipeline/languages.js';

describe('Accept-Language', () => {
  it.each<[string | undefined, readonly string[]]>([
    [undefined, ['en']],
    ['', ['en']],
    ['*', ['en']],
    ['de', ['de']],
    ['de-at', ['de-AT']],
    ['da, en-GB;q=0.8, en;q=0.7', ['da', 'en-GB', 'en']],
    ['en;q=0.5, sv', ['sv', 'en']],
    ['fr;q=0.2,de;q=0.9,sv;q=0.9', ['de', 'sv', 'fr']],
    ['de ; q=0.5 , sv ; Q=1.000', ['sv', 'de']],
    ['de;q=0, sv', ['sv']],
    ['de;q=0.000', ['en']],
    ['zh-hant-tw, ar-u-nu-latn', ['zh-Hant-TW', 'ar-u-nu-latn']],
    ['de, de;q=0.5, DE', ['de']],
    ['*;q=0.1, sv', ['sv']],
  ])('%j is %j', (header, languages) => {
    expect(languagesOf(header)).toEqual(languages);
  });

  it.each([
    'de_DE',
    'x',
    '-',
    'de-',
    '12',
    'de;q=2',
    'de;q=-1',
    'de;q=1.001',
    'de;q=0.0001',
    'de;q=NaN',
    'de;q=',
    'de;level=1',
    'de;q=1;q=1',
    '__proto__',
    'constructor',
    "';DROP TABLE--",
    'jndi:ldap://x',
    'de\u0000',
    ';;;;,,,,',
    'a'.repeat(5000),
    ','.repeat(5000),
    ' '.repeat(5000),
  ])('what is malformed is left out: %#', (text) => {
    expect(languagesOf(text)).toEqual(['en']);
    if (text.length < 100) expect(languagesOf(`${text}, sv`)).toEqual(['sv']);
  });

  it('looks at ten ranges and 200 characters, and never at half a range', () => {
    const many = Array.from({ length: 26 }, (_, index) => `a${String.fromCharCode(97 + index)}`);
    expect(languagesOf(many.join(',')).length).toBe(10);
    const long = 'de-x-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee';
    const header = [long, `${long}-f`, `${long}-g`, 'de;q=0.25', 'sv-SE;q=0.501'].join(',');
    expect(header.length).toBeLessThan(200);
    const pad = ' '.repeat(196 - header.length);
    expect(languagesOf(`${header}${pad},fr-CA`)).not.toContain('fr');
    expect(languagesOf(`${header}${pad},fr-CA`)).not.toContain('fr-CA');
    expect(languagesOf(`${header}${pad},fr-CA`)).toContain('sv-SE');
    expect(languagesOf(`${header}${pad},fr`)).toContain('fr');
  });
});
