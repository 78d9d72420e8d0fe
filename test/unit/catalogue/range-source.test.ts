/** What of the catalogue is kept once, in memory and in the cache, and how much MDES is asked for at once. */
import { describe, expect, it } from '@jest/globals';
import type { Cache, CacheEntry } from '../../../src/catalogue/cache/cache.js';
import { RangeSource } from '../../../src/catalogue/range-source.js';
import { SeenEntries } from '../../../src/catalogue/seen-entries.js';
import { type AccountRange } from '../../../src/domain/account-range.js';
import type { TokenRequestor } from '../../../src/domain/token-requestor.js';
import { AnswerTooLarge, MdesError } from '../../../src/mdes/mdes-error.js';
import { LONE_LEASE } from '../../../src/resilience/lease.js';
import { Turns } from '../../../src/resilience/turns.js';
import { range } from '../../support/mdes/mdes-fixtures.js';

/** Keeps what was set, as Redis would, and how many keys each read had. */
class Rows implements Cache {
  readonly rows = new Map<string, unknown>();
  readonly reads: number[] = [];
  readonly recheckMs = 0;

  async getMany(keys: readonly string[]): Promise<unknown[]> {
    this.reads.push(keys.length);
    return keys.map((key) => this.rows.get(key));
  }

  holds(): boolean {
    return false;
  }

  setMany(entries: readonly CacheEntry[]): void {
    for (const { key, value } of entries) this.rows.set(key, JSON.parse(JSON.stringify(value)));
  }

  async settled(): Promise<void> {}

  lease() {
    return LONE_LEASE;
  }

  state() {
    return 'ready' as const;
  }

  async close(): Promise<void> {}
}

type Say = (asked: readonly AccountRange[]) => readonly TokenRequestor[];

/** A process of its own on these rows. */
function processOn(cache: Cache, say: Say, now = 1000) {
  const calls: number[] = [];
  const never = () => Promise.reject(new Error('MDES is not asked for this'));
  const turns = new Turns();
  const seen = new SeenEntries(turns);
  const mdes = {
    getEligibleTokenRequestors: async (asked: readonly AccountRange[]) => {
      calls.push(asked.length);
      return say(asked);
    },
    getAsset: never,
    pushMultipleAccounts: never,
    state: () => 'ready' as const,
    close: async () => undefined,
  };
  const source = new RangeSource(
    { mdes, cache, clock: { now: () => now }, seen, turns: new Turns() },
    { hardAge: 10_000 },
  );
  return { source, seen, calls };
}

const RANGES = Array.from({ length: 60 }, (_, index) => range(String(520474000 + index)));

function requestor(id: number, enabledAccountRanges: readonly AccountRange[], name = 'Lark'): TokenRequestor {
  return {
    id: String(50130000000 + id),
    name: `${name} Ltd`,
    consumerFacingEntityName: name,
    type: 'WALLET',
    walletId: '101',
    imageAssetId: null,
    enabledAccountRanges,
    supportedPushMethods: ['WEB'],
    supportsMultiplePushedCards: true,
    supportedAccountHolderData: [],
    supportsCardHolderAuthentication: false,
    supportsIssuerInitiatedDigitizationData: false,
  };
}

const many: Say = (asked) => Array.from({ length: 2400 }, (_, id) => requestor(id, asked));
const silent: Say = () => {
  throw new MdesError('UNAVAILABLE', 'away');
};

