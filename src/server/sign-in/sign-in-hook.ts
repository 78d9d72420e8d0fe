/** Puts the account holder of a good access token, and its client, on the request; a bad token, and none, is HTTP 401 before anything is read. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';
import type { Logger } from '../../observability/logger.js';
import { sendRefusal } from '../pipeline/http-errors.js';
import { RefusalLog } from './refusal-log.js';
import type { SignIn } from './sign-in.js';
import { tokenRequest } from './token-request.js';
import { ALGORITHMS } from './verify-token.js';

const REALM = 'realm="token-connect-gateway"';
const CHALLENGE = `Bearer ${REALM}`;
const DPOP_CHALLENGE = `DPoP ${REALM}, algs="${ALGORITHMS.join(' ')}"`;

interface StrangerRules {
  /** Whether a request without a token goes on, as far as it only introspects. */
  readonly strangers: boolean;
}

export function requireGoodToken(
  { signIn, log }: { readonly signIn: SignIn; readonly log: Logger },
  { strangers }: StrangerRules,
) {
  const refusals = new RefusalLog(log);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const result = await signIn.check(tokenRequest(request));
    switch (result.kind) {
      case 'SIGNED_IN':
        request.accountHolder = result.accountHolder;
        request.client = result.client;
        request.grant = result.grant;
        return;
      case 'ANONYMOUS':
        if (!strangers) await refuseStranger(reply);
        return;
      case 'BAD_TOKEN':
        request.refusedFor = { what: 'SIGN_IN', why: result.reason };
        refusals.tell(request.id, result.reason, result.details);
        // One answer for all reasons, in the caller's own scheme.
        reply.header(
          'www-authenticate',
          `${challengeFor(request.headers.authorization)}, error="invalid_token"`,
        );
        await sendRefusal(reply, {
          status: 401,
          code: 'UNAUTHENTICATED',
          message: 'The access token is not valid, or has expired. Sign in again.',
        });
        return;
      case 'KEYS_UNAVAILABLE':
        request.refusedFor = { what: 'SIGN_IN', why: 'KEYS_UNAVAILABLE' };
        await sendRefusal(reply, {
          status: 503,
          code: 'UPSTREAM_UNAVAILABLE',
          message: 'The sign-in cannot be checked just now. Try again shortly.',
          retryAfter: RETRY_AFTER_SECONDS,
        });
        return;
      default:
        result satisfies never;
    }
  };
}

/** In the scheme that the caller has used. */
export function challengeFor(authorization: string | undefined): string {
  return /^dpop /i.test(authorization ?? '') ? DPOP_CHALLENGE : CHALLENGE;
}

/** RFC 6750: where no token was sent, nothing is wrong with it. */
export async function refuseStranger(reply: FastifyReply): Promise<void> {
  reply.request.refusedFor = { what: 'SIGN_IN', why: 'NO_TOKEN' };
  await sendRefusal(reply.header('www-authenticate', CHALLENGE), {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'Sign in first: send the header "Authorization: Bearer <access token>".',
  });
}
