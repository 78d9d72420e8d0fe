/** The catalogue of token requestors and logos: from the cache first, what is missing from MDES. */
import type { AccountRange } from '../domain/account-range.js';
import type { Asset } from '../domain/asset.js';
import type { Clock } from '../domain/clock.js';
import { ACCOUNT_RANGES_PER_CALL, type MdesClient } from '../mdes/mdes-client.js';
import type { Logger } from '../observability/logger.js';
import type { Answers } from './answers.js';
import type { Cache } from './cache/cache.js';
import {
  assetKey,
  type RangeEntry,
  rangeKey,
  readAssetEntry,
  readRangeEntry,
  splitByRange,
} from './catalogue-entries.js';
import type { IssuerRanges } from './issuer-ranges.js';
import { KnownLogos } from './known-logos.js';

/** After a refresh that failed; what is there is served on. */
const REFRESH_REST_MS = 30_000;
/** Each process holds entries for old a little earlier or later, so that not all of them refresh at once. */
const JITTER = 0.1;
/** What stands behind an asset id never changes. */
const ASSET_TTL_MS = 365 * 86_400_000;
const NO_ASSET_TTL_MS = 30_000;

type Flight = Promise<ReadonlyMap<AccountRange, RangeEntry | Error>>;

/** Milliseconds. Past `soft` an entry is served and refreshed behind; past `hard` it is served no more. */
export interface CatalogueAges {
  readonly soft: number;
  readonly hard: number;
}

export class Catalogue {
  readonly #mdes: MdesClient;
  readonly #cache: Cache;
  readonly #clock: Clock;

  readonly #ages: CatalogueAges;
  readonly #log: Logger;
  readonly #logos: KnownLogos;
  #refreshRestsUntil = 0;
  /** What several ask for at once is fetched once. */
  readonly #rangeFlights = new Map<AccountRange, Flight>();
  readonly #assetFlights = new Map<string, Promise<Asset | null>>();

  constructor(parts: {
    readonly mdes: MdesClient;
    readonly cache: Cache;
    readonly clock: Clock;
    readonly issuerRanges: IssuerRanges;
    readonly ages: CatalogueAges;
    readonly log: Logger;
  }) {
    this.#ages = { soft: parts.ages.soft * (1 - JITTER * Math.random()), hard: parts.ages.hard };
    this.#log = parts.log;
    this.#mdes = parts.mdes;
    this.#cache = parts.cache;
    this.#clock = parts.clock;
    this.#logos = new KnownLogos(() => this.ranges(parts.issuerRanges.all), parts.clock);
  }

