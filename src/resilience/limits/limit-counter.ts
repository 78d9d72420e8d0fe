/** Counts what somebody asks for against a limit: in Redis, so that all processes count together, or in this process alone. */
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** Where it was counted, so that it can be given back there. */
export interface Counted {
  readonly kind: 'COUNTED';
  readonly points: number;
  /** Milliseconds of `performance.now()`: then the count begins anew. */
  readonly endsAt: number;
  readonly places: readonly Place[];
}

interface Place {
  readonly counter: RateLimiterAbstract;
  readonly key: string;
}

export type Count =
  | Counted
  /** There was no room, and so it is not counted either. */
  | { readonly kind: 'FULL'; readonly retryAfterSeconds: number }
  /** Redis is away, and whoever asks shall not go on without it. */
  | { readonly kind: 'UNCOUNTED' };

interface LimitCounterDeps {
  /** null: there is no Redis. */
  readonly shared: RateLimiterAbstract | null;
  /** It knows what this process has let through, also while Redis counts. null: without Redis nothing is let through. */
  readonly own: RateLimiterAbstract | null;
  /** Redis is told this in place of the subject. */
  readonly hash: (subject: string) => string;
}

/** What is given back this late could fall into the next window, and would widen it. */
const GIVE_BACK_UNTIL_MS = 1000;

export class LimitCounter {
  readonly #deps: LimitCounterDeps;

  constructor(deps: LimitCounterDeps) {
    this.#deps = deps;
  }

  async take(subject: string, points = 1): Promise<Count> {
    const { shared, own, hash } = this.#deps;
    const ownPlace = own && { counter: own, key: subject };
    if (shared !== null) {
      try {
        const count = await consume({ counter: shared, key: hash(subject) }, points);
        if (count.kind !== 'COUNTED' || ownPlace === null) return count;
        void own?.penalty(subject, points);
        return { ...count, places: [...count.places, ownPlace] };
      } catch {
        // Away, silent or full: that has been logged where it was seen.
      }
    }
    return ownPlace === null ? { kind: 'UNCOUNTED' } : consume(ownPlace, points);
  }
}

/** For what was counted and did not happen. */
export function giveBack({ points, endsAt, places }: Counted): void {
  if (performance.now() > endsAt - GIVE_BACK_UNTIL_MS) return;
  // Lost, it counts until its window ends.
  for (const { counter, key } of places) counter.reward(key, points).catch(() => undefined);
}

/** @throws what Redis says */
async function consume(place: Place, points: number): Promise<Count> {
  const countedFor = (ms: number) =>
    ({ kind: 'COUNTED', points, endsAt: performance.now() + ms, places: [place] }) as const;
  try {
    return countedFor((await place.counter.consume(place.key, points)).msBeforeNext);
  } catch (full) {
    if (!isFull(full)) throw full;
    // Zero: it knew without asking, and has not added anything.
    if (full.consumedPoints > 0) giveBack(countedFor(full.msBeforeNext));
    return { kind: 'FULL', retryAfterSeconds: Math.max(1, Math.ceil(full.msBeforeNext / 1000)) };
  }
}

/** The library refuses by rejecting with a count. */
function isFull(rejected: unknown): rejected is RateLimiterRes {
  return (
    !(rejected instanceof Error) &&
    typeof rejected === 'object' &&
    rejected !== null &&
    'msBeforeNext' in rejected
  );
}
