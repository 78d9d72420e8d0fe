/** The status of a push follows from its phase, its outcomes and the time. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asOf, isAbandoned, type PushPhase } from '../../../src/push/push.js';
import { pushStatus } from '../../../src/push/push-status.js';
import { refuse } from '../../../src/push/refusals/refusal.js';
import { WALLET_OUTCOMES, type WalletOutcome } from '../../../src/push/wallet-outcome.js';
import { UNDER_WAY_MS } from '../../../src/resilience/time-limits.js';
import { CREATED_AT, PUSHED, pushOf, REFUSED, reported, VALID_FOR_MS } from '../../support/push/pushes.js';

const EXPIRED_AT = CREATED_AT + VALID_FOR_MS;

describe('the status of a push', () => {
  const PHASES: readonly (readonly [PushPhase, underWay: string, later: string])[] = [
    [{ kind: 'RESERVED' }, 'IN_PROGRESS', 'FAILED'],
    [{ kind: 'SENT' }, 'IN_PROGRESS', 'UNKNOWN'],
    [{ kind: 'UNKNOWN' }, 'UNKNOWN', 'UNKNOWN'],
    [{ kind: 'REFUSED', refusal: refuse('REFUSED_BY_MDES') }, 'FAILED', 'FAILED'],
    [{ kind: 'ANSWERED', results: [REFUSED, REFUSED] }, 'FAILED', 'FAILED'],
    [{ kind: 'ANSWERED', results: [REFUSED, PUSHED] }, 'READY', 'READY'],
  ];
  it.each(PHASES)('in phase %j is %s, and %s once nobody can be at it any more', (phase, underWay, later) => {
    const push = pushOf({ phase, secrets: null });
    expect(pushStatus(push, CREATED_AT + UNDER_WAY_MS - 1)).toBe(underWay);
    expect(pushStatus(push, CREATED_AT + UNDER_WAY_MS)).toBe(later);
    expect(isAbandoned(push, CREATED_AT + UNDER_WAY_MS)).toBe(phase.kind === 'RESERVED');
  });

  it('of one that waits becomes EXPIRED with the receipts, handed off or not', () => {
    const handedOff = { platform: 'IOS', at: CREATED_AT } as const;
    for (const [push, before] of [
      [pushOf(), 'READY'],
      [pushOf({ handedOff }), 'HANDED_OFF'],
    ] as const) {
      expect(pushStatus(push, EXPIRED_AT - 1)).toBe(before);
      expect(pushStatus(push, EXPIRED_AT)).toBe('EXPIRED');
      expect(asOf(push, EXPIRED_AT - 1)).toBe(push);
      expect(asOf(push, EXPIRED_AT).secrets).toBeNull();
    }
  });

  const OUTCOMES: readonly (readonly [status: string, ...outcomes: readonly (WalletOutcome | null)[]])[] = [
    ['COMPLETED', 'APPROVED'],
    ['COMPLETED', 'AUTHENTICATED'],
    ['COMPLETED', 'DUPLICATE_REQUEST'],
    ['COMPLETED', 'APPROVED', 'AUTHENTICATED', 'DUPLICATE_REQUEST'],
    ['PARTIALLY_COMPLETED', 'APPROVED', 'DECLINED'],
    ['PARTIALLY_COMPLETED', 'CANCELLED', 'DUPLICATE_REQUEST'],
    ['PARTIALLY_COMPLETED', 'APPROVED', 'ERROR', 'DELETED'],
    ['PARTIALLY_COMPLETED', 'APPROVED', null],
    ['ACTION_REQUIRED', 'REQUIRE_ADDITIONAL_AUTHENTICATION'],
    ['ACTION_REQUIRED', 'APPROVED', 'REQUIRE_ADDITIONAL_AUTHENTICATION'],
    ['ACTION_REQUIRED', 'DECLINED', 'REQUIRE_ADDITIONAL_AUTHENTICATION', null],
    ['DECLINED', 'DECLINED'],
    ['DECLINED', 'CANCELLED', 'DECLINED', 'ERROR'],
    ['CANCELLED', 'CANCELLED'],
    ['CANCELLED', 'DELETED'],
    ['CANCELLED', 'DELETED', 'CANCELLED', null],
    ['FAILED', 'ERROR'],
  ];
  it.each(OUTCOMES)('is %s after the outcomes %s %s %s, and stays so', (status, ...outcomes) => {
    const push = pushOf({
      phase: { kind: 'ANSWERED', results: outcomes.map(() => PUSHED) },
      outcomes: outcomes.map((outcome) => (outcome === null ? null : reported(outcome))),
    });
    expect(pushStatus(push, CREATED_AT)).toBe(status);
    expect(pushStatus(push, EXPIRED_AT)).toBe(status);
  });

  it('is no more than PARTIALLY_COMPLETED where MDES refused an account', () => {
    const push = pushOf({
      phase: { kind: 'ANSWERED', results: [PUSHED, REFUSED] },
      outcomes: [reported('APPROVED'), null],
    });
    expect(pushStatus(push, CREATED_AT)).toBe('PARTIALLY_COMPLETED');
  });

  it('does not depend on the order of the accounts, and only receipts that wait expire', () => {
    const outcome = fc.constantFrom(null, ...WALLET_OUTCOMES);
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 5 }), (outcomes) => {
        const statusOf = (ordered: readonly (WalletOutcome | null)[], now: number) =>
          pushStatus(
            pushOf({
              phase: { kind: 'ANSWERED', results: ordered.map(() => PUSHED) },
              outcomes: ordered.map((one) => (one === null ? null : reported(one))),
            }),
            now,
          );
        const status = statusOf(outcomes, CREATED_AT);
        expect(statusOf([...outcomes].reverse(), CREATED_AT)).toBe(status);
        expect(statusOf([...outcomes].sort(), CREATED_AT)).toBe(status);
        expect(statusOf(outcomes, EXPIRED_AT)).toBe(status === 'READY' ? 'EXPIRED' : status);
        expect(status === 'READY').toBe(outcomes.every((one) => one === null));
      }),
    );
  });
});
