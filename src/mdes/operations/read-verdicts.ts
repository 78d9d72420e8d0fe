/** What the end of a read says about MDES; no error: it was answered. */
import type { Verdict } from '../../resilience/trial-breaker.js';
import { BrokenAsset, MdesError, Throttled } from '../mdes-error.js';

/** Whether MDES can answer at all; a no is an answer, and so is a logo that is none. */
export function availability(error: unknown): Verdict {
  if (error === undefined || error instanceof BrokenAsset) return 'good';
  if (!(error instanceof MdesError)) return 'unknown';
  return error.kind === 'UNAVAILABLE' ? 'bad' : 'good';
}

/** Whether MDES takes us for who we are. */
export function authorisation(error: unknown): Verdict {
  if (error === undefined || error instanceof BrokenAsset) return 'good';
  if (!(error instanceof MdesError) || error.kind === 'UNAVAILABLE') return 'unknown';
  return error.kind === 'UNAUTHORIZED' ? 'bad' : 'good';
}

/** Whether asking again at once may help, and MDES has not asked us to wait. */
export function isRetryable(error: Error): boolean {
  if (error instanceof BrokenAsset || error instanceof Throttled) return false;
  return error instanceof MdesError && error.kind === 'UNAVAILABLE' && !error.retryAfterSeconds;
}
