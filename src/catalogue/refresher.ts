/** Keeps the catalogue fresh behind everybody's back: on schedule, or when somebody was served something old. */
import { setTimeout as pause } from 'node:timers/promises';
import type { AccountRange } from '../domain/account-range.js';
import type { Clock } from '../domain/clock.js';
import { AnswerTooLarge, MdesError } from '../mdes/mdes-error.js';
import {
  catalogueNotRefreshed,
  catalogueRefreshed,
  logosNotFetched,
} from '../observability/catalogue-events.js';
import type { Logger } from '../observability/logger.js';
import {
  REFRESH_LEASE_MS,
  REFRESH_LOOK_AGAIN_MS,
  REFRESH_NEXT_GROUP_MS,
  REFRESH_REST_MS,
  REFRESH_SETTLE_MS,
} from '../resilience/time-limits.js';
import type { Cache } from './cache/cache.js';
import { SharedMark } from './cache/shared-mark.js';
import { changesBetween } from './changes.js';
import type { Logos } from './logos.js';
import type { RangeSource } from './range-source.js';
import type { SeenEntries } from './seen-entries.js';

/** Each process holds entries for old a little earlier, so that not all of them start at once. */
const JITTER = 0.1;
const TICK_MS = 2000;
/** Groups in a row that MDES has not answered. */
const MOST_IN_VAIN = 2;
const TOLD_AGAIN_MS = 3_600_000;

interface RefresherDeps {
  readonly source: RangeSource;
  readonly seen: SeenEntries;
  readonly logos: Logos;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly log: Logger;
}

interface RefresherOptions {
  /** All of the issuer's, where it runs on schedule; null: only those that have been asked for, when they are. */
  readonly scheduled: readonly AccountRange[] | null;
  /** Milliseconds. */
  readonly softAge: number;
}

interface Outcome {
  /** How many ranges. */
  readonly fetched: number;
  readonly failed: ReadonlyMap<AccountRange, Error>;
}

export class Refresher {
  readonly #deps: RefresherDeps;
  readonly #options: RefresherOptions;
  readonly #softAge: number;
  readonly #rangesLease;
  readonly #logosLease;
  /** Set after each refresh: the other processes look at it. */
  readonly #refreshed: SharedMark;
  #restsUntil = 0;
  #run: Promise<void> | undefined;
  #logosRun: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #closed = new AbortController();
  #told = { what: '', at: 0 };

  constructor(deps: RefresherDeps, options: RefresherOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#softAge = options.softAge * (1 - JITTER * Math.random());
    this.#rangesLease = deps.cache.lease('ranges');
    this.#logosLease = deps.cache.lease('logos');
    this.#refreshed = new SharedMark(deps.cache, 'refreshed');
  }

