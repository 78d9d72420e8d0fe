/** A push that MDES has answered, as the ledger holds it, to be varied by a test. */
import { Secret } from '../../../src/domain/secret.js';
import type { AccountResult, Push } from '../../../src/push/push.js';
import { refuse } from '../../../src/push/refusals/refusal.js';
import type { AccountOutcome, WalletOutcome } from '../../../src/push/wallet-outcome.js';

export const CREATED_AT = Date.UTC(2026, 10, 23);
export const VALID_FOR_MS = 15 * 60_000;

export const PUSHED: AccountResult = { kind: 'PUSHED', receiptHash: 'hash-of-a-receipt' };
export const REFUSED: AccountResult = { kind: 'REFUSED', refusal: refuse('ACCOUNT_INELIGIBLE') };

/** With one pushed account, unless `changes` say otherwise. */
export function pushOf(changes: Partial<Push> = {}): Push {
  const results = changes.phase?.kind === 'ANSWERED' ? changes.phase.results : [PUSHED];
  return {
    id: '3f0c7b52-6a1e-4c53-9d0e-1f4b7a2c9e10',
    owner: 'hash-of-susan',
    tokenRequestorId: '50130000001',
    accounts: results.map((_, index) => ({ fundingAccountId: `card-${index + 1}`, lastFour: '0012' })),
    accountRanges: [],
    platform: null,
    callbackUrl: null,
    createdAt: CREATED_AT,
    expiresAt: CREATED_AT + VALID_FOR_MS,
    phase: { kind: 'ANSWERED', results },
    phaseSince: CREATED_AT,
    handedOff: null,
    outcomes: results.map(() => null),
    secrets: {
      accounts: results.map(({ kind }) =>
        kind === 'PUSHED' ? { receipt: new Secret('MCC-SECRET'), digitizationData: null } : null,
      ),
      handOffs: [],
    },
    ...changes,
  };
}

export function reported(outcome: WalletOutcome, at = CREATED_AT): AccountOutcome {
  return { outcome, certainty: 'REPORTED', at };
}

export function inferred(outcome: WalletOutcome, at = CREATED_AT): AccountOutcome {
  return { outcome, certainty: 'INFERRED', at };
}
