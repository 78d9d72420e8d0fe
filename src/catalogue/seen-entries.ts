/** What this process has seen of the catalogue last: it outlives a cache that forgets, and tells how old everything is. */
import { isDeepStrictEqual } from 'node:util';
import type { AccountRange } from '../domain/account-range.js';
import type { CataloguedRequestor, RangeEntry } from './catalogue-entries.js';

/** A token requestor's names, by its id. */
export type RequestorNames = ReadonlyMap<
  string,
  Pick<CataloguedRequestor, 'name' | 'consumerFacingEntityName'>
>;

/** Only ranges of the issuer and what MDES named get here, so it stays as small as the catalogue. */
export class SeenEntries {
  readonly #entries = new Map<AccountRange, RangeEntry>();
  /** Each requestor is kept once, however many ranges it is enabled for. */
  readonly #requestors = new Map<string, CataloguedRequestor>();
  readonly #logos = new Set<string>();
  /** Counted anew only after something has come in. */
  #count: number | undefined;

  get(range: AccountRange): RangeEntry | undefined {
    return this.#entries.get(range);
  }

  ranges(): Iterable<AccountRange> {
    return this.#entries.keys();
  }

  /** Keeps the newer of the two, and gives it back. */
  put(range: AccountRange, entry: RangeEntry): RangeEntry {
    const known = this.#entries.get(range);
    if (known !== undefined && known.storedAt >= entry.storedAt) return known;
    const tokenRequestors = entry.tokenRequestors.map((requestor) => this.#intern(requestor));
    const kept = { storedAt: entry.storedAt, tokenRequestors };
    this.#entries.set(range, kept);
    this.#count = undefined;
    return kept;
  }

  isLogo(assetId: string): boolean {
    return this.#logos.has(assetId);
  }

  logos(): readonly string[] {
    return [...this.#logos];
  }

  /** When the oldest of these was fetched; null when one has never been. */
  oldest(ranges: readonly AccountRange[]): number | null {
    let oldest = Number.POSITIVE_INFINITY;
    for (const range of ranges) {
      const storedAt = this.#entries.get(range)?.storedAt;
      if (storedAt === undefined) return null;
      oldest = Math.min(oldest, storedAt);
    }
    return Number.isFinite(oldest) ? oldest : null;
  }

  /** How many requestors there are over all ranges. */
  get requestorCount(): number {
    this.#count ??= this.names([...this.#entries.keys()]).size;
    return this.#count;
  }

  names(ranges: readonly AccountRange[]): RequestorNames {
    const requestors = ranges.flatMap((range) => this.#entries.get(range)?.tokenRequestors ?? []);
    return new Map(requestors.map((requestor) => [requestor.id, requestor]));
  }

  #intern(requestor: CataloguedRequestor): CataloguedRequestor {
    if (requestor.imageAssetId !== null) this.#logos.add(requestor.imageAssetId);
    const known = this.#requestors.get(requestor.id);
    if (known !== undefined && (known === requestor || isDeepStrictEqual(known, requestor))) return known;
    this.#requestors.set(requestor.id, requestor);
    return requestor;
  }
}
