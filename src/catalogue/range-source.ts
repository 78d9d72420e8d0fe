/** Where account ranges come from: the cache, what this process has seen last, and MDES, each range in one flight. */
import type { AccountRange } from '../domain/account-range.js';
import { asError, inBatches } from '../domain/answers.js';
import type { Clock } from '../domain/clock.js';
import { ACCOUNT_RANGES_PER_CALL, type MdesClient } from '../mdes/mdes-client.js';
import type { Cache, CacheEntry, ReadOptions } from './cache/cache.js';
import { type RangeEntry, RangeReader, rangeKey, splitByRange } from './catalogue-entries.js';
import type { SeenEntries } from './seen-entries.js';

type Fetched = ReadonlyMap<AccountRange, RangeEntry | Error>;

/** A cache that has lost entries gets them back at most this often: it may have reasons not to take them. */
const GIVE_BACK_EVERY_MS = 1000;

interface RangeSourceDeps {
  readonly mdes: MdesClient;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly seen: SeenEntries;
}

interface RangeSourceOptions {
  /** Milliseconds; an entry that is older is not served. */
  readonly hardAge: number;
}

export class RangeSource {
  readonly #deps: RangeSourceDeps;
  readonly #hardAge: number;
  readonly #reader = new RangeReader();
  /** What several ask for at once is fetched once. */
  readonly #flights = new Map<AccountRange, Promise<Fetched>>();
  #gaveBackAt = Number.NEGATIVE_INFINITY;

  constructor(deps: RangeSourceDeps, { hardAge }: RangeSourceOptions) {
    this.#deps = deps;
    this.#hardAge = hardAge;
  }

  /** Those of `ranges` that can be served without MDES: one cache read for all. */
  async stored(
    ranges: readonly AccountRange[],
    options?: ReadOptions,
  ): Promise<Map<AccountRange, RangeEntry>> {
    const { cache, clock, seen } = this.#deps;
    const rows = await cache.getMany(ranges.map(rangeKey), options);
    const tooOld = clock.now() - this.#hardAge;
    const found = new Map<AccountRange, RangeEntry>();
    const lost: (readonly [AccountRange, RangeEntry])[] = [];
    for (const [index, range] of ranges.entries()) {
      const cached = this.#reader.read(rows[index]);
      const newest = cached === undefined ? seen.get(range) : seen.put(range, cached);
      if (newest === undefined) continue;
      // Its requestors are kept once for all ranges, and nothing of what was read is kept beside them.
      if (newest.storedAt === cached?.storedAt) this.#reader.remember(rows[index], newest);
      if (newest.storedAt <= tooOld) continue;
      found.set(range, newest);
      if (cached === undefined || cached.storedAt < newest.storedAt) lost.push([range, newest]);
    }
    this.#giveBack(lost);
    return found;
  }

  /** Fetches those that are not on their way yet, 25 in a call, and waits for all; what failed is an Error. */
  async fetch(ranges: readonly AccountRange[]): Promise<Fetched> {
    const missing = ranges.filter((range) => !this.#flights.has(range));
    for (const chunk of inBatches(missing, ACCOUNT_RANGES_PER_CALL)) {
      const flight = this.#call(chunk).finally(() => {
        for (const range of chunk) this.#flights.delete(range);
      });
      for (const range of chunk) this.#flights.set(range, flight);
    }
    const landings = ranges.map(async (range) => [range, await this.#landing(range)] as const);
    return new Map(await Promise.all(landings));
  }

  async #landing(range: AccountRange): Promise<RangeEntry | Error> {
    return (await this.#flights.get(range))?.get(range) ?? new Error('a range was not fetched');
  }

  async #call(ranges: readonly AccountRange[]): Promise<Fetched> {
    const { mdes, cache, clock, seen } = this.#deps;
    try {
      const requestors = await mdes.getEligibleTokenRequestors(ranges);
      const entries = splitByRange(ranges, requestors, clock.now());
      cache.setMany([...entries].map(([range, entry]) => this.#row(range, entry)));
      return new Map([...entries].map(([range, entry]) => [range, seen.put(range, entry)]));
    } catch (error) {
      return new Map(ranges.map((range) => [range, asError(error)]));
    }
  }

  #giveBack(entries: readonly (readonly [AccountRange, RangeEntry])[]): void {
    const now = performance.now();
    if (entries.length === 0 || now - this.#gaveBackAt < GIVE_BACK_EVERY_MS) return;
    this.#gaveBackAt = now;
    this.#deps.cache.setMany(entries.map(([range, entry]) => this.#row(range, entry)));
  }

  #row(range: AccountRange, entry: RangeEntry): CacheEntry {
    const ttlMs = entry.storedAt + this.#hardAge - this.#deps.clock.now();
    return { key: rangeKey(range), value: entry, ttlMs };
  }
}