  /** The first refresh, and then on schedule; resolves when the first has ended, however it did. */
  start(): Promise<void> {
    this.#timer = setInterval(() => {
      void this.#follow();
      if ((this.nextRefreshAt ?? Number.POSITIVE_INFINITY) <= this.#deps.clock.now()) void this.#refresh();
    }, TICK_MS).unref();
    return this.#refresh();
  }

  /** Somebody was served these; what is due among them is refreshed behind. */
  served(entries: Iterable<{ readonly storedAt: number }>): void {
    const tooOld = this.#deps.clock.now() - this.#softAge;
    for (const { storedAt } of entries) {
      if (storedAt > tooOld) continue;
      void this.#refresh();
      return;
    }
  }

  /** Milliseconds since the epoch, never in the past; null when nothing is refreshed on a schedule. */
  get nextRefreshAt(): number | null {
    const { seen, clock } = this.#deps;
    const { scheduled } = this.#options;
    if (scheduled === null) return null;
    const oldest = seen.oldest(scheduled);
    return Math.max(clock.now(), this.#restsUntil, (oldest ?? 0) + this.#softAge);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closed.abort();
    await Promise.all([this.#run, this.#logosRun]);
  }

  /** What another process has fetched is not served old until this one looks by itself. */
  async #follow(): Promise<void> {
    const { scheduled } = this.#options;
    if (scheduled === null || !(await this.#refreshed.isNew())) return;
    await this.#deps.source.stored(scheduled, { recheck: true });
  }

  /** One at a time; never rejects. */
  #refresh(): Promise<void> {
    if (this.#closed.signal.aborted || this.#deps.clock.now() < this.#restsUntil) return Promise.resolve();
    this.#run ??= this.#refreshOnce()
      .catch((error: unknown) => this.#deps.log.error({ err: error }, 'internal error'))
      .finally(() => {
        this.#run = undefined;
      });
    return this.#run;
  }

  async #refreshOnce(): Promise<void> {
    const { source } = this.#deps;
    if (this.#due().length > 0) await source.stored(this.#due(), { recheck: true });
    let wait = REFRESH_LOOK_AGAIN_MS.first;
    while (this.#due().length > 0) {
      if (await this.#rangesLease.take(REFRESH_LEASE_MS)) return this.#refreshWithLease();
      // Another process is at it, or has tried just now and failed.
      await pause(wait, undefined, { signal: this.#closed.signal, ref: false }).catch(() => undefined);
      if (this.#closed.signal.aborted) return;
      await source.stored(this.#due(), { recheck: true });
      wait = Math.min(wait * 2, REFRESH_LOOK_AGAIN_MS.longest);
    }
    this.#fetchLogos();
  }

  async #refreshWithLease(): Promise<void> {
    const { source, seen, clock, cache, log } = this.#deps;
    // Who held the lease before may have refreshed them.
    await source.stored(this.#due(), { recheck: true });
    const due = this.#due();
    const before = seen.names();
    const { fetched, failed } = await this.#fetch(due);
    if (fetched > 0) {
      const after = seen.names();
      const changes = before.size === 0 ? null : changesBetween(before, after);
      catalogueRefreshed(log, { ranges: fetched, tokenRequestors: after.size, changes });
      await cache.settled(REFRESH_SETTLE_MS);
      this.#refreshed.set();
    }
    this.#tell(failed);
    if (failed.size > 0) {
      // What failed beside others that came is tried again soon, then like everything.
      const restMs = fetched > 0 ? REFRESH_NEXT_GROUP_MS : REFRESH_REST_MS;
      this.#restsUntil = clock.now() + restMs;
      // The others rest as well: the lease is not given back.
      await this.#rangesLease.extend(restMs);
    } else {
      await this.#rangesLease.release();
    }
    if (fetched > 0 || failed.size === 0) this.#fetchLogos();
  }

  /** Group by group. A lease that is lost ends it: somebody else goes on. */
  async #fetch(ranges: readonly AccountRange[]): Promise<Outcome> {
    const { source } = this.#deps;
    const failed = new Map<AccountRange, Error>();
    let fetched = 0;
    let inVain = 0;
    for (let at = 0; at < ranges.length; ) {
      if (!(await this.#mayGoOn(inVain))) break;
      const group = ranges.slice(at, at + source.groupSize);
      at += group.length;
      const errors = [...(await source.fetch(group))].filter((one) => isFailure(one));
      for (const [range, error] of errors) failed.set(range, error);
      fetched += group.length - errors.length;
      // MDES that refuses one group may take the next; one that does not answer is tried once more, and left alone.
      inVain = errors.some(([, error]) => !isAnswer(error)) ? inVain + 1 : 0;
      if (inVain === MOST_IN_VAIN) break;
    }
    return { fetched, failed };
  }

  async #mayGoOn(inVain: number): Promise<boolean> {
    const { signal } = this.#closed;
    if (inVain > 0) {
      await this.#rangesLease.extend(REFRESH_REST_MS);
      await pause(REFRESH_NEXT_GROUP_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
    return !signal.aborted && (await this.#rangesLease.extend(REFRESH_LEASE_MS));
  }

  /** A part that fails again and again for the same reason is said once an hour. */
  #tell(failed: Outcome['failed']): void {
    const { clock, log } = this.#deps;
    const [first] = failed.values();
    const what = first === undefined ? '' : [...failed.keys(), first.message].join();
    if (what !== '' && (what !== this.#told.what || clock.now() - this.#told.at >= TOLD_AGAIN_MS)) {
      catalogueNotRefreshed(log, [...failed.keys()], first);
      this.#told = { what, at: clock.now() };
    }
    if (what === '') this.#told = { what, at: 0 };
  }

  /** Those that are due soon go along, so that a batch is full. With a schedule, also those that were never fetched. */
  #due(): AccountRange[] {
    const { seen, clock } = this.#deps;
    const ranges = this.#options.scheduled ?? [...seen.ranges()];
    const ageOf = (range: AccountRange) =>
      clock.now() - (seen.get(range)?.storedAt ?? Number.NEGATIVE_INFINITY);
    if (!ranges.some((range) => ageOf(range) >= this.#softAge)) return [];
    return ranges.filter((range) => ageOf(range) >= this.#options.softAge * (1 - JITTER));
  }

  #fetchLogos(): void {
    const { logos, log } = this.#deps;
    if (this.#options.scheduled === null || this.#logosRun !== undefined) return;
    this.#logosRun = this.#logosLease
      .take(REFRESH_LEASE_MS)
      .then(async (isOurs) => {
        if (isOurs) await logos.fetchAhead(() => this.#mayFetchLogos());
        if (isOurs) await this.#logosLease.release();
      })
      .catch((error: unknown) => logosNotFetched(log, error))
      .finally(() => {
        this.#logosRun = undefined;
      });
  }

  async #mayFetchLogos(): Promise<boolean> {
    return !this.#closed.signal.aborted && (await this.#logosLease.extend(REFRESH_LEASE_MS));
  }
}

function isFailure(one: readonly [AccountRange, unknown]): one is readonly [AccountRange, Error] {
  return one[1] instanceof Error;
}

/** MDES is there, whatever it said. */
function isAnswer(error: Error): boolean {
  return error instanceof AnswerTooLarge || (error instanceof MdesError && error.kind === 'REFUSED');
}
