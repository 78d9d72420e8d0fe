/** The push ledger: it remembers every push, so that each is sent at most once. It fails closed. */
import type { Push } from '../push.js';

/** What makes a request the same: the account holder, the key that the front end chose, and all that was asked for. */
export interface PushIdentity {
  /** Keyed hash of the account holder. */
  readonly owner: string;
  readonly idempotencyKey: string;
  /** Keyed hash of the input without the key. */
  readonly fingerprint: string;
}

/** What the ledger holds under a key: the push, or word that the key was used for other input. */
export type LedgerEntry =
  | { readonly kind: 'SAME_INPUT'; readonly push: Push }
  | { readonly kind: 'OTHER_INPUT' };

export interface PushPage {
  /** Newest first. */
  readonly pushes: readonly Push[];
  readonly hasNextPage: boolean;
}

/** Part of every shared key: raise it when the form of a row changes. */
export const LEDGER_FORMAT = 1;

/** How long a key and its push's outcome are kept, and how long the history, in milliseconds. */
export const KEY_LIFE_MS = 86_400_000;
export const HISTORY_LIFE_MS = 30 * 86_400_000;

/** Every operation throws GatewayError LEDGER_UNAVAILABLE when the ledger cannot answer, and then nothing may be sent. */
export interface PushLedger {
  /** What stands under the key; null when it is free, also when it was reserved by a process that died before it sent. */
  find(identity: PushIdentity): Promise<LedgerEntry | null>;

  /** Takes the key, atomically, before anything is sent; gives what stands there when somebody was faster. */
  reserve(identity: PushIdentity, push: Push): Promise<LedgerEntry | null>;

  /**
   * Changes a push, atomically: `change` gets it as it stands, with the secrets that still live, and gives it as it
   * shall be, or null to leave it. It may be called more than once. Gives the push as it then stands; null when there
   * is none of that id.
   */
  change(pushId: string, change: (push: Push) => Push | null): Promise<Push | null>;

  /** Forgets a push that was certainly not carried out, and frees its key, so that it can be tried again. */
  release(identity: PushIdentity, push: Push): Promise<void>;

  /** null when there is none. */
  get(pushId: string): Promise<Push | null>;

  /** The owner's, newest first, after a push of theirs; null when there is no such push to begin after. */
  list(owner: string, first: number, after: string | null): Promise<PushPage | null>;

  close(): Promise<void>;
}
