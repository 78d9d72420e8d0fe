/** What callers see of where a push stands: from its phase, its outcomes and its age when it was read. */

import { isUnderWay, type Push, refusalOf } from './push.js';
import type { WalletOutcome } from './wallet-outcome.js';

export const PUSH_STATUSES = [
  'IN_PROGRESS',
  'READY',
  'HANDED_OFF',
  'COMPLETED',
  'PARTIALLY_COMPLETED',
  'ACTION_REQUIRED',
  'DECLINED',
  'CANCELLED',
  'FAILED',
  'UNKNOWN',
  'EXPIRED',
] as const;
export type PushStatus = (typeof PUSH_STATUSES)[number];

const DONE: readonly WalletOutcome[] = ['APPROVED', 'AUTHENTICATED', 'DUPLICATE_REQUEST'];

export function pushStatus(push: Push): PushStatus {
  const { phase } = push;
  switch (phase.kind) {
    case 'SENT':
      return isUnderWay(push) ? 'IN_PROGRESS' : 'UNKNOWN';
    case 'REFUSED':
      return 'FAILED';
    case 'UNKNOWN':
      return 'UNKNOWN';
    case 'ANSWERED':
      return answeredStatus(push);
    default:
      return phase satisfies never;
  }
}

function answeredStatus(push: Push): PushStatus {
  const { accounts } = push;
  const outcomes = accounts.flatMap(({ outcome }) => (outcome === null ? [] : [outcome.outcome]));
  if (outcomes.length > 0) return statusOfOutcomes(outcomes, accounts.length);
  if (accounts.every((account) => refusalOf(push, account) !== null)) return 'FAILED';
  if (push.expiresAt <= push.readAt) return 'EXPIRED';
  return push.handedOff === null ? 'READY' : 'HANDED_OFF';
}

function statusOfOutcomes(outcomes: readonly WalletOutcome[], accounts: number): PushStatus {
  if (outcomes.includes('REQUIRE_ADDITIONAL_AUTHENTICATION')) return 'ACTION_REQUIRED';
  const done = outcomes.filter((outcome) => DONE.includes(outcome)).length;
  if (done > 0) return done === accounts ? 'COMPLETED' : 'PARTIALLY_COMPLETED';
  if (outcomes.includes('DECLINED')) return 'DECLINED';
  return outcomes.includes('ERROR') ? 'FAILED' : 'CANCELLED';
}
