/** What this process has seen of the catalogue last: it outlives a cache that forgets, and tells how old everything is. */
import type { AccountRange } from '../domain/account-range.js';
import type { Turns } from '../resilience/turns.js';
import type { CataloguedRequestor, RangeEntry, RequestorList } from './catalogue-entries.js';
import { RequestorLists } from './requestor-lists.js';

/** A token requestor's names, by its id. */
export type RequestorNames = ReadonlyMap<
  string,
  Pick<CataloguedRequestor, 'name' | 'consumerFacingEntityName'>
>;

/** As many lists may be kept beside those in use, until a look for them is worth its time. */
const SPARE_LISTS = 1000;

/** Only ranges of the issuer and what MDES named get here, so it stays as small as the catalogue. */
export class SeenEntries {
  readonly lists = new RequestorLists();
  readonly #turns: Turns;
  readonly #entries = new Map<AccountRange, RangeEntry>();
  readonly #logos = new Set<string>();
  #changes = 0;
  #listChanges = 0;
  /** Requestors by their id: what has come in last of each, and in how many of the lists that are used. */
  readonly #standing = new Map<string, { readonly requestor: CataloguedRequestor; lists: number }>();
  /** By how many ranges. */
  readonly #used = new Map<RequestorList, number>();
  #tidying: Promise<void> | undefined;
  readonly #oldest = new Remembered<number | null>();

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Grows whenever something has come in. */
  get changes(): number {
    return this.#changes;
  }

  /** Grows only when a range has other requestors than before, and not because it was fetched anew. */
  get listChanges(): number {
    return this.#listChanges;
  }

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
    this.#entries.set(range, entry);
    this.#changes++;
    if (known?.list !== entry.list) {
      this.#listChanges++;
      this.#uses(entry.list, 1);
      if (known !== undefined) this.#uses(known.list, -1);
      if (this.lists.size > 2 * this.#used.size + SPARE_LISTS) this.#tidyUp();
    }
    return entry;
  }

  isLogo(assetId: string): boolean {
    return this.#logos.has(assetId);
  }

  logos(): readonly string[] {
    return [...this.#logos];
  }

  /** When the oldest of these was fetched; null when one has never been. */
  oldest(ranges: readonly AccountRange[]): number | null {
    return this.#oldest.get([this.#changes, ranges], () => {
      let oldest = Number.POSITIVE_INFINITY;
      for (const range of ranges) {
        const storedAt = this.#entries.get(range)?.storedAt;
        if (storedAt === undefined) return null;
        oldest = Math.min(oldest, storedAt);
      }
      return Number.isFinite(oldest) ? oldest : null;
    });
  }

  /** How many requestors there are over all ranges. */
  get requestorCount(): number {
    return this.#standing.size;
  }

  /** Of all requestors over all ranges, as they are now. */
  names(): RequestorNames {
    return new Map([...this.#standing].map(([id, { requestor }]) => [id, requestor]));
  }

  #uses(list: RequestorList, more: 1 | -1): void {
    const before = this.#used.get(list) ?? 0;
    const uses = before + more;
    if (uses > 0) this.#used.set(list, uses);
    else this.#used.delete(list);
    if (before === 0 || uses === 0) for (const one of list.requestors) this.#stands(one, more);
  }

  #stands(requestor: CataloguedRequestor, more: 1 | -1): void {
    if (more > 0 && requestor.imageAssetId !== null) this.#logos.add(requestor.imageAssetId);
    const known = this.#standing.get(requestor.id);
    const lists = (known?.lists ?? 0) + more;
    if (lists <= 0) this.#standing.delete(requestor.id);
    else if (more > 0 || known === undefined) this.#standing.set(requestor.id, { requestor, lists });
    else known.lists = lists;
  }

  #tidyUp(): void {
    this.#tidying ??= this.lists.keepOnly(this.#used, this.#turns).finally(() => {
      this.#tidying = undefined;
    });
  }
}

/** A value that is found out anew only when what it depends on is no longer the same. */
export class Remembered<T> {
  #last: { readonly by: readonly unknown[]; readonly value: T } | undefined;

  get(by: readonly unknown[], find: () => T): T {
    const { length } = by;
    if (this.#last?.by.length === length && by.every((one, index) => one === this.#last?.by[index])) {
      return this.#last.value;
    }
    this.#last = { by, value: find() };
    return this.#last.value;
  }
}
