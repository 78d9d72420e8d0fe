/** Which logos belong to a token requestor of the issuer: no other is ever asked for at MDES. */
import type { Clock } from '../domain/clock.js';
import { type Answers, requireAll } from './answers.js';
import type { RangeEntry } from './catalogue-entries.js';

/** An id that nobody knows has the catalogue looked through again, at most this often. */
const SURVEY_EVERY_MS = 5000;

export class KnownLogos {
  readonly #known = new Set<string>();
  readonly #catalogue: () => Promise<Answers<RangeEntry>>;
  readonly #clock: Clock;
  #survey: { readonly at: number; readonly answers: Promise<Answers<RangeEntry>> } | undefined;

  /** @param catalogue all of it; looked through for an id that has not been met yet */
  constructor(catalogue: () => Promise<Answers<RangeEntry>>, clock: Clock) {
    this.#catalogue = catalogue;
    this.#clock = clock;
  }

  /** Only ids that MDES named get here, so the set stays as small as the catalogue. */
  learn(entries: Iterable<RangeEntry>): void {
    for (const { tokenRequestors } of entries) {
      for (const { imageAssetId } of tokenRequestors)
        if (imageAssetId !== null) this.#known.add(imageAssetId);
    }
  }

  /** @throws what kept the catalogue from being looked through */
  async isKnown(id: string): Promise<boolean> {
    if (this.#known.has(id)) return true;
    const now = this.#clock.now();
    if (this.#survey === undefined || now - this.#survey.at >= SURVEY_EVERY_MS) {
      this.#survey = { at: now, answers: this.#catalogue() };
    }
    const answers = await this.#survey.answers;
    return this.#known.has(id) || requireAll(answers, false);
  }
}
