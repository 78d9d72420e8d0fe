/** A push as it begins: what makes its request the same, and what the ledger is first told of it. */
import { randomUUID } from 'node:crypto';
import type { CheckedPush } from './check-push.js';
import type { PushIdentity } from './ledger/ledger.js';
import type { PushKeys } from './ledger/push-keys.js';
import type { Push } from './push.js';
import type { PushInput } from './push-input.js';

const MINUTE_MS = 60_000;

export function identityOf(
  accountHolder: string,
  { idempotencyKey, ...rest }: PushInput,
  keys: PushKeys,
): PushIdentity {
  const sorted = { ...rest, accountHolderData: [...rest.accountHolderData].sort() };
  const entries = Object.entries(sorted).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    owner: keys.owner(accountHolder),
    idempotencyKey,
    fingerprint: keys.fingerprint(JSON.stringify(entries)),
  };
}

export function reservedPush(
  { owner }: PushIdentity,
  { input, callback, accounts }: CheckedPush,
  now: number,
): Push {
  return {
    id: randomUUID(),
    owner,
    tokenRequestorId: input.tokenRequestorId,
    accounts: accounts.map(({ id, lastFour }) => ({ fundingAccountId: id, lastFour })),
    accountRanges: [...new Set(accounts.map(({ accountRange }) => accountRange))],
    platform: input.platform,
    callbackUrl: callback === null || callback.direct ? null : callback.url,
    createdAt: now,
    expiresAt: now + input.pushAccountReceiptsValidityPeriod * MINUTE_MS,
    phase: { kind: 'RESERVED' },
    phaseSince: now,
    handedOff: null,
    outcomes: accounts.map(() => null),
    secrets: null,
  };
}
