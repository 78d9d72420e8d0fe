import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asOf, isUnderWay, type Push } from '../../../src/push/push.js';
import { pushStatus } from '../../../src/push/push-status.js';
import { refuse } from '../../../src/push/refusals/refusal.js';
import { WALLET_OUTCOMES, type WalletOutcome } from '../../../src/push/wallet-outcome.js';
import { UNDER_WAY_MS } from '../../../src/resilience/time-limits.js';
import {
  accountsOf,
  CREATED_AT,
  pushOf,
  REFUSED,
  reported,
  VALID_FOR_MS,
} from '../../support/push/pushes.js';

const EXPIRED_AT = CREATED_AT + VALID_FOR_MS;

function statusAt(push: Push, readAt: number): string {
  return pushStatus(asOf(push, readAt));
}

describe('the status of a push', () => {
  const waiting = accountsOf({ result: null });
  const [refused, pushed] = accountsOf({ result: REFUSED }, {});
  const PHASES: readonly (readonly [string, Partial<Push>, underWay: string, later: string])[] = [
    ['SENT', { phase: { kind: 'SENT' }, accounts: waiting }, 'IN_PROGRESS', 'UNKNOWN'],
    ['UNKNOWN', { phase: { kind: 'UNKNOWN' }, accounts: waiting }, 'UNKNOWN', 'UNKNOWN'],
    ['REFUSED', { phase: { kind: 'REFUSED', refusal: refuse('REFUSED_BY_MDES') } }, 'FAILED', 'FAILED'],
    ['all refused', { accounts: accountsOf({ result: REFUSED }, { result: REFUSED }) }, 'FAILED', 'FAILED'],
    ['some refused', { accounts: [refused, pushed].flatMap((one) => one ?? []) }, 'READY', 'READY'],
  ];
  it.each(PHASES)('that is %s', (_, changes, underWay, later) => {
    const push = pushOf(changes);
    expect(statusAt(push, CREATED_AT + UNDER_WAY_MS - 1)).toBe(underWay);
    expect(statusAt(push, CREATED_AT + UNDER_WAY_MS)).toBe(later);
    expect(isUnderWay(asOf(push, CREATED_AT + UNDER_WAY_MS - 1))).toBe(push.phase.kind === 'SENT');
    expect(isUnderWay(asOf(push, CREATED_AT + UNDER_WAY_MS))).toBe(false);
  });

  it('of one that waits becomes EXPIRED with the receipts, handed off or not', () => {
    const handedOff = { platform: 'IOS', at: CREATED_AT } as const;
    for (const [push, before] of [
      [pushOf(), 'READY'],
      [pushOf({ handedOff }), 'HANDED_OFF'],
    ] as const) {
      expect(statusAt(push, EXPIRED_AT - 1)).toBe(before);
      expect(statusAt(push, EXPIRED_AT)).toBe('EXPIRED');
      expect(asOf(push, EXPIRED_AT - 1)).toEqual({ ...push, readAt: EXPIRED_AT - 1 });
      expect(asOf(push, EXPIRED_AT)).toMatchObject({
        handOffs: [],
        accounts: [{ result: { kind: 'PUSHED', receiptHash: 'hash-of-a-receipt', secrets: null } }],
      });
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
      accounts: accountsOf(
        ...outcomes.map((outcome) => ({ outcome: outcome === null ? null : reported(outcome) })),
      ),
    });
    expect(statusAt(push, CREATED_AT)).toBe(status);
    expect(statusAt(push, EXPIRED_AT)).toBe(status);
  });

  it('is no more than PARTIALLY_COMPLETED where MDES refused an account', () => {
    const push = pushOf({
      accounts: accountsOf({ outcome: reported('APPROVED') }, { result: REFUSED }),
    });
    expect(statusAt(push, CREATED_AT)).toBe('PARTIALLY_COMPLETED');
  });

  it('does not depend on the order of the accounts, and only receipts that wait expire', () => {
    const outcome = fc.constantFrom(null, ...WALLET_OUTCOMES);
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 5 }), (outcomes) => {
        const statusOf = (ordered: readonly (WalletOutcome | null)[], now: number) =>
          statusAt(
            pushOf({
              accounts: accountsOf(
                ...ordered.map((one) => ({ outcome: one === null ? null : reported(one) })),
              ),
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
