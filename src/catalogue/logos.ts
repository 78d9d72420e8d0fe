/** Logos by their id: only those that a token requestor of the issuer has are ever asked for at MDES. */

import { type Answers, asError, inBatches } from '../domain/answers.js';
import { type Asset, MEDIA_TYPES } from '../domain/asset.js';
import type { Clock } from '../domain/clock.js';
import { UpstreamCalls } from '../domain/upstream-calls.js';
import type { MdesClient } from '../mdes/mdes-client.js';
import { BrokenAsset, MdesError } from '../mdes/mdes-error.js';
import { LOGO_MS } from '../resilience/time-limits.js';
import { endWithin } from '../resilience/total-deadline.js';
import type { Turns } from '../resilience/turns.js';
import type { Cache } from './cache/cache.js';
import { assetKey } from './catalogue-entries.js';
import { JudgedLogos } from './judged-logos.js';
import type { SeenEntries } from './seen-entries.js';

/** What stands behind an asset id never changes. */
const ASSET_TTL_MS = 365 * 86_400_000;
const NO_ASSET_TTL_MS = 30_000;
/** An id that nobody knows has the catalogue looked through again, at most this often. */
const SURVEY_EVERY_MS = 5000;
/** A logo of which MDES has no picture that can be shown is not asked for again before: the route is public. */
const BROKEN_REST_MS = 600_000;
/** Of those that are fetched ahead; a batch of logos is a megabyte. */
const AHEAD_AT_ONCE = 10;

interface LogoDeps {
  readonly mdes: MdesClient;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly seen: SeenEntries;
  readonly turns: Turns;
  /** Whether all of the catalogue is known, so that an id that stands nowhere in it belongs to nobody. */
  readonly isCatalogueKnown: () => boolean;
  /** Reads or fetches all of it; gives what kept a part from being known. */
  readonly survey: () => Promise<Error | null>;
}

export class Logos {
  readonly #deps: LogoDeps;
  /** What several ask for at once is fetched once. */
  readonly #flights = new Map<string, Promise<Asset | null>>();
  /** Until when those without a picture are taken for such. */
  readonly #broken = new Map<string, number>();
  readonly #judged: JudgedLogos;
  /** The types that there are of those that were served or fetched. */
  readonly #forms = new Map<string, ReadonlySet<string>>();
  #formChanges = 0;
  #survey: { readonly at: number; readonly failure: Promise<Error | null> } | undefined;
  /** Those that were seen in the cache or fetched since the start. */
  readonly #fetched = new Set<string>();

  constructor(deps: LogoDeps) {
    this.#deps = deps;
    this.#judged = new JudgedLogos(deps.turns);
  }

  /** Of a logo that was not fetched yet, nobody knows: it is taken to be there. */
  mayHave(id: string, type: string): boolean {
    if (performance.now() >= (this.#broken.get(id) ?? Number.POSITIVE_INFINITY)) return true;
    return this.#forms.get(id)?.has(type) ?? true;
  }

  /** Grows whenever `mayHave` has come to say something else. */
  get formChanges(): number {
    return this.#formChanges;
  }

  /** One cache read for all, then MDES, one logo at a time. null: there is none, or it is no requestor's of the issuer. */
  async get(ids: readonly string[], calls = new UpstreamCalls()): Promise<Answers<Asset | null>> {
    const mayExist = ids.filter((id) => this.#deps.seen.isLogo(id) || !this.#deps.isCatalogueKnown());
    const cached = await this.#cached(mayExist);
    return Promise.all(
      ids.map((id) => {
        const entry = cached.get(id);
        if (entry !== undefined) return entry.asset;
        return mayExist.includes(id) ? this.#missing(id, calls).catch(asError) : null;
      }),
    );
  }

  /** Fetches the logos that are not cached yet, a few at a time, until one fails or nobody wants it any more. */
  async fetchAhead(isWanted: () => Promise<boolean>): Promise<void> {
    const ids = this.#deps.seen.logos().filter((id) => !this.#fetched.has(id));
    for (const batch of inBatches(ids, AHEAD_AT_ONCE)) {
      const cached = await this.#cached(batch);
      for (const id of batch) {
        if (!cached.has(id)) {
          if (!(await isWanted())) return;
          await this.#fetch(id);
        }
        this.#fetched.add(id);
      }
    }
  }

  async #cached(ids: readonly string[]): Promise<Map<string, { readonly asset: Asset | null }>> {
    const rows = await this.#deps.cache.getMany(ids.map(assetKey));
    const found = new Map<string, { readonly asset: Asset | null }>();
    for (const [index, id] of ids.entries()) {
      const entry = await this.#judged.read(id, rows[index]);
      if (entry === undefined) continue;
      if (entry.asset !== null) this.#learn(entry.asset);
      found.set(id, entry);
    }
    return found;
  }

  #learn({ id, mediaContents }: Asset): void {
    const before = MEDIA_TYPES.map((type) => this.mayHave(id, type));
    this.#forms.set(id, new Set(mediaContents.map(({ type }) => type)));
    if (MEDIA_TYPES.some((type, index) => this.mayHave(id, type) !== before[index])) this.#formChanges++;
  }

  #missing(id: string, calls: UpstreamCalls): Promise<Asset | null> {
    const asset = async () => ((await this.#isKnown(id)) ? this.#fetch(id, calls) : null);
    const outOfTime = () => new MdesError('UNAVAILABLE', 'a logo could not be fetched in time');
    return endWithin(LOGO_MS, asset, outOfTime);
  }

  /** @throws what kept the catalogue from being looked through */
  async #isKnown(id: string): Promise<boolean> {
    const { seen, clock, survey } = this.#deps;
    if (seen.isLogo(id)) return true;
    const now = clock.now();
    if (this.#survey === undefined || now - this.#survey.at >= SURVEY_EVERY_MS) {
      this.#survey = { at: now, failure: survey() };
    }
    const failure = await this.#survey.failure;
    if (seen.isLogo(id)) return true;
    if (failure !== null) throw failure;
    return false;
  }

  #fetch(id: string, calls = new UpstreamCalls()): Promise<Asset | null> {
    const underWay = this.#flights.get(id);
    if (underWay !== undefined) return underWay;
    if (performance.now() < (this.#broken.get(id) ?? 0)) return Promise.resolve(withoutPicture(id));
    const flight = this.#call(id, calls).finally(() => this.#flights.delete(id));
    this.#flights.set(id, flight);
    return flight;
  }

  async #call(id: string, calls: UpstreamCalls): Promise<Asset | null> {
    const { mdes, cache } = this.#deps;
    try {
      calls.mdes += 1;
      const asset = await mdes.getAsset(id);
      const ttlMs = asset === null ? NO_ASSET_TTL_MS : ASSET_TTL_MS;
      cache.setMany([{ key: assetKey(id), value: { asset }, ttlMs }]);
      this.#broken.delete(id);
      if (asset !== null) {
        this.#judged.trust(asset);
        this.#learn(asset);
      }
      return asset;
    } catch (error) {
      if (!(error instanceof BrokenAsset)) throw error;
      this.#broken.set(id, performance.now() + BROKEN_REST_MS);
      this.#learn(withoutPicture(id));
      return withoutPicture(id);
    }
  }
}

/** Not kept in the cache: what was damaged on its way may be whole the next time. */
function withoutPicture(id: string): Asset {
  return { id, mediaContents: [] };
}
