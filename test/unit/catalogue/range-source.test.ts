/** What of the catalogue a process keeps in its own memory, once. */
import { expect, it } from '@jest/globals';
import type { Cache } from '../../../src/catalogue/cache/cache.js';
import { RangeReader } from '../../../src/catalogue/catalogue-entries.js';
import { RangeSource } from '../../../src/catalogue/range-source.js';
import { SeenEntries } from '../../../src/catalogue/seen-entries.js';
import { parseAccountRange } from '../../../src/domain/account-range.js';
import { LONE_LEASE } from '../../../src/resilience/lease.js';

/** A cache that hands out the same rows again and again. */
function cacheOf(rows: ReadonlyMap<string, unknown>): Cache {
  return {
    getMany: async (keys) => keys.map((key) => rows.get(key)),
    setMany: () => undefined,
    settled: async () => undefined,
    lease: () => LONE_LEASE,
    state: () => 'memory',
    close: async () => undefined,
  };
}

it('serves what this process keeps, each requestor once for all of its ranges', async () => {
  const ranges = ['520474000', '520474001'].flatMap((digits) => parseAccountRange(digits) ?? []);
  const row = (storedAt: number) => ({
    storedAt,
    tokenRequestors: [
      {
        id: '50130000001',
        name: 'Lark Wallet Ltd',
        consumerFacingEntityName: 'Lark Wallet',
        type: 'WALLET',
        walletId: '101',
        imageAssetId: null,
        supportedPushMethods: ['WEB'],
        supportsMultiplePushedCards: true,
        supportedAccountHolderData: [],
        supportsCardHolderAuthentication: false,
        supportsIssuerInitiatedDigitizationData: false,
      },
    ],
  });
  const rows = new Map(ranges.map((range, index) => [`range-${range}`, row(1000 + index)]));
  const seen = new SeenEntries();
  const mdes = {
    getEligibleTokenRequestors: () => Promise.reject(new Error('MDES is not asked')),
    getAsset: () => Promise.reject(new Error('MDES is not asked')),
    pushMultipleAccounts: () => Promise.reject(new Error('MDES is not asked')),
    state: () => 'ready' as const,
    close: async () => undefined,
  };
  const source = new RangeSource(
    { mdes, cache: cacheOf(rows), clock: { now: () => 2000 }, seen },
    { hardAge: 10_000 },
  );
  const first = [...(await source.stored(ranges)).values()];
  const second = [...(await source.stored(ranges)).values()];
  expect(first).toEqual([row(1000), row(1001)]);
  for (const [index, range] of ranges.entries()) {
    expect(first[index]).toBe(seen.get(range));
    expect(second[index]).toBe(first[index]);
  }
  expect(first[0]?.tokenRequestors[0]).toBe(first[1]?.tokenRequestors[0]);
});

it('keeps no copy of a row that it has read: the row leads to the entry that is kept anyway', () => {
  const reader = new RangeReader();
  const row = { storedAt: 1000, tokenRequestors: [] };
  const kept = { storedAt: 1000, tokenRequestors: [] };
  expect(reader.read(row)).toEqual(kept);
  reader.remember(row, kept);
  expect(reader.read(row)).toBe(kept);
});
