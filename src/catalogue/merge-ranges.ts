/** The token requestors of many account ranges, each once: by the lists that the ranges share, not range by range. */
import type { AccountRange } from '../domain/account-range.js';
import type { TokenRequestor } from '../domain/token-requestor.js';
import type { Turns } from '../resilience/turns.js';
import type { CataloguedRequestor, RangeEntry, RequestorList } from './catalogue-entries.js';

/** Ranges that have the same requestors. */
interface Group {
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

/** Each requestor once, with those of `ranges` that it is enabled for; where entries differ the newer one counts. */
export function mergeRanges(
  ranges: readonly AccountRange[],
  entries: readonly (RangeEntry | undefined)[],
): TokenRequestor[] {
  const steps = merging(ranges, entries);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same for thousands of ranges. */
export async function mergeInSlices(
  ranges: readonly AccountRange[],
  entries: readonly (RangeEntry | undefined)[],
  turns: Turns,
): Promise<TokenRequestor[]> {
  const steps = merging(ranges, entries);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (turns.isOver) await turns.next();
  }
}

/** List by list. */
function* merging(
  ranges: readonly AccountRange[],
  entries: readonly (RangeEntry | undefined)[],
): Generator<undefined, TokenRequestor[]> {
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
    yield;
  }
  const enabled = new EnabledRanges(ranges);
  return [...merged.values()].map(({ requestor, groups }) => new MergedRequestor(requestor, groups, enabled));
}

class MergedRequestor implements TokenRequestor {
  readonly id;
  readonly name;
  readonly consumerFacingEntityName;
  readonly type;
  readonly walletId;
  readonly imageAssetId;
  readonly supportedPushMethods;
  readonly supportsMultiplePushedCards;
  readonly supportedAccountHolderData;
  readonly supportsCardHolderAuthentication;
  readonly supportsIssuerInitiatedDigitizationData;
  readonly #groups: readonly Group[];
  readonly #enabled: EnabledRanges;
  #ranges: readonly AccountRange[] | undefined;

  constructor(requestor: CataloguedRequestor, groups: readonly Group[], enabled: EnabledRanges) {
    this.id = requestor.id;
    this.name = requestor.name;
    this.consumerFacingEntityName = requestor.consumerFacingEntityName;
    this.type = requestor.type;
    this.walletId = requestor.walletId;
    this.imageAssetId = requestor.imageAssetId;
    this.supportedPushMethods = requestor.supportedPushMethods;
    this.supportsMultiplePushedCards = requestor.supportsMultiplePushedCards;
    this.supportedAccountHolderData = requestor.supportedAccountHolderData;
    this.supportsCardHolderAuthentication = requestor.supportsCardHolderAuthentication;
    this.supportsIssuerInitiatedDigitizationData = requestor.supportsIssuerInitiatedDigitizationData;
    this.#groups = groups;
    this.#enabled = enabled;
  }

  /** Put together when somebody looks at it: ten thousand for each of thousands is what nobody asks for. */
  get enabledAccountRanges(): readonly AccountRange[] {
    this.#ranges ??= this.#enabled.of(this.#groups);
    return this.#ranges;
  }
}

class EnabledRanges {
  readonly #ranges: readonly AccountRange[];
  /** Most requestors stand in one group alone. */
  readonly #ofOneGroup = new Map<Group, readonly AccountRange[]>();

  constructor(ranges: readonly AccountRange[]) {
    this.#ranges = ranges;
  }

  of(groups: readonly Group[]): readonly AccountRange[] {
    const [only] = groups;
    if (groups.length !== 1 || only === undefined) return rangesOf(groups, this.#ranges);
    const known = this.#ofOneGroup.get(only) ?? rangesOf(groups, this.#ranges);
    this.#ofOneGroup.set(only, known);
    return known;
  }
}

/** In the order of their first ranges. */
function groupsOf(entries: readonly (RangeEntry | undefined)[]): Iterable<Group> {
  const groups = new Map<RequestorList, Group>();
  for (const [place, entry] of entries.entries()) {
    if (entry === undefined) continue;
    const { list, storedAt } = entry;
    const group = groups.get(list);
    if (group === undefined) {
      const newest = { storedAt, place };
      groups.set(list, { requestors: list.requestors, places: [place], newest });
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

/** In their order. */
function rangesOf(groups: readonly Group[], ranges: readonly AccountRange[]): readonly AccountRange[] {
  const places: number[] = [];
  let last = -1;
  let isInOrder = true;
  for (const group of groups) {
    for (const place of group.places) {
      if (place < last) isInOrder = false;
      last = place;
      places.push(place);
    }
  }
  if (!isInOrder) places.sort((a, b) => a - b);
  const enabled: AccountRange[] = [];
  for (const place of places) {
    const range = ranges[place];
    if (range !== undefined) enabled.push(range);
  }
  return enabled;
}
