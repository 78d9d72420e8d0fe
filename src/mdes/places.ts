/** A bounded number of places to work in at once; whoever waits for one leaves the queue when called off. */

export class Places {
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  #enter(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const callOff = () => {
        this.#waiting.delete(takePlace);
        reject(signal.reason);
      };
      const takePlace = () => {
        this.#waiting.delete(takePlace);
        signal.removeEventListener('abort', callOff);
        this.#free--;
        resolve();
      };
      if (signal.aborted) return callOff();
      signal.addEventListener('abort', callOff, { once: true });
      this.#waiting.add(takePlace);
      this.#letIn();
    });
  }

  #leave(): void {
    this.#free++;
    this.#letIn();
  }

  #letIn(): void {
    const [next] = this.#waiting;
    if (this.#free > 0 && next !== undefined) next();
  }
}
