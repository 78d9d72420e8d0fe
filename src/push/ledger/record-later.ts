/** Tells the ledger what has happened; where it is away just now, again and again until it has taken it. */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { RECORD_CLOSE_MS, UNDER_WAY_MS } from '../../resilience/time-limits.js';
import type { Push, PushEnd } from '../push.js';
import type { Attempt, PushLedger } from './ledger.js';

/** Between two tries, at first and at most. */
const PAUSE_MS = { first: 200, longest: 5000 };
/** After that the push stands as it was last recorded: a push that was sent counts as UNKNOWN. */
const PATIENCE_MS = 15 * 60_000;

export class RecordLater {
  readonly #ledger: PushLedger;
  readonly #pending = new Set<Promise<unknown>>();
  readonly #closed = new AbortController();

  constructor(ledger: PushLedger) {
    this.#ledger = ledger;
    // Each that waits listens: while the ledger is away there are as many as pushes.
    setMaxListeners(0, this.#closed.signal);
  }

  /** What is still to be told. */
  get pending(): number {
    return this.#pending.size;
  }

  /** The push as the ledger then has it; null when it will be told later. */
  async conclude(attempt: Attempt, sent: Push, end: PushEnd): Promise<Push | null> {
    const tell = () => this.#ledger.conclude(attempt, sent, end);
    try {
      return await tell();
    } catch {
      this.#later(tell);
      return null;
    }
  }

  /** Never rejects. */
  async release(attempt: Attempt): Promise<void> {
    const tell = () => this.#ledger.release(attempt);
    try {
      await tell();
    } catch {
      this.#later(tell);
    }
  }

  /** After a reservation whose answer never came. It may yet be carried out, so that one release is not enough. */
  releaseLost(attempt: Attempt): void {
    const tell = () => this.#ledger.release(attempt);
    const twice = this.#repeat(tell, UNDER_WAY_MS).then(() => this.#repeat(tell, UNDER_WAY_MS));
    this.#keep(twice);
  }

  /** What is still to be told is tried once more, at once, and waited for briefly. */
  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.race([Promise.all(this.#pending), pause(RECORD_CLOSE_MS, undefined, { ref: false })]);
  }

  #later(tell: () => Promise<unknown>): void {
    this.#keep(this.#repeat(tell, PATIENCE_MS));
  }

  #keep(telling: Promise<unknown>): void {
    const pending = telling.finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
  }

  async #repeat(tell: () => Promise<unknown>, patienceMs: number): Promise<void> {
    const { signal } = this.#closed;
    let wait = PAUSE_MS.first;
    for (const until = performance.now() + patienceMs; performance.now() < until; ) {
      await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
      wait = Math.min(wait * 2, PAUSE_MS.longest);
      try {
        await tell();
        return;
      } catch {
        // It is still away.
      }
      if (signal.aborted) return;
    }
  }
}
