/** A push that MDES has answered, as the ledger holds it, to be varied by a test. */
import { Secret } from '../../../src/domain/secret.js';
import type { PushGrant } from '../../../src/push/caller.js';
import type { AccountResult, Push, PushedAccount } from '../../../src/push/push.js';
import { refuse } from '../../../src/push/refusals/refusal.js';
import type { AccountOutcome, WalletOutcome } from '../../../src/push/wallet-outcome.js';

export const CREATED_AT = Date.UTC(2026, 10, 23);
export const VALID_FOR_MS = 15 * 60_000;

export const PUSHED: AccountResult = {
  kind: 'PUSHED',
  receiptHash: 'hash-of-a-receipt',
  secrets: { receipt: new Secret('MCC-SECRET'), digitizationData: null },
};
export const REFUSED: AccountResult = { kind: 'REFUSED', refusal: refuse('ACCOUNT_INELIGIBLE') };

/** Of a token that says nothing of the sign-in. */
export const ANY_PUSH: PushGrant = { acr: null, authTime: null, pushes: { kind: 'ANY' } };

/** `card-1`, `card-2` …: one for each entry. */
export function accountsOf(...entries: readonly Partial<PushedAccount>[]): PushedAccount[] {
  return entries.map((entry, index) => ({
    fundingAccountId: `card-${index + 1}`,
    lastFour: '0012',
    result: PUSHED,
    outcome: null,
    ...entry,
  }));
}

/** With one pushed account, unless `changes` say otherwise. */
export function pushOf(changes: Partial<Push> = {}): Push {
  return {
    id: '3f0c7b52-6a1e-4c53-9d0e-1f4b7a2c9e10',
    tokenRequestorId: '50130000001',
    accounts: accountsOf({}),
    platform: null,
    returnUrl: null,
    evidence: null,
    createdAt: CREATED_AT,
    expiresAt: CREATED_AT + VALID_FOR_MS,
    readAt: CREATED_AT,
    phase: { kind: 'ANSWERED' },
    handedOff: null,
    handOffs: [],
    ...changes,
  };
}

export function reported(outcome: WalletOutcome, at = CREATED_AT): AccountOutcome {
  return { outcome, certainty: 'REPORTED', at };
}

export function inferred(outcome: WalletOutcome, at = CREATED_AT): AccountOutcome {
  return { outcome, certainty: 'INFERRED', at };
}
