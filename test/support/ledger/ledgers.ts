/** Both ledgers, as the tests make them, and the attempts and pushes that they put in. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Secret } from '../../../src/domain/secret.js';
import type { Attempt, PushLedger } from '../../../src/push/ledger/ledger.js';
import { LedgerKeys } from '../../../src/push/ledger/ledger-keys.js';
import type { NewPush, Push, PushEnd } from '../../../src/push/push.js';
import { receiptHash } from '../../../src/push/send-push.js';

export const MINUTE = 60_000;
export const RECEIPT = 'MCC-STL-0B1C2D3E-4F50-4162-8374-95A6B7C8D9E0';
export const DATA = Buffer.from(
  JSON.stringify({ fundingAccountInfo: { pushAccountReceipt: RECEIPT } }),
).toString('base64');
export const RETURN_URL = 'https://bank.example/back?session=do-not-show';

export function newLedgerKey(): Secret<Buffer> {
  return new Secret(randomBytes(32));
}

export function makeLedgerKeys(...secrets: readonly Secret<Buffer>[]): LedgerKeys {
  return new LedgerKeys(secrets.length === 0 ? [newLedgerKey()] : secrets);
}

export function attemptOf(
  idempotencyKey: string,
  {
    input = 'input',
    accountHolder = 'susan',
    tokenRequestorId = '50123456789',
    id = randomUUID() as string,
  } = {},
): Attempt {
  return { id, identity: { accountHolder, idempotencyKey, tokenRequestorId, input } };
}

export function newPush({ id }: Pick<Attempt, 'id'>, more: Partial<NewPush> = {}): NewPush {
  const account = { lastFour: '2345', result: null, outcome: null };
  return {
    id,
    tokenRequestorId: '50123456789',
    accounts: [{ fundingAccountId: 'card-1', ...account }],
    platform: 'IOS',
    returnUrl: RETURN_URL,
    evidence: { acr: 'urn:bank:sca', authTime: 1_790_000_000, client: 'bank-app' },
    validityMs: 15 * MINUTE,
    ...more,
  };
}

/** MDES has answered with a receipt for each account. */
export function answered({ accounts }: Pick<Push, 'accounts'>): PushEnd {
  return {
    phase: { kind: 'ANSWERED' },
    accounts: accounts.map((account) => ({
      ...account,
      result: {
        kind: 'PUSHED',
        receiptHash: receiptHash(RECEIPT),
        secrets: { receipt: new Secret(RECEIPT), digitizationData: new Secret(DATA) },
      },
    })),
    handOffs: [
      { platform: 'WEB', url: new Secret(`https://wallet.example/?r=${RECEIPT}`), fundingAccountId: null },
    ],
  };
}

/** Reserves and marks. @throws when the key is not free */
export async function sent(ledger: PushLedger, attempt: Attempt, more?: Partial<NewPush>): Promise<Push> {
  const found = await ledger.reserve(attempt);
  if (found.kind !== 'OURS') throw new Error(`the key is not free: ${found.kind}`);
  const push = await ledger.markSent(attempt, newPush(attempt, more));
  return push ?? fail();
}

export async function ended(ledger: PushLedger, attempt: Attempt, more?: Partial<NewPush>): Promise<Push> {
  const push = await sent(ledger, attempt, more);
  return ledger.conclude(attempt, push, answered(push));
}

function fail(): never {
  throw new Error('it could not be made');
}
