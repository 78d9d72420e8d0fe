/** Takes from a counter in portions, so that not every request waits for it; shared with others, it may refuse a little early, never late. */
import { LRUCache } from 'lru-cache';
import { type Count, type Counted, giveBack, type LimitCounter } from './limit-counter.js';

export interface Portion {
  /** Whoever takes of it counts it down. */
  left: number;
  readonly of: Counted;
}

const MOST_PORTIONS = 50_000;
const ROOM: Room = { kind: 'COUNTED' };

export type Room = { readonly kind: 'COUNTED' } | Exclude<Count, { kind: 'COUNTED' }>;

export class Portions {
  readonly #counter: LimitCounter;
  readonly #size: number;
  /** Bounded by `maxSize`: with `max` it would make room for all of them before there is one. */
  readonly #held = new LRUCache<string, Portion>({
    maxSize: MOST_PORTIONS,
    sizeCalculation: () => 1,
    dispose: ({ left, of }, _subject, reason) => {
      if (reason === 'evict') giveBack({ ...of, points: left });
    },
  });
  /** One question at a time for each subject: its portion is for all who wait. */
  readonly #asking = new Map<string, Promise<Count>>();

  constructor(counter: LimitCounter, size: number) {
    this.#counter = counter;
    this.#size = size;
  }

  /** At once where there is some left. */
  take(subject: string): Room | Promise<Room> {
    return this.#takeHeld(subject) ? ROOM : this.#ask(subject);
  }

  /** What is left to give out at once; undefined where there is none. */
  held(subject: string, now: number): Portion | undefined {
    const portion = this.#held.get(subject);
    return portion === undefined || portion.left === 0 || now >= portion.of.endsAt ? undefined : portion;
  }

  giveBack(subject: string): void {
    const portion = this.#held.get(subject);
    if (portion !== undefined && portion.left < this.#size) portion.left += 1;
  }

  #takeHeld(subject: string): boolean {
    const portion = this.held(subject, performance.now());
    if (portion === undefined) return false;
    portion.left -= 1;
    return true;
  }

  async #ask(subject: string): Promise<Room> {
    if (this.#size === 1) return this.#counter.take(subject);
    do {
      const count = await this.#askForPortion(subject);
      // There may be room for this one and not for as many.
      if (count.kind === 'FULL') return this.#counter.take(subject);
      if (count.kind !== 'COUNTED') return count;
    } while (!this.#takeHeld(subject));
    return ROOM;
  }

  #askForPortion(subject: string): Promise<Count> {
    const asked = this.#asking.get(subject);
    if (asked !== undefined) return asked;
    const asking = this.#counter
      .take(subject, this.#size)
      .then((count) => {
        if (count.kind === 'COUNTED') this.#held.set(subject, { left: this.#size, of: count });
        return count;
      })
      .finally(() => this.#asking.delete(subject));
    this.#asking.set(subject, asking);
    return asking;
  }
}
