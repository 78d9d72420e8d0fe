/** Where account ranges come from: the cache, what this process has seen last, and MDES, each range in one flight. */
import type { AccountRange } from '../domain/account-range.js';
import { asError, inBatches } from '../domain/answers.js';
import type { Clock } from '../domain/clock.js';
import { UpstreamCalls } from '../domain/upstream-calls.js';
import { ACCOUNT_RANGES_PER_CALL, type MdesClient } from '../mdes/mdes-client.js';
import { AnswerTooLarge, MdesError } from '../mdes/mdes-error.js';
import type { Turns } from '../resilience/turns.js';
import type { Cache, ReadOptions } from './cache/cache.js';
import type { RangeEntry } from './catalogue-entries.js';
import { RangeRows } from './range-rows.js';
import type { SeenEntries } from './seen-entries.js';

type Fetched = ReadonlyMap<AccountRange, RangeEntry | Error>;

/** A cache that has lost entries gets them back at most this often: it may have reasons not to take them. */
const GIVE_BACK_EVERY_MS = 1000;

interface RangeSourceDeps {
  readonly mdes: MdesClient;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly seen: SeenEntries;
  readonly turns: Turns;
}

interface RangeSourceOptions {
  /** Milliseconds; an entry that is older is not served. */
  readonly hardAge: number;
}

export class RangeSource {
  readonly #deps: RangeSourceDeps;
  readonly #hardAge: number;
  readonly #rows: RangeRows;
  /** What several ask for at once is fetched once. */
  readonly #flights = new Map<AccountRange, Promise<Fetched>>();
  readonly #failures = new Map<AccountRange, { readonly error: Error; readonly at: number }>();
  /** As many ranges as MDES's answers have had room for, */
  #mostThatFit = ACCOUNT_RANGES_PER_CALL;
  /** and as could be had in time: fewer after a failure, more again when all goes well. */
  #groupSize = ACCOUNT_RANGES_PER_CALL;
  #gaveBackAt = Number.NEGATIVE_INFINITY;

  constructor(deps: RangeSourceDeps, { hardAge }: RangeSourceOptions) {
    this.#deps = deps;
    this.#hardAge = hardAge;
    this.#rows = new RangeRows({ ...deps, lists: deps.seen.lists }, { hardAge });
  }

  /** How many ranges are best asked for together. */
  get groupSize(): number {
    return this.#groupSize;
  }

  /** Those of `ranges` that can be served without MDES. */
  async stored(
    ranges: readonly AccountRange[],
    options?: ReadOptions,
  ): Promise<Map<AccountRange, RangeEntry>> {
    const { clock, seen, turns } = this.#deps;
    const rows = await this.#rows.read(ranges, options);
    const tooOld = clock.now() - this.#hardAge;
    const found = new Map<AccountRange, RangeEntry>();
    const lost: (readonly [AccountRange, RangeEntry])[] = [];
    for (const range of ranges) {
      if (turns.isOver) await turns.next();
      const cached = rows.get(range);
      const newest = cached === undefined ? seen.get(range) : seen.put(range, cached);
      if (newest === undefined || newest.storedAt <= tooOld) continue;
      found.set(range, newest);
      if (cached === undefined || cached.storedAt < newest.storedAt) lost.push([range, newest]);
    }
    this.#giveBack(lost);
    return found;
  }

