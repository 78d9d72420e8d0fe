/** Long work in slices: between them the event loop belongs to everybody else. */

/** Well below what a request would notice, also where two such pieces of work meet. */
const SLICE_MS = 4;

/** Shared by work that may be under way at the same time: all of it together gets one slice per turn of the loop. */
export class Turns {
  #sliceBegan = performance.now();
  #last: Promise<void> = Promise.resolve();

  /** Whether the slice is over: then `next` is to be awaited. Cheap enough for each step of a loop. */
  get isOver(): boolean {
    return performance.now() - this.#sliceBegan > SLICE_MS;
  }

  async next(): Promise<void> {
    this.#last = this.#last.then(nextTurn);
    await this.#last;
    this.#sliceBegan = performance.now();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
