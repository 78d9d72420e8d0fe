/** The catalogue over all of the issuer's account ranges: found once, and not range by range for everybody who asks. */
import type { AccountRange } from '../domain/account-range.js';
import type { Clock } from '../domain/clock.js';
import type { TokenRequestor } from '../domain/token-requestor.js';
import { MdesError } from '../mdes/mdes-error.js';
import { REFRESH_REST_MS } from '../resilience/time-limits.js';
import type { Turns } from '../resilience/turns.js';
import { mergeInSlices } from './merge-ranges.js';
import type { RangeSource } from './range-source.js';
import { Remembered, type SeenEntries } from './seen-entries.js';

/** More are not fetched because of one request: the refresher is at it. */
const MOST_FOR_A_REQUEST = 500;

export interface IssuerWideView {
  /** As far as they are known, in the order of the issuer's ranges. */
  readonly requestors: readonly TokenRequestor[];
  readonly byId: ReadonlyMap<string, TokenRequestor>;
  /** Why a range is not known; null when all are. */
  readonly failure: Error | null;
  readonly edition: Edition;
}

/** What tells whether a look at it would show the same. */
export interface Edition {
  /** As long as it is the same, each requestor is enabled for the same ranges, */
  readonly ofRanges: number;
  /** and as long as this is, the same is said of each. */
  readonly ofAll: number;
}

interface UnsureOptions {
  /** Whether those count too that could not be fetched a moment ago. */
  readonly failed?: boolean;
}

export interface IssuerWideCatalogue {
  /** Those of the issuer's ranges that have to be loaded before `view` can tell. */
  unsure(options?: UnsureOptions): readonly AccountRange[];
  view(): Promise<IssuerWideView>;
}

const NONE_MISSING: readonly AccountRange[] = [];

interface IssuerWideDeps {
  readonly source: RangeSource;
  readonly seen: SeenEntries;
  readonly clock: Clock;
  readonly recheckMs: number;
  readonly turns: Turns;
}

interface IssuerWideOptions {
  readonly ranges: readonly AccountRange[];
  readonly hardAge: number;
  /** Whether somebody fetches them all anyhow. */
  readonly warm: boolean;
}

export class IssuerWide implements IssuerWideCatalogue {
  readonly #deps: IssuerWideDeps;
  readonly #options: IssuerWideOptions;
  readonly #missing = new Remembered<readonly AccountRange[]>();
  readonly #view = new Remembered<Promise<Pick<IssuerWideView, 'requestors' | 'byId'>>>();
  readonly #editionOfRanges = new Remembered<number>();
  readonly #editionOfAll = new Remembered<number>();
  #editions = 0;
  /** What this process knows it has read since it started. */
  #checkedAt = performance.now();

  constructor(deps: IssuerWideDeps, options: IssuerWideOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  unsure({ failed = true }: UnsureOptions = {}): readonly AccountRange[] {
    const { source, recheckMs } = this.#deps;
    const { ranges, warm } = this.#options;
    if (recheckMs === 0) return ranges;
    this.#recheck();
    const missing = this.#whatIsMissing();
    if (!warm && failed) return missing;
    if (warm && missing.length > MOST_FOR_A_REQUEST) return [];
    // One that has just failed is tried again by the refresher, not by everybody.
    return missing.filter((range) => source.failure(range, REFRESH_REST_MS) === undefined);
  }

  async view(): Promise<IssuerWideView> {
    const { seen, source } = this.#deps;
    const missing = this.#whatIsMissing();
    const edition = this.#editionWithout(missing);
    const view = await this.#view.get([seen.changes, missing], () => this.#find(new Set(missing)));
    const [first] = missing;
    const failure =
      first === undefined ? null : (source.failure(first, Number.POSITIVE_INFINITY) ?? notYet());
    return { ...view, failure, edition };
  }

  /** That of what `view` would give; undefined where something has to be loaded first. */
  async edition(): Promise<Edition | undefined> {
    const { source, recheckMs } = this.#deps;
    if (recheckMs !== 0) return this.editionAtHand();
    await source.stored(this.#options.ranges);
    return this.#editionWithout(this.#whatIsMissing());
  }

  /** The same; undefined also where the cache has to be asked. */
  editionAtHand(): Edition | undefined {
    if (this.#deps.recheckMs === 0 || this.unsure({ failed: false }).length > 0) return undefined;
    return this.#editionWithout(this.#whatIsMissing());
  }

  #editionWithout(missing: readonly AccountRange[]): Edition {
    const { seen } = this.#deps;
    const next = () => ++this.#editions;
    return {
      ofRanges: this.#editionOfRanges.get([seen.listChanges, missing], next),
      ofAll: this.#editionOfAll.get([seen.changes, missing], next),
    };
  }

  async #find(missing: ReadonlySet<AccountRange>): Promise<Pick<IssuerWideView, 'requestors' | 'byId'>> {
    const { seen, turns } = this.#deps;
    const { ranges } = this.#options;
    const entries = ranges.map((range) => (missing.has(range) ? undefined : seen.get(range)));
    const requestors = await mergeInSlices(ranges, entries, turns);
    return { requestors, byId: new Map(requestors.map((one) => [one.id, one])) };
  }

  /** Never fetched, or too old by now. */
  #whatIsMissing(): readonly AccountRange[] {
    const { seen, clock } = this.#deps;
    const { ranges, hardAge } = this.#options;
    const tooOld = clock.now() - hardAge;
    const find = () => {
      const missing = ranges.filter(
        (range) => (seen.get(range)?.storedAt ?? Number.NEGATIVE_INFINITY) <= tooOld,
      );
      return missing.length === 0 ? NONE_MISSING : missing;
    };
    const oldest = seen.oldest(ranges);
    // Time alone changes nothing until the oldest is too old.
    if (oldest !== null && oldest <= tooOld) return find();
    return this.#missing.get([seen.changes], find);
  }

  /** Behind everybody's back: another process may have written something newer. */
  #recheck(): void {
    const { source, recheckMs } = this.#deps;
    const now = performance.now();
    if (!Number.isFinite(recheckMs) || now - this.#checkedAt < recheckMs) return;
    this.#checkedAt = now;
    void source.stored(this.#options.ranges, { recheck: true });
  }
}

function notYet(): MdesError {
  return new MdesError('UNAVAILABLE', 'the catalogue is still being fetched', null, { retryAfterSeconds: 5 });
}