  /** One cache read for all, then one call to MDES per 25 missing ranges, side by side. */
  async ranges(ranges: readonly AccountRange[]): Promise<Answers<RangeEntry>> {
    const stored = await this.#cache.getMany(ranges.map(rangeKey));
    const tooOld = this.#clock.now() - this.#ages.hard;
    const cached = new Map<AccountRange, RangeEntry>();
    for (const [index, range] of ranges.entries()) {
      const entry = readRangeEntry(stored[index]);
      if (entry !== undefined && entry.storedAt > tooOld) cached.set(range, entry);
    }
    this.#logos.learn(cached.values());
    this.#refreshBehind(cached);
    const known = new Map<AccountRange, RangeEntry | Error>(cached);
    const missing = [...new Set(ranges)].filter((range) => !known.has(range));
    this.#fly(missing);
    const flights = missing.map(async (range) => known.set(range, await this.#landing(range)));
    await Promise.all(flights);
    return ranges.map((range) => known.get(range) ?? new Error('a range was neither cached nor fetched'));
  }

  /**
   * One cache read for all; then MDES is asked, one logo at a time, and only for those that a token requestor of the
   * issuer has: nobody can probe MDES or fill the cache through us. null: there is none of that id.
   */
  async assets(ids: readonly string[]): Promise<Answers<Asset | null>> {
    const stored = await this.#cache.getMany(ids.map(assetKey));
    return Promise.all(
      ids.map(async (id, index) => {
        const entry = readAssetEntry(stored[index]);
        return entry === undefined ? this.#missingAsset(id).catch(asError) : entry.asset;
      }),
    );
  }

  /** Fetches what is not cached yet, so that the first account holder of the day need not wait. */
  async warm(ranges: readonly AccountRange[]): Promise<void> {
    const answers = await this.ranges(ranges);
    const failures = answers.filter((answer) => answer instanceof Error);
    this.#log.info({ ranges: ranges.length, failed: failures.length }, 'catalogue warmed');
    if (failures.length > 0)
      this.#log.warn({ err: failures[0] }, 'a part of the catalogue could not be fetched');
  }

  /** Nobody waits for it, and when it fails what is there stays: MDES failing never makes an entry older. */
  #refreshBehind(cached: ReadonlyMap<AccountRange, RangeEntry>): void {
    const now = this.#clock.now();
    if (now < this.#refreshRestsUntil) return;
    const due = [...cached]
      .filter(([, { storedAt }]) => storedAt + this.#ages.soft <= now)
      .map(([range]) => range);
    for (const flight of this.#fly(due)) {
      void flight.then((entries) => {
        const failure = [...entries.values()].find((entry) => entry instanceof Error);
        if (failure === undefined) return;
        this.#refreshRestsUntil = this.#clock.now() + REFRESH_REST_MS;
        this.#log.warn(
          { err: failure, ranges: entries.size },
          'a part of the catalogue could not be refreshed',
        );
      });
    }
  }

  /** Fetches those that are not on their way yet, and gives the new flights; none of them ever rejects. */
  #fly(ranges: readonly AccountRange[]): Flight[] {
    return chunks(ranges.filter((range) => !this.#rangeFlights.has(range))).map((chunk) => {
      const flight = this.#fetchRanges(chunk).finally(() => {
        for (const range of chunk) this.#rangeFlights.delete(range);
      });
      for (const range of chunk) this.#rangeFlights.set(range, flight);
      return flight;
    });
  }

  async #landing(range: AccountRange): Promise<RangeEntry | Error> {
    return (await this.#rangeFlights.get(range))?.get(range) ?? new Error('a range was not fetched');
  }

  async #fetchRanges(ranges: readonly AccountRange[]): Promise<Map<AccountRange, RangeEntry | Error>> {
    try {
      const requestors = await this.#mdes.getEligibleTokenRequestors(ranges);
      const entries = splitByRange(ranges, requestors, this.#clock.now());
      this.#logos.learn(entries.values());
      this.#cache.setMany(
        [...entries].map(([range, value]) => ({ key: rangeKey(range), value, ttlMs: this.#ages.hard })),
      );
      return entries;
    } catch (error) {
      return new Map(ranges.map((range) => [range, asError(error)]));
    }
  }

  async #missingAsset(id: string): Promise<Asset | null> {
    if (!(await this.#logos.isKnown(id))) return null;
    const underWay = this.#assetFlights.get(id);
    if (underWay !== undefined) return underWay;
    const flight = this.#fetchAsset(id).finally(() => this.#assetFlights.delete(id));
    this.#assetFlights.set(id, flight);
    return flight;
  }

  async #fetchAsset(id: string): Promise<Asset | null> {
    const asset = await this.#mdes.getAsset(id);
    const ttlMs = asset === null ? NO_ASSET_TTL_MS : ASSET_TTL_MS;
    this.#cache.setMany([{ key: assetKey(id), value: { asset }, ttlMs }]);
    return asset;
  }
}

function chunks(ranges: readonly AccountRange[]): AccountRange[][] {
  const count = Math.ceil(ranges.length / ACCOUNT_RANGES_PER_CALL);
  return Array.from({ length: count }, (_, index) =>
    ranges.slice(index * ACCOUNT_RANGES_PER_CALL, (index + 1) * ACCOUNT_RANGES_PER_CALL),
  );
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('failed without an error', { cause: error });
}
