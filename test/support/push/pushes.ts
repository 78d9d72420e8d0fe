/** Pushes as the product holds them, to be varied by a test, and the keys that all of them share. */
import { generateKeyPairSync } from 'node:crypto';
import { Secret } from '../../../src/domain/secret.js';
import type { PushIdentity } from '../../../src/push/ledger/ledger.js';
import { PushKeys } from '../../../src/push/ledger/push-keys.js';
import type { AccountResult, Push } from '../../../src/push/push.js';
import { refuse } from '../../../src/push/refusals/refusal.js';
import type { AccountOutcome, WalletOutcome } from '../../../src/push/wallet-outcome.js';
import { LARK } from '../requestors.js';

const OWNER = 'owner-of-susan';
export const MINUTE = 60_000;
export const RECEIPT = 'MCC-STL-0B1C2D3E-4F50-4162-8374-95A6B7C8D9E0';
export const DATA = Buffer.from(
  JSON.stringify({ fundingAccountInfo: { pushAccountReceipt: RECEIPT } }),
).toString('base64');

export const CREATED_AT = Date.UTC(2026, 10, 23);
export const VALID_FOR_MS = 15 * MINUTE;

export const PUSHED: AccountResult = { kind: 'PUSHED', receiptHash: 'hash-of-a-receipt' };
export const REFUSED: AccountResult = { kind: 'REFUSED', refusal: refuse('ACCOUNT_INELIGIBLE') };

/** Answered by MDES, with one pushed account, unless `changes` say otherwise. */
export function pushOf(changes: Partial<Push> = {}): Push {
  const results = changes.phase?.kind === 'ANSWERED' ? changes.phase.results : [PUSHED];
  return {
    id: '3f0c7b52-6a1e-4c53-9d0e-1f4b7a2c9e10',
    owner: OWNER,
    tokenRequestorId: LARK,
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

/** Nothing is sent yet. */
export function reservedPush(id: string, now: number, more: Partial<Push> = {}): Push {
  return pushOf({
    id,
    platform: 'IOS',
    callbackUrl: 'https://bank.example/back?session=do-not-show',
    createdAt: now,
    expiresAt: now + VALID_FOR_MS,
    phase: { kind: 'RESERVED' },
    phaseSince: now,
    secrets: null,
    ...more,
  });
}

export function identityOf(idempotencyKey: string, fingerprint = 'f', owner = OWNER): PushIdentity {
  return { owner, idempotencyKey, fingerprint };
}

/** MDES has answered with a receipt. */
export function answered(keys: PushKeys, now: number) {
  return (push: Push): Push => ({
    ...push,
    phase: { kind: 'ANSWERED', results: [{ kind: 'PUSHED', receiptHash: keys.receiptHash(RECEIPT) }] },
    phaseSince: now,
    secrets: {
      accounts: [{ receipt: new Secret(RECEIPT), digitizationData: new Secret(DATA) }],
      handOffs: [
        { platform: 'WEB', url: new Secret(`https://wallet.example/?r=${RECEIPT}`), fundingAccountId: null },
      ],
    },
  });
}

export function reported(outcome: WalletOutcome, at = CREATED_AT): AccountOutcome {
  return { outcome, certainty: 'REPORTED', at };
}

export function inferred(outcome: WalletOutcome, at = CREATED_AT): AccountOutcome {
  return { outcome, certainty: 'INFERRED', at };
}

export function makePushKeys(): PushKeys {
  return new PushKeys(generateKeyPairSync('ed25519').privateKey);
}
