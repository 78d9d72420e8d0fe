/** A semaphore: so many pieces of work at once and no more; whoever waits leaves the queue when called off. */

export class Semaphore {
  readonly #waiting = new Set<() => void>();
  readonly #count: number;
  #free: number;

  constructor(count: number) {
    this.#count = count;
    this.#free = count;
  }

  get taken(): number {
    return this.#count - this.#free;
  }

  get waiting(): number {
    return this.#waiting.size;
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
        this.#waiting.delete(enter);
        reject(signal.reason);
      };
      const enter = () => {
        this.#waiting.delete(enter);
        signal.removeEventListener('abort', callOff);
        this.#free--;
        resolve();
      };
      if (signal.aborted) return callOff();
      signal.addEventListener('abort', callOff, { once: true });
      this.#waiting.add(enter);
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
