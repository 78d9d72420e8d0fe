/** The catalogue of token requestors and logos: from the cache first, what is missing from MDES. */
import type { AccountRange } from '../domain/account-range.js';
import type { Asset } from '../domain/asset.js';
import type { Clock } from '../domain/clock.js';
import { ACCOUNT_RANGES_PER_CALL, type MdesClient } from '../mdes/mdes-client.js';
import type { Logger } from '../observability/logger.js';
import type { Cache } from './cache/cache.js';
import {
  assetKey,
  type RangeEntry,
  rangeKey,
  readAssetEntry,
  readRangeEntry,
  splitByRange,
} from './catalogue-entries.js';

const HOUR_MS = 3_600_000;
const RANGE_TTL_MS = 12 * HOUR_MS;
/** What stands behind an asset id never changes. */
const ASSET_TTL_MS = 365 * 24 * HOUR_MS;
const NO_ASSET_TTL_MS = 30_000;

/** An answer per key, in the keys' order; one that failed is an Error and takes none of the others along. */
export type Answers<T> = (T | Error)[];

export class Catalogue {
  readonly #mdes: MdesClient;
  readonly #cache: Cache;
  readonly #clock: Clock;

  constructor(parts: { readonly mdes: MdesClient; readonly cache: Cache; readonly clock: Clock }) {
    this.#mdes = parts.mdes;
    this.#cache = parts.cache;
    this.#clock = parts.clock;
  }

  /** One cache read for all, then one call to MDES per 25 missing ranges, side by side. */
  async ranges(ranges: readonly AccountRange[]): Promise<Answers<RangeEntry>> {
    const stored = await this.#cache.getMany(ranges.map(rangeKey));
    const known = new Map<AccountRange, RangeEntry | Error>();
    for (const [index, range] of ranges.entries()) {
      const entry = readRangeEntry(stored[index]);
      if (entry !== undefined) known.set(range, entry);
    }
    const missing = [...new Set(ranges)].filter((range) => !known.has(range));
    for (const fetched of await Promise.all(chunks(missing).map((chunk) => this.#fetchRanges(chunk)))) {
      for (const [range, entry] of fetched) known.set(range, entry);
    }
    return ranges.map((range) => known.get(range) ?? new Error('a range was neither cached nor fetched'));
  }

  /** One cache read for all; MDES is asked for one logo at a time. null: there is none of that id. */
  async assets(ids: readonly string[]): Promise<Answers<Asset | null>> {
    const stored = await this.#cache.getMany(ids.map(assetKey));
    return Promise.all(
      ids.map(async (id, index) => {
        const entry = readAssetEntry(stored[index]);
        return entry === undefined ? this.#fetchAsset(id).catch(asError) : entry.asset;
      }),
    );
  }

  /** Fetches what is not cached yet, so that the first account holder of the day need not wait. */
  async warm(ranges: readonly AccountRange[], log: Logger): Promise<void> {
    const answers = await this.ranges(ranges);
    const failed = answers.filter((answer) => answer instanceof Error).length;
    log.info({ ranges: ranges.length, failed }, 'catalogue warmed');
  }

  async #fetchRanges(ranges: readonly AccountRange[]): Promise<Map<AccountRange, RangeEntry | Error>> {
    try {
      const requestors = await this.#mdes.getEligibleTokenRequestors(ranges);
      const entries = splitByRange(ranges, requestors, this.#clock.now());
      this.#cache.setMany(
        [...entries].map(([range, value]) => ({ key: rangeKey(range), value, ttlMs: RANGE_TTL_MS })),
      );
      return entries;
    } catch (error) {
      return new Map(ranges.map((range) => [range, asError(error)]));
    }
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
