/** The cache as the catalogue sees it: it may forget anything at any time, and never stands in the way. */

export interface CacheEntry {
  readonly key: string;
  /** Anything JSON can say; comes back as JSON says it, frozen. */
  readonly value: unknown;
  /** Rounded to an integer of at least 1. */
  readonly ttlMs: number;
}

/** Fails open: no operation ever rejects or takes longer than its deadline; a failing cache is a miss. */
export interface Cache {
  /** One round trip for all keys; the answer is aligned with keys; undefined is a miss. */
  getMany(keys: readonly string[]): Promise<(unknown | undefined)[]>;
  /** Returns at once; written behind, best effort. */
  setMany(entries: readonly CacheEntry[]): void;
  /** For the health page: whether the shared cache answers now (`memory` when there is none). */
  state(): 'memory' | 'ready' | 'degraded';
  /** Waits briefly (500 ms at most) for writes under way. */
  close(): Promise<void>;
}
