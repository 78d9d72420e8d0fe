/** Writes after the caller has gone on: in order, a few at a time, bounded, and readable until written. */
import type { Row } from './row.js';

const MOST_WAITING = { rows: 10_000, size: 32 * 1024 * 1024 };
/** Small enough that a batch of logos fits into one deadline. */
const BATCH = { rows: 100, size: 512 * 1024 };

export class WriteBehind {
  readonly #write: (rows: readonly Row[]) => Promise<void>;
  readonly #waiting = new Map<string, Row>();
  #size = 0;
  #draining: Promise<void> | undefined;

  /** @param write must not reject; what it does not manage is gone. */
  constructor(write: (rows: readonly Row[]) => Promise<void>) {
    this.#write = write;
  }

  /** Of more than fits, the oldest are let go: it is a cache. */
  add(row: Row): void {
    this.#remove(this.#waiting.get(row.key));
    this.#waiting.set(row.key, row);
    this.#size += row.json.length;
    for (const oldest of this.#waiting.values()) {
      if (this.#waiting.size <= MOST_WAITING.rows && this.#size <= MOST_WAITING.size) break;
      this.#remove(oldest);
    }
    this.#draining ??= this.#drain();
  }

  get(key: string): Row | undefined {
    return this.#waiting.get(key);
  }

  /** Resolves when all is written, or after so long. */
  async drained(ms: number): Promise<void> {
    if (this.#draining === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.#draining, timeout]);
    clearTimeout(timer);
  }

  async #drain(): Promise<void> {
    // A turn of the event loop between batches: requests come first.
    await nextTurn();
    while (this.#waiting.size > 0) {
      const batch = this.#nextBatch();
      await this.#write(batch);
      for (const row of batch) this.#remove(row);
      await nextTurn();
    }
    this.#draining = undefined;
  }

  #nextBatch(): Row[] {
    const batch: Row[] = [];
    let size = 0;
    for (const row of this.#waiting.values()) {
      size += row.json.length;
      if (batch.length === BATCH.rows || (batch.length > 0 && size > BATCH.size)) break;
      batch.push(row);
    }
    return batch;
  }

  /** Unless another has taken its place. */
  #remove(row: Row | undefined): void {
    if (row === undefined || this.#waiting.get(row.key) !== row) return;
    this.#waiting.delete(row.key);
    this.#size -= row.json.length;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
