/** The proofs of a moment ago, so that none is taken twice, and never more than fit, nor one account holder's alone. */

/** Seconds that an app's clock may differ from ours, either way: a proof is made for one request. */
export const PROOF_WINDOW = 60;
/** Longer than any proof is good from when it comes in. */
const KEPT_MS = (2 * PROOF_WINDOW + 2) * 1000;

/** Full, it takes no more until the oldest are past: to forget one early would let it come again. */
export type ProofOutcome = 'NEW' | 'SEEN' | 'FULL';

/** Of one process, or of all that serve on one port. */
export interface ProofMemory {
  add(proof: string, owner: string): ProofOutcome | Promise<ProofOutcome>;
}

interface Bounds {
  readonly proofs: number;
  /** More than the limits of requests let anybody use; else one who has machines enough would fill it for all. */
  readonly ofOneOwner: number;
}

const BOUNDS: Bounds = { proofs: 100_000, ofOneOwner: 5000 };

interface Seen {
  readonly until: number;
  readonly owner: string;
}

export class SeenProofs implements ProofMemory {
  /** In the order in which they are forgotten. */
  readonly #seen = new Map<string, Seen>();
  readonly #ofOwner = new Map<string, number>();
  readonly #keptMs: number;
  readonly #bounds: Bounds;

  constructor(keptMs = KEPT_MS, bounds = BOUNDS) {
    this.#keptMs = keptMs;
    this.#bounds = bounds;
  }

  add(proof: string, owner: string, now = performance.now()): ProofOutcome {
    for (const [old, seen] of this.#seen) {
      if (seen.until >= now) break;
      this.#seen.delete(old);
      this.#count(seen.owner, -1);
    }
    if (this.#seen.has(proof)) return 'SEEN';
    const { proofs, ofOneOwner } = this.#bounds;
    if (this.#seen.size >= proofs || (this.#ofOwner.get(owner) ?? 0) >= ofOneOwner) return 'FULL';
    this.#seen.set(proof, { until: now + this.#keptMs, owner });
    this.#count(owner, 1);
    return 'NEW';
  }

  #count(owner: string, more: number): void {
    const count = (this.#ofOwner.get(owner) ?? 0) + more;
    if (count === 0) this.#ofOwner.delete(owner);
    else this.#ofOwner.set(owner, count);
  }
}
