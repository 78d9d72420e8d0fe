/** Whom a hold can name, as it stands in the table: an account holder by a keyed hash only. */
import type { PushIdentity } from '../ledger.js';
import type { LedgerKey, LedgerKeys } from '../ledger-keys.js';

/** Pushes that operators can stop. */
export type HoldTarget =
  | { readonly kind: 'all' }
  | { readonly kind: 'token-requestor' | 'account-holder'; readonly name: string };

/** Of a hold that no ledger key was used for. */
export const NO_KEY = '';

export function holdSubject(target: HoldTarget, key: LedgerKey): string {
  if (target.kind === 'all') return 'all';
  return named(target.kind, target.kind === 'account-holder' ? key.hash('owner', target.name) : target.name);
}

function named(kind: Exclude<HoldTarget['kind'], 'all'>, name: string): string {
  return `${kind} ${name}`;
}

/** The target's under every key. */
export function subjectsOf(keys: LedgerKeys, target: HoldTarget): string[] {
  return [...new Set(keys.all.map((key) => holdSubject(target, key)))];
}

/** What would stop this push. @param owners its account holder's hashes, under every key */
export function holdSubjects({ tokenRequestorId }: PushIdentity, owners: readonly string[]): string[] {
  return [
    'all',
    named('token-requestor', tokenRequestorId),
    ...owners.map((owner) => named('account-holder', owner)),
  ];
}

/** With that of no key. */
export function keyIds(keys: LedgerKeys): string[] {
  return [NO_KEY, ...keys.all.map(({ id }) => id)];
}
