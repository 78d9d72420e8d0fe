/** What an account holder reads of a push: in every language for every end, for one card as for several. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { PushedAccount } from '../../../src/push/push.js';
import { PUSH_STATUSES } from '../../../src/push/push-status.js';
import { readRefusalTexts } from '../../../src/push/refusals/refusal-texts.js';
import { readPushTexts, textOfAccount, textOfPush } from '../../../src/push/texts/push-texts.js';
import { WALLET_OUTCOMES } from '../../../src/push/wallet-outcome.js';
import { accountsOf, pushOf, REFUSED, reported } from '../../support/push/pushes.js';

const FOLDER = new URL('../../../src/push/texts/push-texts/', import.meta.url);
const REFUSALS = new URL('../../../src/push/refusals/refusal-texts/', import.meta.url);
const languagesIn = (folder: URL) => readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));

describe('the texts of pushes', () => {
  it('are there in the languages that refusals speak, these eight at least', () => {
    expect(languagesIn(FOLDER)).toEqual(languagesIn(REFUSALS));
    const eight = ['ar', 'de', 'en', 'es', 'fr', 'it', 'nl', 'pt'];
    expect(languagesIn(FOLDER)).toEqual(expect.arrayContaining(eight.map((language) => `${language}.json`)));
  });

  it.each(languagesIn(FOLDER))('in %s are short sentences, one for every code and for no other', (file) => {
    const texts = read(file);
    expect(Object.keys(texts).sort()).toEqual([...new Set([...PUSH_STATUSES, ...WALLET_OUTCOMES])].sort());
    expect(new Set(Object.values(texts)).size).toBe(Object.keys(texts).length);
    const english = file === 'en.json' ? [] : Object.values(read('en.json'));
    for (const [code, text] of Object.entries(texts)) {
      expect([code, text]).toEqual([code, text.trim().normalize('NFC')]);
      expect([code, text]).toEqual([code, expect.stringMatching(/^[^{}<>%_\p{C}]{20,200}[.؟?!。]$/u)]);
      expect([code, text]).not.toEqual([code, expect.stringMatching(/\p{Lu}{3}|[Tt]oken|Mastercard/u)]);
      expect(english).not.toContain(text);
    }
  });
});

describe('what she is told', () => {
  it('is what holds for all of the cards, else what the push as a whole has come to', async () => {
    const reader = {
      pushTexts: await readPushTexts(),
      refusalTexts: await readRefusalTexts(),
      languages: ['nl-BE', 'en'],
    };
    const told = (...accounts: readonly Partial<PushedAccount>[]) =>
      textOfPush(pushOf({ accounts: accountsOf(...accounts) }), reader);
    const dutch = read('nl.json');
    const approved = { outcome: reported('APPROVED') };
    const twice = { outcome: reported('DUPLICATE_REQUEST') };
    const inDutch = (code: string) => ({ text: dutch[code], language: 'nl' });
    expect(told({})).toEqual(inDutch('READY'));
    expect(told(approved)).toEqual(inDutch('APPROVED'));
    expect(told(twice, twice)).toEqual(inDutch('DUPLICATE_REQUEST'));
    expect(told(approved, twice)).toEqual(inDutch('COMPLETED'));
    expect(told(approved, {})).toEqual(inDutch('PARTIALLY_COMPLETED'));
    const refused = reader.refusalTexts.textOf('ACCOUNT_INELIGIBLE', ['nl']);
    expect(told({ result: REFUSED })).toEqual(refused);
    expect(told({ result: REFUSED }, { result: REFUSED })).toEqual(inDutch('FAILED'));
    const push = pushOf({ accounts: accountsOf({ result: REFUSED }, approved, {}) });
    expect(push.accounts.map((account) => textOfAccount(push, account, reader))).toEqual([
      refused,
      inDutch('APPROVED'),
      null,
    ]);
  });
});
