/** What primary and workers say to each other. */
import type { LogLevel } from '../observability/logger.js';
import type { MetricValues } from '../observability/metrics/metrics.js';
import type { ProofOutcome } from '../server/sign-in/possession/seen-proofs.js';

export type ToWorker =
  /** To who has joined: which of them it is. */
  | { readonly kind: 'START'; readonly number: number }
  | { readonly kind: 'PING' }
  /** The whole is about to end: balancers are to hear of it while it serves on. */
  | { readonly kind: 'DRAIN' }
  | { readonly kind: 'RELOAD' }
  | { readonly kind: 'METRICS'; readonly id: number }
  | { readonly kind: 'LOG_LEVEL'; readonly level: LogLevel }
  | { readonly kind: 'PROOF'; readonly id: number; readonly outcome: ProofOutcome };

export type ToPrimary =
  /** First of all; what was said to it before it did not hear. */
  | { readonly kind: 'JOIN' }
  | { readonly kind: 'PONG' }
  | { readonly kind: 'METRICS'; readonly id: number; readonly metrics: MetricValues }
  /** Was this DPoP proof used before? A hash names it; what it was used for is nobody's business. */
  | { readonly kind: 'PROOF'; readonly id: number; readonly proof: string; readonly owner: string };
