/** The form in which an entry is kept: JSON text with its expiry, read back from a store that may hold anything. */

import type { CacheEntry } from './cache.js';

/** Raise it when this form changes: rows of another form are misses. */
const FORM = 1;
/** As good as for ever; Redis refuses an infinite expiry, and takes none at all for "never". */
const LONGEST_TTL_MS = 365 * 24 * 3_600_000;

/** An entry on its way into the cache; its value is already text, so that nobody can change it any more. */
export interface Row {
  readonly key: string;
  readonly json: string;
  readonly expiresAt: number;
  /** Not for this process's own memory. */
  readonly onlyShared: boolean;
}

export interface Kept {
  /** Frozen through and through: every reader gets the same object. */
  readonly value: unknown;
  readonly expiresAt: number;
  /** Of its JSON text, in characters. */
  readonly size: number;
}

/** In a process's memory: from when on the shared cache may know something newer. */
export interface Held extends Kept {
  readonly recheckAt: number;
}

/** undefined for what cannot be kept: not JSON (BigInt, circular, undefined), or no number as its TTL. */
export function toRow({ key, value, ttlMs, onlyShared = false }: CacheEntry, now: number): Row | undefined {
  const ttl = Math.min(Math.max(1, Math.round(ttlMs)), LONGEST_TTL_MS);
  if (Number.isNaN(ttl)) return undefined;
  try {
    const json: string | undefined = JSON.stringify(value);
    return json === undefined ? undefined : { key, json, expiresAt: Math.round(now) + ttl, onlyShared };
  } catch {
    return undefined;
  }
}

export function keep(row: Row): Kept {
  return { value: parseFrozen(row.json), expiresAt: row.expiresAt, size: row.json.length };
}

export function encode(row: Row): string {
  return `{"form":${FORM},"expiresAt":${row.expiresAt},"value":${row.json}}`;
}

/** undefined for a row that is garbage, of another form or past its time. */
export function decode(text: unknown, now: number): Kept | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const row = parseFrozen(text);
    if (!isRow(row) || row.form !== FORM || row.expiresAt <= now) return undefined;
    return { value: row.value, expiresAt: row.expiresAt, size: text.length };
  } catch {
    return undefined;
  }
}

interface StoredForm {
  readonly form: unknown;
  readonly expiresAt: number;
  readonly value: unknown;
}

function isRow(row: unknown): row is StoredForm {
  return (
    typeof row === 'object' &&
    row !== null &&
    'form' in row &&
    'expiresAt' in row &&
    'value' in row &&
    Number.isSafeInteger(row.expiresAt)
  );
}

function parseFrozen(json: string): unknown {
  return freeze(JSON.parse(json));
}

/** Without recursion: a row from Redis may be nested deeper than the stack. */
function freeze(root: unknown): unknown {
  const parts = [root];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (typeof part !== 'object' || part === null) continue;
    Object.freeze(part);
    for (const inner of Object.values(part)) {
      if (typeof inner === 'object' && inner !== null) parts.push(inner);
    }
  }
  return root;
}
