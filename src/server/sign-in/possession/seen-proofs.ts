/** The proofs of a moment ago, so that none is taken twice: by this process, and never more than fit. */

const MOST_PROOFS = 100_000;

export class SeenProofs {
  /** In the order in which they are forgotten. */
  readonly #until = new Map<string, number>();
  readonly #keptMs: number;
  readonly #most: number;

  /** @param keptMs longer than any proof is good from when it comes in */
  constructor(keptMs: number, most = MOST_PROOFS) {
    this.#keptMs = keptMs;
    this.#most = most;
  }

  /** Full, it takes no more until the oldest are past: to forget one early would let it come again. */
  add(proof: string, now = performance.now()): 'NEW' | 'SEEN' | 'FULL' {
    for (const [old, until] of this.#until) {
      if (until >= now) break;
      this.#until.delete(old);
    }
    if (this.#until.has(proof)) return 'SEEN';
    if (this.#until.size >= this.#most) return 'FULL';
    this.#until.set(proof, now + this.#keptMs);
    return 'NEW';
  }
}
