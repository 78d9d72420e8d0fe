/** The push ledger: it remembers every push, so that each is sent at most once. It fails closed. */
import type { TlsSettings } from '../../domain/network/outward.js';
import type { Secret } from '../../domain/secret.js';
import type { NewPush, Push, PushEnd } from '../push.js';

/** What makes a request the same: the account holder, the key that the front end chose, and all that was asked for. */
export interface PushIdentity {
  readonly accountHolder: string;
  readonly idempotencyKey: string;
  readonly tokenRequestorId: string;
  /** The input without the key, written in one way. */
  readonly input: string;
}

/** One try to push: who reserves a key under an attempt's id can change nothing of another attempt's. */
export interface Attempt {
  /** Becomes the push's id. */
  readonly id: string;
  readonly identity: PushIdentity;
}

/** What a reservation finds. */
export type Reservation =
  | { readonly kind: 'OURS' }
  /** Another attempt is still being checked, and has sent nothing. */
  | { readonly kind: 'HELD' }
  /** The operators have stopped such pushes (`npm run hold`): the key was not taken. */
  | { readonly kind: 'STOPPED' }
  | { readonly kind: 'SAME_INPUT'; readonly push: Push }
  | { readonly kind: 'OTHER_INPUT' };

/** A push of the list; one that cannot be read is an entry that says so, never a hole. */
type HistoryEntry =
  | { readonly kind: 'PUSH'; readonly push: Push; readonly cursor: string }
  | {
      readonly kind: 'UNREADABLE';
      readonly id: string;
      /** Milliseconds since the epoch. */
      readonly createdAt: number;
      readonly cursor: string;
    };

export interface PushPage {
  /** Newest first, without secrets. */
  readonly entries: readonly HistoryEntry[];
  readonly hasNextPage: boolean;
}

/** How long a key and its push's outcome are kept, and how long the history, in milliseconds. */
export const KEY_LIFE_MS = 86_400_000;
export const HISTORY_LIFE_MS = 30 * 86_400_000;

export type LedgerState = 'memory' | 'ready' | 'unavailable';

/**
 * Every operation throws GatewayError LEDGER_UNAVAILABLE when the ledger cannot answer, and then nothing may be sent.
 * What was asked for may be carried out all the same, and later: so each changes only what stands under its own
 * attempt's id, in the phase that it begins from.
 */
export interface PushLedger {
  /** Takes the key, atomically, before anything is sent: when it is free, expired, or was reserved and abandoned. */
  reserve(attempt: Attempt): Promise<Reservation>;

  /** Right before it is sent. null: the reservation is not this attempt's any more, and nothing may be sent. */
  markSent(attempt: Attempt, push: NewPush): Promise<Push | null>;

  /**
   * How a push that this process has sent has ended; the first end stands. A row that has vanished meanwhile is put
   * back, its key too. Gives the push as it then stands.
   */
  conclude(attempt: Attempt, sent: Push, end: PushEnd): Promise<Push>;

  /** Forgets an attempt that was certainly not carried out, and frees its key; never what has ended. */
  release(attempt: Attempt): Promise<void>;

  /** null when there is none, or when it is not `accountHolder`'s; `anybody`: for who has shown otherwise that he may. */
  find(pushId: string, accountHolder: Holder): Promise<Push | null>;

  /**
   * Changes what is known of a push that has ended, atomically: `change` gets it as it stands and gives it as it shall
   * be, or null to leave it. It may be called more than once. Gives the push as it then stands; null as `find`.
   */
  change(pushId: string, accountHolder: Holder, change: (push: Push) => Push | null): Promise<Push | null>;

  /** Newest first, after the entry of that cursor, which may have gone since. @throws GatewayError BAD_USER_INPUT */
  history(accountHolder: string, first: number, after: string | null): Promise<PushPage>;

  /** How it fares just now. */
  state(): LedgerState;

  /** Of the same database, with another user, password, authority or certificate; absent where there is none. */
  replaceEntrance?(entrance: { readonly url: Secret<string>; readonly tls: TlsSettings }): void;

  close(): Promise<void>;
}

export type Holder = { readonly accountHolder: string } | 'anybody';
