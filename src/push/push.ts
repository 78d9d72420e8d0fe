/** A push: what was asked for, what became of each of its accounts, and for how long its receipts live. */
import type { Secret } from '../domain/secret.js';
import type { Platform } from '../domain/token-requestor.js';
import { UNDER_WAY_MS } from '../resilience/time-limits.js';
import type { Refusal } from './refusals/refusal.js';
import type { AccountOutcome } from './wallet-outcome.js';

/** How far a push has come; what callers see of it is its status. What was only reserved is no push yet. */
export type PushPhase =
  /** Written before the first byte leaves: from here on it is never sent again by itself. */
  | { readonly kind: 'SENT' }
  /** Each account has its result. */
  | { readonly kind: 'ANSWERED' }
  /** MDES refused the whole push; the same key gives the same refusal. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal }
  | { readonly kind: 'UNKNOWN' };

export interface AccountSecrets {
  readonly receipt: Secret<string>;
  readonly digitizationData: Secret<string> | null;
}

export type AccountResult =
  /** `receiptHash` tells a callback's receipt again after the receipt itself is gone; `secrets`: null once expired. */
  | { readonly kind: 'PUSHED'; readonly receiptHash: string; readonly secrets: AccountSecrets | null }
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

/** One account of a push, and all that is known of it. */
export interface PushedAccount {
  readonly fundingAccountId: string;
  /** Never beside the account's range: PCI DSS does not let so many digits of a card number stand together. */
  readonly lastFour: string;
  /** null until MDES has answered. */
  readonly result: AccountResult | null;
  /** null until something is known. */
  readonly outcome: AccountOutcome | null;
}

/** A URL that is ready to be opened; it holds the receipts or the digitization data. */
export interface PushHandOff {
  readonly platform: Platform;
  readonly url: Secret<string>;
  /** The account whose digitization data it carries; null when it carries the whole push. */
  readonly fundingAccountId: string | null;
}

/** How the account holder had signed in when she pushed: what she can be held to later. */
interface PushEvidence {
  readonly acr: string | null;
  /** Seconds since the epoch. */
  readonly authTime: number | null;
  /** The app, as the access token names it. */
  readonly client: string | null;
}

/** What is known of a push before it is sent; the ledger adds the times, by its own clock. */
export interface NewPush {
  /** Also the `requestId` that MDES knows the push by. */
  readonly id: string;
  readonly tokenRequestorId: string;
  readonly accounts: readonly PushedAccount[];
  /** Where the account holder was, if the caller said so. */
  readonly platform: Platform | null;
  /** Where the account holder goes on to after our own callback route; null when the requestor does not come by us. */
  readonly returnUrl: string | null;
  /** null: of an earlier release, which kept none. */
  readonly evidence: PushEvidence | null;
  /** How long the receipts will be good for. */
  readonly validityMs: number;
}

/** How a push that was sent has ended. */
export interface PushEnd {
  readonly phase: Exclude<PushPhase, { readonly kind: 'SENT' }>;
  readonly accounts: readonly PushedAccount[];
  readonly handOffs: readonly PushHandOff[];
}

/** Times are milliseconds since the epoch, all by the ledger's one clock: that of the database. */
export interface Push extends Omit<NewPush, 'validityMs'> {
  /** When it was marked as sent. */
  readonly createdAt: number;
  /** When the receipts lose their value. */
  readonly expiresAt: number;
  /** When it was read: what its age is judged by. */
  readonly readAt: number;
  readonly phase: PushPhase;
  /** The platform that the app has handed off on. */
  readonly handedOff: { readonly platform: Platform; readonly at: number } | null;
  /** They hold what is secret: gone when the receipts expire, as the accounts' secrets are. */
  readonly handOffs: readonly PushHandOff[];
}

/** Whether somebody may still be sending it, or waiting for MDES. */
export function isUnderWay({ phase, createdAt, readAt }: Push): boolean {
  return phase.kind === 'SENT' && createdAt + UNDER_WAY_MS > readAt;
}

/** The push as read at a later time: secrets that have expired are gone. */
export function asOf(push: Push, readAt: number): Push {
  if (push.expiresAt > readAt) return { ...push, readAt };
  return { ...withoutSecrets(push), readAt };
}

/** What is left to see of it: neither receipts nor digitization data, nor URLs that hold them. */
export function withoutSecrets(push: Push): Push {
  return { ...push, handOffs: [], accounts: push.accounts.map(withoutItsSecrets) };
}

function withoutItsSecrets(account: PushedAccount): PushedAccount {
  const { result } = account;
  return result?.kind === 'PUSHED' ? { ...account, result: { ...result, secrets: null } } : account;
}

/** The refusal of one account of the push, if it was refused. */
export function refusalOf({ phase }: Pick<Push, 'phase'>, { result }: PushedAccount): Refusal | null {
  if (phase.kind === 'REFUSED') return phase.refusal;
  return result?.kind === 'REFUSED' ? result.refusal : null;
}
