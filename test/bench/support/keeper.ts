/** What was started, closed in reverse; what comes after the end is closed at once. */

type Closer = () => Promise<unknown> | unknown;

export class Keeper {
  readonly #closers: Closer[] = [];
  #isClosed = false;

  async owns(closer: Closer): Promise<void> {
    if (this.#isClosed) await closer();
    else this.#closers.push(closer);
  }

  /** Says what could not be closed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const closer of this.#closers.splice(0).reverse()) {
      try {
        await closer();
      } catch (error) {
        console.error('could not be stopped:', error);
      }
    }
  }
}
