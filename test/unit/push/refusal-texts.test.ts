/** Every refusal has words for the account holder in every language, and she gets those that suit her best. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { REFUSAL_CODES, REFUSALS } from '../../../src/push/refusals/refusal.js';
import { RefusalTextBook, readRefusalTexts } from '../../../src/push/refusals/refusal-texts.js';

const FOLDER = new URL('../../../src/push/refusals/refusal-texts/', import.meta.url);
const LANGUAGES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));
const read = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${language}.json`, FOLDER), 'utf8'));

/** Codes, and words of ours, that mean nothing to her. */
const INTERNALS =
  /\p{Lu}{3}|[Mm]astercard|[Gg]raph[Qq][Ll]|[Rr]equestor|[Tt]oken|[Dd]igiti[sz]ation|[Cc]allback/u;

describe('the texts of refusals', () => {
  it('are there in English, Spanish and Arabic at least', () => {
    expect(LANGUAGES).toEqual(expect.arrayContaining(['ar', 'en', 'es']));
  });

  it.each(LANGUAGES)('in %s have a text for every code and for no other', (language) => {
    expect(Object.keys(read(language)).sort()).toEqual([...REFUSAL_CODES].sort());
  });

  it.each(LANGUAGES)('in %s are short sentences, in words that an account holder knows', (language) => {
    for (const [code, text] of Object.entries(read(language))) {
      expect([code, text]).toEqual([code, text.trim().normalize('NFC')]);
      expect([code, text]).toEqual([code, expect.stringMatching(/^[^{}<>%_\p{C}]{20,200}[.؟?!。]$/u)]);
      expect([code, INTERNALS.exec(text)?.[0]]).toEqual([code, undefined]);
    }
  });

  it.each(LANGUAGES)('in %s stand in a file that has the name of its language', (language) => {
    expect(Intl.getCanonicalLocales(language)).toEqual([language]);
    const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
    expect(names.of(language)).toBeDefined();
  });

  it.each(LANGUAGES.filter((language) => language !== 'en'))('in %s are translated', (language) => {
    const english = new Set(Object.values(read('en')));
    expect(Object.values(read(language)).filter((text) => english.has(text))).toEqual([]);
  });

  it('in Arabic hold no Latin letter', () => {
    for (const text of Object.values(read('ar'))) expect(text).toMatch(/^[\p{Script=Arabic}\p{P}\p{M} ]+$/u);
  });

  it('are other words than those for developers', () => {
    const messages = Object.values(REFUSALS).map(({ message }) => message);
    for (const text of Object.values(read('en'))) expect(messages).not.toContain(text);
  });
});

describe('the language of a text', () => {
  const book = new RefusalTextBook(
    new Map([
      ['es', { TOO_MANY_ACCOUNTS: 'es' }],
      ['pt-BR', { TOO_MANY_ACCOUNTS: 'pt-BR' }],
      ['zh-Hant', { TOO_MANY_ACCOUNTS: 'zh-Hant' }],
      ['fr', {}],
    ]),
  );

  it.each<[readonly string[], string]>([
    [['es'], 'es'],
    [['es-MX'], 'es'],
    [['es-Latn-MX-u-nu-latn'], 'es'],
    [['pt-BR'], 'pt-BR'],
    [['zh-Hant-TW'], 'zh-Hant'],
    [['sv', 'es', 'en'], 'es'],
    [['en', 'es'], 'en'],
    [['en-GB', 'es'], 'en'],
    [['pt'], 'en'],
    [['sv'], 'en'],
    [[], 'en'],
    [['__proto__', 'constructor', ''], 'en'],
  ])('for %j is %s', (languages, language) => {
    expect(book.textOf('TOO_MANY_ACCOUNTS', languages).language).toBe(language);
  });

  it('is the next one where a translation lacks the code, in the end English', () => {
    expect(book.textOf('TOO_MANY_ACCOUNTS', ['fr', 'es'])).toEqual({ text: 'es', language: 'es' });
    const english = { text: read('en')['FUNDING_ACCOUNT_EXPIRED'], language: 'en' };
    expect(book.textOf('FUNDING_ACCOUNT_EXPIRED', ['fr', 'es'])).toEqual(english);
  });

  it('is always one that the text is in, whatever is asked for', async () => {
    const texts = await readRefusalTexts();
    expect(texts.languages).toEqual([...LANGUAGES].sort());
    const languages = fc.array(fc.oneof(fc.string(), fc.constantFrom(...LANGUAGES, 'es-MX', 'ar-EG', 'de')));
    fc.assert(
      fc.property(fc.constantFrom(...REFUSAL_CODES), languages, (code, wanted) => {
        const { text, language } = texts.textOf(code, wanted);
        expect(text).toBe(read(language)[code]);
      }),
    );
  });
});
