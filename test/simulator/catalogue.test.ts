/** The catalogue feels real: enough of everything, each entry within MDES's own limits. */
import { describe, expect, it } from '@jest/globals';
import { parseAccountRange } from '../../src/domain/account-range.js';
import { createCatalogue } from '../../src/simulator/catalogue/catalogue.js';
import { isEnabledFor } from '../../src/simulator/catalogue/catalogue-entry.js';
import { LOGO_DRAWINGS } from '../../src/simulator/catalogue/logo-drawings.js';
import { MAGIC_ACCOUNTS, MAGIC_REQUESTORS } from '../../src/simulator/catalogue/magic.js';
import { DEMO_ACCOUNT_RANGES, DEMO_ACCOUNTS } from '../../src/simulator/demo/demo-accounts.js';

const { requestors, ranges, rangeOf } = createCatalogue();
const known = [...ranges.values()];
const ordinary = requestors.filter(
  ({ tokenRequestorId }) => !MAGIC_REQUESTORS.some((magic) => magic.tokenRequestorId === tokenRequestorId),
);
const rangesOf = (holder: string) =>
  DEMO_ACCOUNTS.filter((account) => account.accountHolder === holder).flatMap(
    ({ range }) => known.find(({ digits }) => digits === range) ?? [],
  );

describe('the account ranges', () => {
  it('are at least 40, with 6 to 12 significant digits', () => {
    expect(ranges.size).toBeGreaterThanOrEqual(40);
    expect([...new Set(known.map(({ digits }) => digits.length))].sort((a, b) => a - b)).toEqual(
      expect.arrayContaining([6, 7, 8, 9, 12]),
    );
  });

  it('do not lie in each other', () => {
    for (const outer of known) {
      const within = known.filter((inner) => inner !== outer && inner.digits.startsWith(outer.digits));
      expect(within).toEqual([]);
    }
  });

  it('hold the demo accounts, each in the range that the card store names', () => {
    for (const account of DEMO_ACCOUNTS) {
      const data =
        account.kind === 'CARD' ? { cardAccountData: account.data } : { financialAccountData: account.data };
      expect(rangeOf(data)?.digits).toBe(account.range);
    }
    for (const range of DEMO_ACCOUNT_RANGES) expect([...ranges.keys()]).toContain(range);
  });
});

describe('the token requestors', () => {
  it('are at least 24 ordinary ones, wallets and merchants', () => {
    expect(ordinary.length).toBeGreaterThanOrEqual(24);
    expect(new Set(ordinary.map((entry) => entry.tokenRequestorType))).toEqual(
      new Set(['WALLET', 'MERCHANT']),
    );
  });

  it('show all eight combinations of capabilities, signed and unsigned', () => {
    const combinations = ordinary.map((entry) =>
      [
        entry.supportsMultiplePushedCards,
        entry.supportsCardHolderAuthentication ?? false,
        entry.supportIssuerInitiatedDigitizationData ?? false,
      ].join(),
    );
    expect(new Set(combinations).size).toBe(8);
    expect(new Set(ordinary.map((entry) => entry.tokenRequestorSignatureSupport ?? false)).size).toBe(2);
  });

  it('keep to MDES’s limits', () => {
    for (const entry of requestors) {
      expect(entry.tokenRequestorId).toMatch(/^\d{11}$/);
      expect(Array.from(entry.name).length).toBeLessThanOrEqual(64);
      expect(Array.from(entry.consumerFacingEntityName).length).toBeLessThanOrEqual(100);
      expect(entry.imageAssetId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(entry.walletId !== undefined).toBe(entry.tokenRequestorType === 'WALLET');
      expect(entry.walletId ?? '1').toMatch(/^\d{1,3}$/);
      for (const { type, uri } of entry.availablePushMethods ?? []) {
        expect(uri.length).toBeGreaterThanOrEqual(11);
        expect(uri.length).toBeLessThanOrEqual(128);
        expect(entry.supportedPushMethods).toContain(type);
      }
    }
  });

  it('have ids, assets and logos of their own', () => {
    for (const member of ['tokenRequestorId', 'imageAssetId', 'logo'] as const) {
      expect(new Set(requestors.map((entry) => entry[member])).size).toBe(requestors.length);
    }
    expect(Object.keys(LOGO_DRAWINGS).length).toBe(requestors.length);
  });

  it('have names up to 100 characters and in other scripts', () => {
    const names = requestors.map((entry) => entry.consumerFacingEntityName);
    expect(Math.max(...names.map((name) => Array.from(name).length))).toBe(100);
    for (const script of [/\p{Script=Arabic}/u, /\p{Script=Hiragana}/u, /\p{Script=Greek}/u, /É/]) {
      expect(names.some((name) => script.test(name))).toBe(true);
    }
  });

  it('include URIs with an app scheme, with a query and with a bare question mark', () => {
    const uris = requestors.flatMap((entry) => (entry.availablePushMethods ?? []).map(({ uri }) => uri));
    for (const form of [/^[a-z-]+:\/\/(?<!https:\/\/)/, /\?[a-z]+=/, /\?$/]) {
      expect(uris.some((uri) => form.test(uri))).toBe(true);
    }
  });
});

describe('what the demo account holders meet', () => {
  it('is a dozen ordinary requestors on all accounts of susan, for every case', () => {
    const all = rangesOf('susan');
    expect(all).toHaveLength(4);
    const everywhere = requestors.filter((entry) => all.every((range) => isEnabledFor(entry, range)));
    expect(everywhere.length).toBeGreaterThanOrEqual(12);
    const plain = everywhere.filter(
      (entry) => entry.supportsMultiplePushedCards && entry.supportsCardHolderAuthentication !== true,
    );
    const digitizing = plain.filter((entry) => entry.supportIssuerInitiatedDigitizationData === true);
    expect(digitizing.length).toBeGreaterThanOrEqual(3);
    expect(plain.length - digitizing.length).toBeGreaterThanOrEqual(3);
  });

  it('is never anything magic for susan', () => {
    for (const range of rangesOf('susan')) {
      for (const entry of requestors.filter((candidate) => isEnabledFor(candidate, range))) {
        expect(ordinary).toContain(entry);
      }
    }
    const susans = DEMO_ACCOUNTS.filter((account) => account.accountHolder === 'susan');
    for (const { accountNumber } of MAGIC_ACCOUNTS)
      expect(JSON.stringify(susans)).not.toContain(accountNumber);
  });

  it('is every magic requestor and some ordinary ones for amir', () => {
    const range = known.find(({ digits }) => digits === '54999900');
    const met = requestors.filter((entry) => range !== undefined && isEnabledFor(entry, range));
    expect(met.length - met.filter((entry) => ordinary.includes(entry)).length).toBe(MAGIC_REQUESTORS.length);
    expect(met.length).toBeGreaterThan(MAGIC_REQUESTORS.length + 5);
  });

  it('are card numbers that pass the Luhn check, in ranges that parse', () => {
    for (const account of DEMO_ACCOUNTS) {
      if (account.kind === 'CARD') expect(luhn(account.data.accountNumber)).toBe(0);
      expect(parseAccountRange(account.range.padEnd(9, '0'))).toBeDefined();
    }
  });
});

function luhn(digits: string): number {
  const values = [...digits].reverse().map((digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return doubled > 9 ? doubled - 9 : doubled;
  });
  return values.reduce((sum, value) => sum + value, 0) % 10;
}
