/** Tells the ledger what has happened; where it is away just now, again and again until it has taken it. */
import { setTimeout as pause } from 'node:timers/promises';
import { RECORD_CLOSE_MS } from '../../resilience/time-limits.js';
import type { Push } from '../push.js';
import type { PushIdentity, PushLedger } from './ledger.js';

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
  }

  /** The push as the ledger then has it; null when it will be told later. */
  async change(push: Push, change: (known: Push) => Push): Promise<Push | null> {
    const tell = () => this.#ledger.change(push.id, change);
    try {
      return await tell();
    } catch {
      this.#later(tell);
      return null;
    }
  }

  /** Never rejects. */
  async release(identity: PushIdentity, push: Push): Promise<void> {
    const tell = () => this.#ledger.release(identity, push);
    try {
      await tell();
    } catch {
      this.#later(tell);
    }
  }

  /** What is still to be told is tried once more, at once, and waited for briefly. */
  async close(): Promise<void> {
    this.#closed.abort();
    await Promise.race([Promise.all(this.#pending), pause(RECORD_CLOSE_MS, undefined, { ref: false })]);
  }

  #later(tell: () => Promise<unknown>): void {
    const pending = this.#repeat(tell).finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
  }

  async #repeat(tell: () => Promise<unknown>): Promise<void> {
    const { signal } = this.#closed;
    let wait = PAUSE_MS.first;
    for (const until = performance.now() + PATIENCE_MS; !signal.aborted && performance.now() < until; ) {
      await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
      wait = Math.min(wait * 2, PAUSE_MS.longest);
      try {
        await tell();
        return;
      } catch {
        // It is still away.
      }
    }
  }
}
