/** What makes a push request the same as an earlier one. */
import type { PushIdentity } from './ledger/ledger.js';
import type { PushInput } from './push-input.js';

export function identityOf(accountHolder: string, { idempotencyKey, ...rest }: PushInput): PushIdentity {
  const { tokenRequestorId } = rest;
  const sorted = { ...rest, accountHolderData: [...rest.accountHolderData].sort() };
  const entries = Object.entries(sorted).sort(([a], [b]) => (a < b ? -1 : 1));
  return { accountHolder, idempotencyKey, tokenRequestorId, input: JSON.stringify(entries) };
}
