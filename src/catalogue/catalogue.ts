/** The catalogue of token requestors and logos: always there, light, and it says how old it is. */
import type { AccountRange } from '../domain/account-range.js';
import type { Answers } from '../domain/answers.js';
import type { Asset } from '../domain/asset.js';
import type { Clock } from '../domain/clock.js';
import type { UpstreamCalls } from '../domain/upstream-calls.js';
import type { MdesClient } from '../mdes/mdes-client.js';
import type { Logger } from '../observability/logger.js';
import { Turns } from '../resilience/turns.js';
import type { Cache } from './cache/cache.js';
import type { RangeEntry } from './catalogue-entries.js';
import type { CatalogueState, CatalogueStatus } from './catalogue-status.js';
import type { IssuerRanges } from './issuer-ranges.js';
import { type Edition, IssuerWide, type IssuerWideCatalogue, type IssuerWideView } from './issuer-wide.js';
import { Logos } from './logos.js';
import { MergedRanges } from './merged-ranges.js';
import { RangeSource } from './range-source.js';
import { Refresher } from './refresher.js';
import { SeenEntries } from './seen-entries.js';

/** Milliseconds. Past `soft` an entry is served and refreshed behind; past `hard` it is served no more. */
interface CatalogueAges {
  readonly soft: number;
  readonly hard: number;
}

interface CatalogueDeps {
  readonly mdes: MdesClient;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly issuerRanges: IssuerRanges;
  readonly log: Logger;
}

export interface CatalogueOptions {
  readonly ages: CatalogueAges;
  /** Whether all of the issuer's ranges are fetched at start and kept fresh on schedule. */
  readonly warm: boolean;
}

export class Catalogue implements IssuerWideCatalogue {
  /** What its entries come to. */
  readonly merged = new MergedRanges();
  readonly #deps: CatalogueDeps;
  readonly #options: CatalogueOptions;
  readonly #turns = new Turns();
  readonly #seen = new SeenEntries(this.#turns);
  readonly #source: RangeSource;
  readonly #issuerWide: IssuerWide;
  readonly #logos: Logos;
  readonly #refresher: Refresher;

  constructor(deps: CatalogueDeps, options: CatalogueOptions) {
    this.#deps = deps;
    this.#options = options;
    const { issuerRanges } = deps;
    const { ages, warm } = options;
    const seen = this.#seen;
    const turns = this.#turns;
    this.#source = new RangeSource({ ...deps, seen, turns }, { hardAge: ages.hard });
    this.#issuerWide = new IssuerWide(
      { ...deps, seen, source: this.#source, recheckMs: deps.cache.recheckMs, turns },
      { ranges: issuerRanges.all, hardAge: ages.hard, warm },
    );
    this.#logos = new Logos({
      ...deps,
      seen,
      turns,
      isCatalogueKnown: () => this.#oldest() !== null,
      survey: async () => {
        await this.entriesFor(this.unsure());
        return (await this.view()).failure;
      },
    });
    this.#refresher = new Refresher(
      { ...deps, seen, source: this.#source, logos: this.#logos },
      { scheduled: warm ? issuerRanges.all : null, softAge: ages.soft },
    );
  }

  /** Where it is kept warm: resolves when it has been fetched once, or could not be. */
  start(): Promise<void> {
    return this.#options.warm ? this.#refresher.start() : Promise.resolve();
  }

  /** One cache read for a hundred; what is there is served however old, within its hard age, and what is missing is fetched. */
  async entriesFor(ranges: readonly AccountRange[], calls?: UpstreamCalls): Promise<Answers<RangeEntry>> {
    const known = await this.#source.stored(ranges);
    this.#refresher.served(known.values());
    const missing = [...new Set(ranges)].filter((range) => !known.has(range));
    const fetched = await this.#source.fetch(missing, calls);
    return ranges.map((range) => known.get(range) ?? fetched.get(range) ?? new Error('a range is nowhere'));
  }

  /** The same, as far as nobody need be asked for it: undefined unless all are at hand. */
  atHand(ranges: readonly AccountRange[]): readonly RangeEntry[] | undefined {
    const entries = this.#source.atHand(ranges);
    if (entries !== undefined) this.#refresher.served(entries);
    return entries;
  }

  /** The same, as far as MDES need not be asked: undefined unless all can be served. */
  async standing(ranges: readonly AccountRange[]): Promise<readonly RangeEntry[] | undefined> {
    const atHand = this.atHand(ranges);
    if (atHand !== undefined) return atHand;
    const entries = [...(await this.#source.stored(ranges)).values()];
    this.#refresher.served(entries);
    return entries.length === ranges.length ? entries : undefined;
  }

  /** How many there are over all of the issuer's ranges, as far as this process knows. */
  get requestorCount(): number {
    return this.#seen.requestorCount;
  }

  unsure(options?: Parameters<IssuerWideCatalogue['unsure']>[0]): readonly AccountRange[] {
    return this.#issuerWide.unsure(options);
  }

  /** That of what `view` would give; undefined where MDES has to be asked. */
  edition(): Promise<Edition | undefined> {
    this.#serveOldest();
    return this.#issuerWide.edition();
  }

  /** The same, as far as nobody need be asked for it. */
  editionAtHand(): Edition | undefined {
    this.#serveOldest();
    return this.#issuerWide.editionAtHand();
  }

  view(): Promise<IssuerWideView> {
    this.#serveOldest();
    return this.#issuerWide.view();
  }

  /** null: there is none of that id, or it is no logo of the issuer's token requestors. */
  assets(ids: readonly string[], calls?: UpstreamCalls): Promise<Answers<Asset | null>> {
    return this.#logos.get(ids, calls);
  }

  /** Whether a logo has a form, as far as this process knows; costs nothing. */
  mayHaveLogo(id: string, type: string): boolean {
    return this.#logos.mayHave(id, type);
  }

  /** Grows whenever `mayHaveLogo` has come to say something else. */
  get logoChanges(): number {
    return this.#logos.formChanges;
  }

  /** Of all of the issuer's ranges, as far as this process knows; costs nothing. */
  status(): CatalogueStatus {
    const asOf = this.#oldest();
    return {
      asOf,
      stale: asOf === null || asOf + this.#options.ages.soft <= this.#deps.clock.now(),
      nextRefreshAt: this.#refresher.nextRefreshAt,
      tokenRequestorCount: this.requestorCount,
    };
  }

  /** The same in a word. */
  state(): CatalogueState {
    const { stale, asOf } = this.status();
    if (!stale) return 'ok';
    return asOf !== null || this.#servesAny() ? 'stale' : 'empty';
  }

  close(): Promise<void> {
    return this.#refresher.close();
  }

  /** All of it: what is due is refreshed behind. */
  #serveOldest(): void {
    const oldest = this.#seen.oldest(this.#deps.issuerRanges.all);
    if (oldest !== null) this.#refresher.served([{ storedAt: oldest }]);
  }

  /** null also for what is past its hard age: it is not served any more. */
  #oldest(): number | null {
    const { issuerRanges, clock } = this.#deps;
    const { ages } = this.#options;
    const oldest = this.#seen.oldest(issuerRanges.all);
    return oldest === null || oldest + ages.hard <= clock.now() ? null : oldest;
  }

  #servesAny(): boolean {
    const { issuerRanges, clock } = this.#deps;
    const tooOld = clock.now() - this.#options.ages.hard;
    return issuerRanges.all.some((range) => (this.#seen.get(range)?.storedAt ?? tooOld) > tooOld);
  }
}
