/** The cache as the catalogue sees it: it may forget anything at any time, and never stands in the way. */
import type { Lease } from '../../resilience/lease.js';

export interface CacheEntry {
  readonly key: string;
  /** Anything JSON can say; comes back as JSON says it, frozen. */
  readonly value: unknown;
  /** Rounded to an integer of at least 1. */
  readonly ttlMs: number;
  /** Who writes it keeps it itself: it is for the other processes. */
  readonly onlyShared?: boolean;
}

export interface ReadOptions {
  /** Ask the shared cache also for what this process holds: another may have written something newer. */
  readonly recheck?: boolean;
  /** For what the caller keeps itself: this process's memory is left alone. */
  readonly onlyShared?: boolean;
}

/** Fails open: no operation ever rejects or takes longer than its deadline; a failing cache is a miss. */
export interface Cache {
  /** One round trip for all keys; the answer is aligned with keys; undefined is a miss. */
  getMany(keys: readonly string[], options?: ReadOptions): Promise<(unknown | undefined)[]>;
  /** Whether this process's memory can answer for a key just now, without the shared cache. */
  holds(key: string): boolean;
  /** Returns at once; written behind, best effort. */
  setMany(entries: readonly CacheEntry[]): void;
  /** Milliseconds for which what was read may be taken for what the shared cache holds; infinite: there is none. */
  readonly recheckMs: number;
  /** Waits until what was set is written, at most so long. */
  settled(ms: number): Promise<void>;
  /** For work that one process should do for all that share the cache. Alone, every process gets its own. */
  lease(name: string): Lease;
  /** For the health page: whether the shared cache answers now (`memory` when there is none). */
  state(): 'memory' | 'ready' | 'degraded';
  /** Waits briefly (500 ms at most) for writes under way. */
  close(): Promise<void>;
}
