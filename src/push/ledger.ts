/** The push ledger: it remembers every push, so that each is sent at most once. It fails closed. */
import type { Push, PushPhase } from './push.js';

/** What makes a request the same: the account holder, the key that the front end chose, and all that was asked for. */
export interface PushIdentity {
  readonly accountHolder: string;
  readonly idempotencyKey: string;
  /** Keyed hash of the input without the key. */
  readonly fingerprint: string;
}

/** What the ledger holds under a key: the push, or word that the key was used for other input. */
export type LedgerEntry =
  | { readonly kind: 'SAME_INPUT'; readonly push: Push }
  | { readonly kind: 'OTHER_INPUT' };

export interface PushLedger {
  find(identity: PushIdentity): Promise<LedgerEntry | null>;

  /**
   * Takes the key, atomically, before anything is sent; gives what stands there when somebody was faster.
   * @throws GatewayError LEDGER_UNAVAILABLE, and then nothing may be sent
   */
  reserve(identity: PushIdentity, push: Push): Promise<LedgerEntry | null>;

  /** Records how a push ended. */
  conclude(push: Push, phase: PushPhase): Promise<Push>;

  /** Frees the key of a push that was certainly not carried out, so that it can be tried again. */
  release(push: Push): Promise<void>;

  /** A push of this account holder; null when there is none, or when it is somebody else's. */
  get(accountHolder: string, pushId: string): Promise<Push | null>;

  close(): Promise<void>;
}