describe('what is kept', () => {
  it('is each requestor once and a list of them once, for all ranges', async () => {
    const cache = new Rows();
    const { source, seen } = processOn(cache, many);
    await source.fetch(RANGES);
    const entries = RANGES.map((one) => seen.get(one));
    expect(new Set(entries.map((entry) => entry?.list)).size).toBe(1);
    expect(entries[0]?.list.requestors).toHaveLength(2400);
    expect(cache.rows.size).toBe(60 + 1 + 2400);
    const sizes = [...cache.rows.values()].map((value) => JSON.stringify(value).length);
    expect(Math.max(...sizes)).toBeLessThan(30_000);
    expect(sizes.filter((size) => size > 1000)).toHaveLength(1);
  });

  it('is what another process finds, in reads of a size that Redis answers in time', async () => {
    const cache = new Rows();
    const one = processOn(cache, many);
    await one.source.fetch(RANGES);
    const other = processOn(cache, silent);
    const found = await other.source.stored(RANGES);
    expect([...found.keys()]).toEqual(RANGES);
    for (const [of, { list, storedAt }] of found) {
      expect(storedAt).toBe(1000);
      expect(list).toBe(other.seen.get(of)?.list);
      expect(list.ref).toBe(one.seen.get(of)?.list.ref);
    }
    expect(found.get(range('520474000'))?.list.requestors).toEqual(
      one.seen.get(range('520474000'))?.list.requestors,
    );
    expect(cache.reads).toEqual([60, 1, 500, 500, 500, 500, 400]);
    // What it knows it does not read again.
    await other.source.stored(RANGES);
    expect(cache.reads.slice(7)).toEqual([60]);
    expect(other.calls).toEqual([]);
  });

  it('says of a requestor under each range what MDES said under that one', async () => {
    const cache = new Rows();
    const [first, second] = [range('520474000'), range('520474001')];
    const twoFaced: Say = (asked) => asked.map((one) => requestor(1, [one], one === first ? 'Lark' : 'Wren'));
    await processOn(cache, twoFaced).source.fetch([first, second]);
    const { source } = processOn(cache, silent);
    const found = await source.stored([first, second]);
    const names = [first, second].map((one) => found.get(one)?.list.requestors[0]?.consumerFacingEntityName);
    expect(names).toEqual(['Lark', 'Wren']);
  });

  it.each([
    ['a list that is gone', (key: string) => key.startsWith('list-'), undefined],
    ['a list of another content', (key: string) => key.startsWith('list-'), 'AAAAAAAAAAAA'],
    ['a requestor that is gone', (key: string) => key.startsWith('requestor-'), undefined],
    ['a requestor that is rubbish', (key: string) => key.startsWith('requestor-'), { foo: 1 }],
    [
      "a requestor under another's key",
      (key: string) => key.startsWith('requestor-'),
      requestor(7, [], 'Magpie'),
    ],
  ])('is a miss with %s, and whole again once it has been fetched', async (_, isSpoilt, rubbish) => {
    const cache = new Rows();
    const two: Say = (asked) => [requestor(1, asked), requestor(2, asked)];
    await processOn(cache, two).source.fetch(RANGES);
    for (const key of cache.rows.keys()) if (isSpoilt(key)) cache.rows.set(key, rubbish);
    const { source } = processOn(cache, two, 2000);
    expect((await source.stored(RANGES)).size).toBe(0);
    await source.fetch(RANGES);
    expect((await processOn(cache, silent).source.stored(RANGES)).size).toBe(60);
  });

  it('does not grow with what MDES has said long ago', async () => {
    const seen = new SeenEntries(new Turns());
    const [one] = RANGES;
    if (one === undefined) throw new Error('no range');
    for (let at = 1; at <= 5000; at++) {
      const kept = seen.lists.keepRequestor(requestor(1, [], `Lark ${at}`));
      seen.put(one, { storedAt: at, list: seen.lists.keepList([kept]) });
      if (at % 100 === 0) await new Promise(setImmediate);
    }
    expect(seen.lists.size).toBeLessThan(1100);
    expect(seen.requestorCount).toBe(1);
  });
});

describe('an answer that is too large', () => {
  const upTo =
    (size: number): Say =>
    (asked) => {
      if (asked.length > size) throw new AnswerTooLarge('too large');
      return [requestor(1, asked)];
    };

  it('is asked for in halves, and what fits is remembered', async () => {
    const { source, calls } = processOn(new Rows(), upTo(7));
    expect(source.groupSize).toBe(25);
    const first = await source.fetch(RANGES.slice(0, 25));
    expect([...first.values()].some((one) => one instanceof Error)).toBe(false);
    expect(calls).toEqual([25, 13, 7, 6, 12, 6, 6]);
    expect(source.groupSize).toBe(7);
    calls.length = 0;
    await source.fetch(RANGES.slice(25));
    expect(calls).toEqual([7, 7, 7, 7, 7]);
  });

  it('of one range alone fails for that one, and the others are asked for as before', async () => {
    const bad = RANGES[3];
    const { source, calls } = processOn(new Rows(), (asked) => {
      if (bad !== undefined && asked.includes(bad)) throw new AnswerTooLarge('too large');
      return [requestor(1, asked)];
    });
    const fetched = await source.fetch(RANGES.slice(0, 25));
    const failed = [...fetched].filter(([, one]) => one instanceof Error).map(([one]) => one);
    expect(failed).toEqual([bad]);
    expect(source.groupSize).toBe(25);
    expect(calls.length).toBeLessThan(12);
  });
});

it('asks for less after an answer that did not come, and for more again when they come', async () => {
  let isSlow = true;
  const { source, calls } = processOn(new Rows(), (asked) => {
    if (isSlow && asked.length > 10) throw new MdesError('UNAVAILABLE', 'no answer in time');
    return [requestor(1, asked)];
  });
  for (let at = 0; at < RANGES.length; ) {
    const group = RANGES.slice(at, at + source.groupSize);
    await source.fetch(group);
    at += group.length;
    if (calls.length === 3) isSlow = false;
  }
  expect(calls).toEqual([25, 13, 7, 14, 1]);
});
