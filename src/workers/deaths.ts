/** The deaths of workers: whether there are so many that whatever they have for a cause, no new worker mends it. */

const MOST_DEATHS = 5;
/** Of service by all: while one of them starts no time passes here, or slow starts would hide that none lives on. */
const WINDOW_MS = 60_000;

export class Deaths {
  readonly #now: () => number;
  #at: number[] = [];
  /** Time of service by all, up to the last death. */
  #servedMs = 0;
  #serveSince: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get count(): number {
    return this.#at.length;
  }

  get areHopeless(): boolean {
    return this.count >= MOST_DEATHS;
  }

  /** From now on every one of them serves. */
  allServe(): void {
    this.#serveSince ??= this.#now();
  }

  /** One of them serves no longer. */
  oneIsGone(): void {
    if (this.#serveSince !== undefined) this.#servedMs += this.#now() - this.#serveSince;
    this.#serveSince = undefined;
  }

  /** And not because somebody had asked it to end. */
  add(): void {
    this.#at = [...this.#at.filter((at) => this.#servedMs - at < WINDOW_MS), this.#servedMs];
  }
}
