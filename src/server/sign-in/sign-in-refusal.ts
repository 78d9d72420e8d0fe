/** What a caller hears who has no good token: one answer for all reasons, in the scheme that he has used (RFC 6750, RFC 9449). */
import { RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';
import type { HttpRefusal } from '../pipeline/http-errors.js';
import { ALGORITHMS } from './verify-token.js';

export interface SignInRefusal {
  /** For the log and the audit trail; the caller does not hear it. */
  readonly why: string;
  /** For `WWW-Authenticate`; null where signing in again would not help. */
  readonly challenge: string | null;
  readonly answer: HttpRefusal;
}

const REALM = 'realm="token-connect-gateway"';
const CHALLENGE = `Bearer ${REALM}`;
const DPOP_CHALLENGE = `DPoP ${REALM}, algs="${ALGORITHMS.join(' ')}"`;

/** RFC 6750: where no token was sent, nothing is wrong with it. */
export const NO_TOKEN: SignInRefusal = {
  why: 'NO_TOKEN',
  challenge: CHALLENGE,
  answer: {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'Sign in first: send the header "Authorization: Bearer <access token>".',
  },
};

export const KEYS_UNAVAILABLE: SignInRefusal = {
  why: 'KEYS_UNAVAILABLE',
  challenge: null,
  answer: {
    status: 503,
    code: 'UPSTREAM_UNAVAILABLE',
    message: 'The sign-in cannot be checked just now. Try again shortly.',
    retryAfter: RETRY_AFTER_SECONDS,
  },
};

export function badToken(why: string, authorization: string | undefined): SignInRefusal {
  return {
    why,
    challenge: `${challengeFor(authorization)}, error="invalid_token"`,
    answer: {
      status: 401,
      code: 'UNAUTHENTICATED',
      message: 'The access token is not valid, or has expired. Sign in again.',
    },
  };
}

/** In the scheme that the caller has used. */
export function challengeFor(authorization: string | undefined): string {
  return /^dpop /i.test(authorization ?? '') ? DPOP_CHALLENGE : CHALLENGE;
}
