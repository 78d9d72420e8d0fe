/** What became of a pushed account at the wallet or merchant, in MDES's words, and how sure we are. */
import { CALLBACK_RESULTS, type CallbackResultName } from '../mdes/hand-off/callback-results.js';

export const WALLET_OUTCOMES = CALLBACK_RESULTS;
export type WalletOutcome = CallbackResultName;

/** `REPORTED`: said by the requestor, unsigned, through the browser or the app. `INFERRED`: concluded from its silence. */
export const OUTCOME_CERTAINTIES = ['REPORTED', 'INFERRED'] as const;
export type OutcomeCertainty = (typeof OUTCOME_CERTAINTIES)[number];

export interface AccountOutcome {
  readonly outcome: WalletOutcome;
  readonly certainty: OutcomeCertainty;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What may still come after an outcome that was reported: an activation that was pending, a token that is deleted. */
const FOLLOWED_BY: Readonly<Partial<Record<WalletOutcome, readonly WalletOutcome[]>>> = {
  REQUIRE_ADDITIONAL_AUTHENTICATION: [
    'APPROVED',
    'AUTHENTICATED',
    'DECLINED',
    'CANCELLED',
    'ERROR',
    'DELETED',
  ],
  APPROVED: ['AUTHENTICATED', 'DELETED'],
  AUTHENTICATED: ['DELETED'],
};

/** The outcome that stands after another report: the first one counts, unless the new one can follow it. */
export function nextOutcome(known: AccountOutcome | null, reported: AccountOutcome): AccountOutcome {
  if (known === null) return reported;
  if (known.certainty === 'INFERRED' && reported.certainty === 'REPORTED') return reported;
  const mayFollow = FOLLOWED_BY[known.outcome]?.includes(reported.outcome) ?? false;
  return mayFollow && reported.certainty === 'REPORTED' ? reported : known;
}
