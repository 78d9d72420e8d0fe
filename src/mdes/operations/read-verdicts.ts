/** What the end of a read says about MDES; no error: it was answered. */
import type { Verdict } from '../../resilience/trial-breaker.js';
import { AnswerTooLarge, BrokenAsset, MdesError, Throttled } from '../mdes-error.js';

/** Whether MDES can answer at all; a no is an answer, and so is one that is too large, or a logo that is none. */
export function availability(error: unknown): Verdict {
  if (error === undefined || isAboutTheAnswer(error)) return 'good';
  if (!(error instanceof MdesError)) return 'unknown';
  return error.kind === 'UNAVAILABLE' ? 'bad' : 'good';
}

/** Whether MDES takes us for who we are. */
export function authorisation(error: unknown): Verdict {
  if (error === undefined || isAboutTheAnswer(error)) return 'good';
  if (!(error instanceof MdesError) || error.kind === 'UNAVAILABLE') return 'unknown';
  return error.kind === 'UNAUTHORIZED' ? 'bad' : 'good';
}

/** Whether asking again at once may help, and MDES has not asked us to wait. */
export function isRetryable(error: Error): boolean {
  if (isAboutTheAnswer(error) || error instanceof Throttled) return false;
  return error instanceof MdesError && error.kind === 'UNAVAILABLE' && !error.retryAfterSeconds;
}

/** MDES is there and lets us in; what it says is no use, and would be none again. */
function isAboutTheAnswer(error: unknown): boolean {
  return error instanceof BrokenAsset || error instanceof AnswerTooLarge;
}