  /** What `stored` would find, where nobody need be asked for it; undefined where it has to look. */
  atHand(ranges: readonly AccountRange[]): RangeEntry[] | undefined {
    const { clock, seen } = this.#deps;
    const tooOld = clock.now() - this.#hardAge;
    const entries: RangeEntry[] = [];
    for (const range of ranges) {
      const entry = seen.get(range);
      if (entry === undefined || entry.storedAt <= tooOld || !this.#rows.isSure(range)) return undefined;
      entries.push(entry);
    }
    return entries;
  }

  /**
   * Fetches those that are not on their way yet, a group in a call, and waits for all; what failed is an Error.
   * @param calls of whoever asks
   */
  async fetch(ranges: readonly AccountRange[], calls = new UpstreamCalls()): Promise<Fetched> {
    const missing = ranges.filter((range) => !this.#flights.has(range));
    for (const group of inBatches(missing, this.#groupSize)) {
      const flight = this.#fetchGroup(group, calls).finally(() => {
        for (const range of group) this.#flights.delete(range);
      });
      for (const range of group) this.#flights.set(range, flight);
    }
    const landings = ranges.map(async (range) => [range, await this.#landing(range)] as const);
    return new Map(await Promise.all(landings));
  }

  /** What kept a range from being fetched, when that is not longer ago. */
  failure(range: AccountRange, withinMs: number): Error | undefined {
    const failure = this.#failures.get(range);
    return failure !== undefined && performance.now() - failure.at < withinMs ? failure.error : undefined;
  }

  async #landing(range: AccountRange): Promise<RangeEntry | Error> {
    return (await this.#flights.get(range))?.get(range) ?? new Error('a range was not fetched');
  }

  async #fetchGroup(ranges: readonly AccountRange[], calls: UpstreamCalls): Promise<Fetched> {
    const pieces = await this.#call(ranges, calls);
    const fetched = pieces.flatMap(({ answers }) => [...answers]);
    const tooLargeAlone = fetched.some(([, answer]) => answer instanceof AnswerTooLarge);
    // A range that is too large by itself says nothing of the others.
    if (pieces.length > 1 && !tooLargeAlone) {
      const fits = Math.max(...pieces.map(({ answers }) => answers.size));
      this.#mostThatFit = Math.min(this.#mostThatFit, fits);
    }
    this.#pace(fetched.some(([, answer]) => isUnanswered(answer)));
    for (const [range, answer] of fetched) {
      if (answer instanceof Error) this.#failures.set(range, { error: answer, at: performance.now() });
      else this.#failures.delete(range);
    }
    return new Map(fetched);
  }

  #pace(isUnanswered: boolean): void {
    const wished = isUnanswered ? Math.ceil(this.#groupSize / 2) : this.#groupSize * 2;
    this.#groupSize = Math.min(wished, this.#mostThatFit);
  }

  /** In one piece, or in as many as it takes for each answer to be small enough. */
  async #call(
    ranges: readonly AccountRange[],
    calls: UpstreamCalls,
  ): Promise<{ readonly answers: Fetched }[]> {
    const { mdes, clock, seen, turns } = this.#deps;
    try {
      calls.mdes += 1;
      const requestors = await mdes.getEligibleTokenRequestors(ranges);
      const storedAt = clock.now();
      const lists = await seen.lists.split(ranges, requestors, turns);
      const entries = [...lists].map(([range, list]) => [range, { storedAt, list }] as const);
      this.#rows.write(entries);
      return [{ answers: new Map(entries.map(([range, entry]) => [range, seen.put(range, entry)])) }];
    } catch (error) {
      if (error instanceof AnswerTooLarge && ranges.length > 1) {
        const half = Math.ceil(ranges.length / 2);
        return [
          ...(await this.#call(ranges.slice(0, half), calls)),
          ...(await this.#call(ranges.slice(half), calls)),
        ];
      }
      return [{ answers: new Map(ranges.map((range) => [range, asError(error)])) }];
    }
  }

  #giveBack(entries: readonly (readonly [AccountRange, RangeEntry])[]): void {
    const now = performance.now();
    if (entries.length === 0 || now - this.#gaveBackAt < GIVE_BACK_EVERY_MS) return;
    this.#gaveBackAt = now;
    this.#rows.write(entries, { anew: true });
  }
}

function isUnanswered(answer: RangeEntry | Error): boolean {
  return answer instanceof MdesError && answer.kind === 'UNAVAILABLE' && !(answer instanceof AnswerTooLarge);
}
