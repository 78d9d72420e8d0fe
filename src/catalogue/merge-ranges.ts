/** The token requestors of many account ranges, each once: by the lists that the ranges share, not range by range. */
import type { AccountRange } from '../domain/account-range.js';
import type { TokenRequestor } from '../domain/token-requestor.js';
import type { CataloguedRequestor, RangeEntry, Ref } from './catalogue-entries.js';

/** Ranges that have the same requestors. */
interface Group {
  readonly number: number;
  readonly requestors: readonly CataloguedRequestor[];
  /** By their place among all. */
  readonly places: number[];
  newest: { readonly storedAt: number; readonly place: number };
}

interface Standing {
  newest: Group;
  requestor: CataloguedRequestor;
  readonly groups: Group[];
}

/**
 * Each requestor once, with those of `ranges` that it is enabled for; where entries differ the newer one counts. Those
 * ranges are put together when somebody looks at them: ten thousand for each of thousands is what nobody asks for.
 */
export function mergeRanges(
  ranges: readonly AccountRange[],
  entries: readonly (RangeEntry | undefined)[],
): TokenRequestor[] {
  const merged = new Map<string, Standing>();
  for (const group of groupsOf(entries)) {
    for (const requestor of group.requestors) {
      const known = merged.get(requestor.id);
      if (known === undefined) {
        merged.set(requestor.id, { newest: group, requestor, groups: [group] });
        continue;
      }
      known.groups.push(group);
      if (isNewer(group, known.newest)) Object.assign(known, { newest: group, requestor });
    }
  }
  const shared = new Map<string, readonly AccountRange[]>();
  return [...merged.values()].map(({ requestor, groups }) => ({
    ...requestor,
    get enabledAccountRanges() {
      const key = groups.map(({ number }) => number).join();
      const known = shared.get(key) ?? rangesOf(groups, ranges);
      shared.set(key, known);
      return known;
    },
  }));
}

/** In the order of their first ranges. */
function groupsOf(entries: readonly (RangeEntry | undefined)[]): Iterable<Group> {
  const groups = new Map<Ref, Group>();
  for (const [place, entry] of entries.entries()) {
    if (entry === undefined) continue;
    const { list, storedAt } = entry;
    const group = groups.get(list.ref);
    if (group === undefined) {
      const newest = { storedAt, place };
      groups.set(list.ref, { number: groups.size, requestors: list.requestors, places: [place], newest });
      continue;
    }
    group.places.push(place);
    if (storedAt > group.newest.storedAt) group.newest = { storedAt, place };
  }
  return groups.values();
}

/** Of two that are as new, the first. */
function isNewer({ newest: one }: Group, { newest: other }: Group): boolean {
  return one.storedAt > other.storedAt || (one.storedAt === other.storedAt && one.place < other.place);
}

function rangesOf(groups: readonly Group[], ranges: readonly AccountRange[]): readonly AccountRange[] {
  const places = groups.flatMap((group) => group.places);
  if (groups.length > 1) places.sort((a, b) => a - b);
  return [...new Set(places.flatMap((place) => ranges[place] ?? []))];
}
