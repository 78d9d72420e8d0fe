/** Account ranges as they stand in the cache: a small row per range, and a row for each list and requestor that several share. */
import type { AccountRange } from '../domain/account-range.js';
import { inBatches } from '../domain/answers.js';
import type { Clock } from '../domain/clock.js';
import type { Turns } from '../resilience/turns.js';
import type { Cache, CacheEntry, ReadOptions } from './cache/cache.js';
import {
  type CataloguedRequestor,
  listKey,
  type RangeEntry,
  type Ref,
  type RequestorList,
  rangeKey,
  readRangeRow,
  readRequestorRow,
  requestorKey,
} from './catalogue-entries.js';
import { REF_LENGTH, type RequestorLists, refOf } from './requestor-lists.js';

/** How many rows are read at once, so that Redis answers within its deadline: up to half a megabyte. */
const AT_ONCE = { ranges: 500, lists: 20, requestors: 500 };
/** What lists and requestors say is written again with a range at most this often. */
const WRITTEN_AGAIN_MS = 60_000;

interface RangeRowsDeps {
  readonly cache: Cache;
  readonly clock: Clock;
  readonly lists: RequestorLists;
  readonly turns: Turns;
}

export class RangeRows {
  readonly #deps: RangeRowsDeps;
  readonly #hardAge: number;
  readonly #writtenAt = new WeakMap<object, number>();

  constructor(deps: RangeRowsDeps, { hardAge }: { readonly hardAge: number }) {
    this.#deps = deps;
    this.#hardAge = hardAge;
  }

  /** What the cache knows of them: one read for as many as a request may name, others only for what is not known yet. */
  async read(ranges: readonly AccountRange[], options?: ReadOptions): Promise<Map<AccountRange, RangeEntry>> {
    const { cache, lists, turns } = this.#deps;
    const found = new Map<AccountRange, RangeEntry>();
    if (!this.#isShared) return found;
    for (const batch of inBatches(ranges, AT_ONCE.ranges)) {
      if (turns.isOver) await turns.next();
      const values = await cache.getMany(batch.map(rangeKey), options);
      const rows = values.map(readRangeRow);
      const unknown = rows.flatMap((row) => (row === undefined || lists.list(row.list) ? [] : [row.list]));
      const read = unknown.length === 0 ? undefined : await this.#readLists([...new Set(unknown)]);
      for (const [index, range] of batch.entries()) {
        const row = rows[index];
        const list = row && (read?.get(row.list) ?? lists.list(row.list));
        if (row && list) found.set(range, { storedAt: row.storedAt, list });
      }
    }
    return found;
  }

  /** Whether what has been read of it, or written, is still to be taken for what the cache has. */
  isSure(range: AccountRange): boolean {
    return !this.#isShared || this.#deps.cache.holds(rangeKey(range));
  }

  /** @param anew also what has just been written: the cache seems to have lost it */
  write(entries: Iterable<readonly [AccountRange, RangeEntry]>, { anew = false } = {}): void {
    const { cache, clock } = this.#deps;
    if (!this.#isShared) return;
    const ranges = [...entries];
    const shared = [...new Set(ranges.map(([, { list }]) => list))].flatMap((list) =>
      this.#sharedRows(list, anew),
    );
    const rows = ranges.map(
      ([range, { storedAt, list }]): CacheEntry => ({
        key: rangeKey(range),
        value: { storedAt, list: list.ref },
        ttlMs: storedAt + this.#hardAge - clock.now(),
      }),
    );
    // Whoever reads a range finds what it names.
    cache.setMany([...shared, ...rows]);
  }

  /** What a process knows it keeps anyhow: a cache that nobody shares would hold it twice. */
  get #isShared(): boolean {
    return Number.isFinite(this.#deps.cache.recheckMs);
  }

  #sharedRows(list: RequestorList, anew: boolean): CacheEntry[] {
    const { lists } = this.#deps;
    const refs = list.requestors.map((one) => [one, lists.refOf(one)] as const);
    const rows = refs
      .filter(([one]) => this.#isDue(one, anew))
      .map(([one, ref]) => this.#sharedRow(requestorKey(ref), one));
    if (this.#isDue(list, anew)) {
      rows.push(this.#sharedRow(listKey(list.ref), refs.map(([, ref]) => ref).join('')));
    }
    return rows;
  }

  #sharedRow(key: string, value: unknown): CacheEntry {
    // It outlives the ranges that name it.
    return { key, value, ttlMs: this.#hardAge + 2 * WRITTEN_AGAIN_MS, onlyShared: true };
  }

  #isDue(what: object, anew: boolean): boolean {
    const now = performance.now();
    const isDue = anew || (this.#writtenAt.get(what) ?? Number.NEGATIVE_INFINITY) + WRITTEN_AGAIN_MS <= now;
    if (isDue) this.#writtenAt.set(what, now);
    return isDue;
  }

  async #readLists(refs: readonly Ref[]): Promise<Map<Ref, RequestorList>> {
    const { cache, lists, turns } = this.#deps;
    const contents = new Map<Ref, readonly Ref[]>();
    for (const batch of inBatches(refs, AT_ONCE.lists)) {
      if (turns.isOver) await turns.next();
      const values = await cache.getMany(batch.map(listKey), { onlyShared: true });
      for (const [index, ref] of batch.entries()) {
        const content = values[index];
        if (typeof content === 'string' && refOf(content) === ref) contents.set(ref, split(content));
      }
    }
    const requestors = await this.#readRequestors(new Set([...contents.values()].flat()));
    const found = new Map<Ref, RequestorList>();
    for (const [ref, parts] of contents) {
      if (turns.isOver) await turns.next();
      const all = parts.flatMap((part) => requestors.get(part) ?? []);
      if (all.length === parts.length) found.set(ref, lists.keepList(all));
    }
    return found;
  }

  async #readRequestors(refs: ReadonlySet<Ref>): Promise<Map<Ref, CataloguedRequestor>> {
    const { cache, lists, turns } = this.#deps;
    const found = new Map<Ref, CataloguedRequestor>();
    const unknown: Ref[] = [];
    for (const ref of refs) {
      const known = lists.requestor(ref);
      if (known === undefined) unknown.push(ref);
      else found.set(ref, known);
    }
    for (const batch of inBatches(unknown, AT_ONCE.requestors)) {
      const values = await cache.getMany(batch.map(requestorKey), { onlyShared: true });
      for (const [index, ref] of batch.entries()) {
        if (turns.isOver) await turns.next();
        const row = readRequestorRow(values[index]);
        if (row === undefined) continue;
        const kept = lists.keepRequestor(row);
        // Under another's key it is rubbish.
        if (lists.refOf(kept) === ref) found.set(ref, kept);
      }
    }
    return found;
  }
}

function split(content: string): Ref[] {
  return Array.from({ length: Math.floor(content.length / REF_LENGTH) }, (_, index) =>
    content.slice(index * REF_LENGTH, (index + 1) * REF_LENGTH),
  );
}
