/** A push: what was asked for, what became of it, and for how long its receipts live. */
import type { AccountRange } from '../domain/account-range.js';
import type { Secret } from '../domain/secret.js';
import type { HandOff } from '../mdes/mdes-client.js';
import type { Refusal } from './refusal.js';

/** Where a push stands in the ledger; what callers see of it is its status. */
export type PushPhase =
  /** Written before the first byte leaves: from here on it is never sent again by itself. */
  | { readonly kind: 'SENT' }
  | {
      readonly kind: 'ANSWERED';
      readonly results: readonly AccountResult[];
      readonly handOffs: readonly HandOff[];
    }
  /** MDES refused the whole push; the same key gives the same refusal. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal }
  | { readonly kind: 'UNKNOWN' }
  /** Its receipts have expired and are gone. */
  | { readonly kind: 'EXPIRED'; readonly refusals: readonly Refusal[] };

/** Per account, in the order of `Push.accounts`. */
export type AccountResult =
  | {
      readonly kind: 'PUSHED';
      readonly receipt: Secret<string>;
      readonly digitizationData: Secret<string> | null;
    }
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal };

export interface PushedFundingAccount {
  readonly fundingAccountId: string;
  readonly lastFour: string;
}

export interface Push {
  /** Also the `requestId` that MDES knows the push by. */
  readonly id: string;
  readonly accountHolder: string;
  readonly tokenRequestorId: string;
  readonly accounts: readonly PushedFundingAccount[];
  /** Those of the accounts: where the token requestor is found again. */
  readonly accountRanges: readonly AccountRange[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** When the receipts lose their value. */
  readonly expiresAt: number;
  readonly phase: PushPhase;
}

export const PUSH_STATUSES = ['IN_PROGRESS', 'READY', 'FAILED', 'UNKNOWN', 'EXPIRED'] as const;
export type PushStatus = (typeof PUSH_STATUSES)[number];

export function pushStatus({ phase }: Push): PushStatus {
  switch (phase.kind) {
    case 'SENT':
      return 'IN_PROGRESS';
    case 'ANSWERED':
      return phase.results.some(({ kind }) => kind === 'PUSHED') ? 'READY' : 'FAILED';
    case 'REFUSED':
      return 'FAILED';
    case 'UNKNOWN':
      return 'UNKNOWN';
    case 'EXPIRED':
      return 'EXPIRED';
    default:
      return phase satisfies never;
  }
}

/** The push once its receipts are worthless: without them, and without the URLs that hold them. */
export function expired(push: Push): Push {
  if (pushStatus(push) !== 'READY' || push.phase.kind !== 'ANSWERED') return push;
  const refusals = push.phase.results.flatMap((result) =>
    result.kind === 'REFUSED' ? [result.refusal] : [],
  );
  return { ...push, phase: { kind: 'EXPIRED', refusals } };
}

/** The refusal of one account, if it was refused. */
export function refusalOf(push: Push, fundingAccountId: string): Refusal | null {
  const index = push.accounts.findIndex((account) => account.fundingAccountId === fundingAccountId);
  switch (push.phase.kind) {
    case 'ANSWERED': {
      const result = push.phase.results[index];
      return result?.kind === 'REFUSED' ? result.refusal : null;
    }
    case 'EXPIRED':
      return push.phase.refusals.find((item) => item.fundingAccountIds.includes(fundingAccountId)) ?? null;
    case 'REFUSED':
      return push.phase.refusal;
    default:
      return null;
  }
}
