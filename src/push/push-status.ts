/** What callers see of where a push stands: from its phase, its outcomes and the time. */

import { UNDER_WAY_MS } from '../resilience/time-limits.js';
import { type Push, refusalOf } from './push.js';
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

export function pushStatus(push: Push, now: number): PushStatus {
  const { phase } = push;
  const isUnderWay = push.phaseSince + UNDER_WAY_MS > now;
  switch (phase.kind) {
    case 'RESERVED':
      return isUnderWay ? 'IN_PROGRESS' : 'FAILED';
    case 'SENT':
      return isUnderWay ? 'IN_PROGRESS' : 'UNKNOWN';
    case 'REFUSED':
      return 'FAILED';
    case 'UNKNOWN':
      return 'UNKNOWN';
    case 'ANSWERED':
      return answeredStatus(push, now);
    default:
      return phase satisfies never;
  }
}

function answeredStatus(push: Push, now: number): PushStatus {
  const outcomes = push.outcomes.flatMap((known) => (known === null ? [] : [known.outcome]));
  if (outcomes.length > 0) return statusOfOutcomes(outcomes, push.accounts.length);
  if (push.accounts.every((_, index) => refusalOf(push, index) !== null)) return 'FAILED';
  if (push.expiresAt <= now) return 'EXPIRED';
  return push.handedOff === null ? 'READY' : 'HANDED_OFF';
}

function statusOfOutcomes(outcomes: readonly WalletOutcome[], accounts: number): PushStatus {
  if (outcomes.includes('REQUIRE_ADDITIONAL_AUTHENTICATION')) return 'ACTION_REQUIRED';
  const done = outcomes.filter((outcome) => DONE.includes(outcome)).length;
  if (done > 0) return done === accounts ? 'COMPLETED' : 'PARTIALLY_COMPLETED';
  if (outcomes.includes('DECLINED')) return 'DECLINED';
  return outcomes.includes('ERROR') ? 'FAILED' : 'CANCELLED';
}
