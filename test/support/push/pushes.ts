/** Pushes as the tests of the ledger put them in, and the keys that all of them share. */
import { generateKeyPairSync } from 'node:crypto';
import { Secret } from '../../../src/domain/secret.js';
import type { PushIdentity } from '../../../src/push/ledger/ledger.js';
import { PushKeys } from '../../../src/push/ledger/push-keys.js';
import type { Push } from '../../../src/push/push.js';

export const MINUTE = 60_000;
export const RECEIPT = 'MCC-STL-0B1C2D3E-4F50-4162-8374-95A6B7C8D9E0';
export const DATA = Buffer.from(
  JSON.stringify({ fundingAccountInfo: { pushAccountReceipt: RECEIPT } }),
).toString('base64');

export function makePushKeys(): PushKeys {
  return new PushKeys(generateKeyPairSync('ed25519').privateKey);
}

export function reservedPush(id: string, now: number, more: Partial<Push> = {}): Push {
  return {
    id,
    owner: 'owner-of-susan',
    tokenRequestorId: '50123456789',
    accounts: [{ fundingAccountId: 'card-1', lastFour: '2345' }],
    accountRanges: [],
    platform: 'IOS',
    callbackUrl: 'https://bank.example/back?session=do-not-show',
    createdAt: now,
    expiresAt: now + 15 * MINUTE,
    phase: { kind: 'RESERVED' },
    phaseSince: now,
    handedOff: null,
    outcomes: [null],
    secrets: null,
    ...more,
  };
}

export function identityOf(
  idempotencyKey: string,
  fingerprint = 'f',
  owner = 'owner-of-susan',
): PushIdentity {
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
