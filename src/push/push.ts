/** A push: what was asked for, what became of it, and for how long its receipts live. */
import type { AccountRange } from '../domain/account-range.js';
import type { Secret } from '../domain/secret.js';
import type { Platform } from '../domain/token-requestor.js';
import { UNDER_WAY_MS } from '../resilience/time-limits.js';
import type { PushHandOff } from './hand-off.js';
import type { Refusal } from './refusals/refusal.js';
import type { AccountOutcome } from './wallet-outcome.js';

/** Where a push stands in the ledger; what callers see of it is its status. */
export type PushPhase =
  /** Its key is taken and nothing has been sent: whoever dies now has certainly not pushed. */
  | { readonly kind: 'RESERVED' }
  /** Written before the first byte leaves: from here on it is never sent again by itself. */
  | { readonly kind: 'SENT' }
  | { readonly kind: 'ANSWERED'; readonly results: readonly AccountResult[] }
  /** MDES refused the whole push; the same key gives the same refusal. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal }
  | { readonly kind: 'UNKNOWN' };

/** Per account, in the order of `Push.accounts`. */
export type AccountResult =
  /** `receiptHash` (keyed) tells a callback's receipt again after the receipt itself is gone. */
  | { readonly kind: 'PUSHED'; readonly receiptHash: string }
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

interface PushedFundingAccount {
  readonly fundingAccountId: string;
  readonly lastFour: string;
}

/** What is worth something to a thief: sealed wherever it is kept, and gone when the receipts expire. */
export interface PushSecrets {
  /** In the order of `Push.accounts`; null for an account that was refused. */
  readonly accounts: readonly (AccountSecrets | null)[];
  readonly handOffs: readonly PushHandOff[];
}

interface AccountSecrets {
  readonly receipt: Secret<string>;
  readonly digitizationData: Secret<string> | null;
}

export interface Push {
  /** Also the `requestId` that MDES knows the push by. */
  readonly id: string;
  /** Keyed hash of the account holder: whose it is, for who asks, and nobody's name for who reads the ledger. */
  readonly owner: string;
  readonly tokenRequestorId: string;
  readonly accounts: readonly PushedFundingAccount[];
  /** Those of the accounts: where the token requestor is found again. */
  readonly accountRanges: readonly AccountRange[];
  /** Where the account holder was, if the caller said so. */
  readonly platform: Platform | null;
  /** Where the account holder goes on to after our own callback route; null when the requestor does not come by us. */
  readonly callbackUrl: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When the receipts lose their value. */
  readonly expiresAt: number;
  readonly phase: PushPhase;
  /** Since when it stands in its phase. */
  readonly phaseSince: number;
  /** The platform that the app has handed off on. */
  readonly handedOff: { readonly platform: Platform; readonly at: number } | null;
  /** In the order of `accounts`; null until something is known. */
  readonly outcomes: readonly (AccountOutcome | null)[];
  readonly secrets: PushSecrets | null;
}

/** Whether whoever reserved it is gone: it was certainly not sent, and its key is free. */
export function isAbandoned({ phase, phaseSince }: Pick<Push, 'phase' | 'phaseSince'>, now: number): boolean {
  return phase.kind === 'RESERVED' && phaseSince + UNDER_WAY_MS <= now;
}

/** The push as it is now: secrets that have expired are gone. */
export function asOf(push: Push, now: number): Push {
  return push.secrets !== null && push.expiresAt <= now ? { ...push, secrets: null } : push;
}

/** The refusal of one account, if it was refused. */
export function refusalOf(push: Push, index: number): Refusal | null {
  if (push.phase.kind === 'REFUSED') return push.phase.refusal;
  const result = push.phase.kind === 'ANSWERED' ? push.phase.results[index] : undefined;
  return result?.kind === 'REFUSED' ? result.refusal : null;
}
