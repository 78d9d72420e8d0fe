/** What came of many requests. */
import type { Taken } from './connection.js';
import type { LoadResult } from './plan.js';

const FIRST_ROOM = 1 << 16;

export class Tally {
  #times = new Float64Array(FIRST_ROOM);
  #answers = 0;
  #wrong = 0;
  #firstWrong: string | null = null;
  #bytes = 0;

  get answers(): number {
    return this.#answers;
  }

  add(ms: number, { bytes, wrong }: Taken): void {
    if (this.#answers === this.#times.length) {
      const more = new Float64Array(2 * this.#times.length);
      more.set(this.#times);
      this.#times = more;
    }
    this.#times[this.#answers] = ms;
    this.#answers += 1;
    this.#bytes += bytes;
    if (wrong === null) return;
    this.#wrong += 1;
    this.#firstWrong ??= wrong;
  }

  result(seconds: number): LoadResult {
    const sorted = this.#times.subarray(0, this.#answers).sort();
    const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return {
      answers: this.#answers,
      wrong: this.#wrong,
      firstWrong: this.#firstWrong,
      seconds,
      bytes: this.#bytes,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: at(1),
    };
  }
}
