/** Which word about an account can follow which. */
import { describe, expect, it } from '@jest/globals';
import { nextOutcome, WALLET_OUTCOMES, type WalletOutcome } from '../../../src/push/wallet-outcome.js';
import { inferred, reported } from '../../support/push/pushes.js';

const LATER = Date.UTC(2026, 10, 24);

/** Which report may follow which; every other pair leaves what was known. */
const FOLLOWS: Readonly<Partial<Record<WalletOutcome, readonly WalletOutcome[]>>> = {
  APPROVED: ['AUTHENTICATED', 'DELETED'],
  AUTHENTICATED: ['DELETED'],
  REQUIRE_ADDITIONAL_AUTHENTICATION: [
    'APPROVED',
    'AUTHENTICATED',
    'DECLINED',
    'CANCELLED',
    'ERROR',
    'DELETED',
  ],
};
const PAIRS = WALLET_OUTCOMES.flatMap((known) =>
  WALLET_OUTCOMES.map((next) => [known, next, FOLLOWS[known]?.includes(next) === true] as const),
);

describe('the outcome of an account', () => {
  it.each(WALLET_OUTCOMES)('is the first word about it: %s', (outcome) => {
    expect(nextOutcome(null, reported(outcome))).toEqual(reported(outcome));
    expect(nextOutcome(null, inferred(outcome))).toEqual(inferred(outcome));
  });

  it.each(PAIRS)('after the report %s, then %s: replaced is %s', (known, next, replaced) => {
    const later = reported(next, LATER);
    expect(nextOutcome(reported(known), later)).toEqual(replaced ? later : reported(known));
  });

  it.each(PAIRS)(
    'that was inferred as %s gives way to the report %s, and not the other way',
    (known, next) => {
      expect(nextOutcome(inferred(known), reported(next, LATER))).toEqual(reported(next, LATER));
      expect(nextOutcome(reported(known), inferred(next, LATER))).toEqual(reported(known));
      expect(nextOutcome(inferred(known), inferred(next, LATER))).toEqual(inferred(known));
    },
  );
});
