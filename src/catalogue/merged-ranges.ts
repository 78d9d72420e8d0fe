/** The token requestors of sets of account ranges, each set put together once as long as the catalogue says the same of it. */
import { LRUCache } from 'lru-cache';
import type { AccountRange } from '../domain/account-range.js';
import type { TokenRequestor } from '../domain/token-requestor.js';
import type { RangeEntry } from './catalogue-entries.js';
import { mergeRanges } from './merge-ranges.js';

/** Of all sets together, a requestor counted in each. */
const MOST_REQUESTORS = 20_000;

interface Merged {
  readonly entries: readonly RangeEntry[];
  readonly requestors: readonly TokenRequestor[];
}

interface Beside {
  readonly others: readonly TokenRequestor[];
  readonly all: readonly TokenRequestor[];
}

export class MergedRanges {
  readonly #known = new LRUCache<string, Merged>({
    maxSize: MOST_REQUESTORS,
    sizeCalculation: ({ entries, requestors }) => entries.length + requestors.length + 1,
  });

  readonly #withOthers = new WeakMap<readonly TokenRequestor[], Beside>();

  /** In the order of `ranges`, each of which is named once; see `mergeRanges`. */
  of(ranges: readonly AccountRange[], entries: readonly RangeEntry[]): readonly TokenRequestor[] {
    const key = ranges.join();
    const known = this.#known.get(key);
    // An entry is never changed, but replaced.
    if (known?.entries.every((entry, at) => entry === entries[at]) === true) return known.requestors;
    const requestors = mergeRanges(ranges, entries);
    this.#known.set(key, { entries, requestors });
    return requestors;
  }

  /** These, as `of` gave them, and those of `others` that are not among them. */
  withOthers(
    requestors: readonly TokenRequestor[],
    others: readonly TokenRequestor[],
  ): readonly TokenRequestor[] {
    const known = this.#withOthers.get(requestors);
    if (known?.others === others) return known.all;
    const found = new Set(requestors.map(({ id }) => id));
    const all = [...requestors, ...others.filter(({ id }) => !found.has(id))];
    this.#withOthers.set(requestors, { others, all });
    return all;
  }
}
