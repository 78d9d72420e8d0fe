/** Puts the account holder of a good access token, and its client, on the request; a bad token, and none, is HTTP 401 before anything is read. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';
import { sendRefusal } from '../pipeline/http-errors.js';
import { timesSent } from '../pipeline/request-target.js';
import type { SignIn } from './sign-in.js';

const BAD_TOKEN = { kind: 'BAD_TOKEN' } as const;
const CHALLENGE = 'Bearer realm="token-connect-gateway"';

interface TokenRules {
  /** Whether a request without a token goes on, as far as it only introspects. */
  readonly strangers: boolean;
}

export function requireGoodToken(signIn: SignIn, { strangers }: TokenRules) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const result =
      timesSent(request, 'authorization') > 1 ? BAD_TOKEN : await signIn.check(request.headers.authorization);
    switch (result.kind) {
      case 'SIGNED_IN':
        request.accountHolder = result.accountHolder;
        request.client = result.client;
        return;
      case 'ANONYMOUS':
        if (!strangers) await refuseStranger(reply);
        return;
      case 'BAD_TOKEN':
        reply.header('www-authenticate', `${CHALLENGE}, error="invalid_token"`);
        await sendRefusal(reply, {
          status: 401,
          code: 'UNAUTHENTICATED',
          message: 'The access token is not valid, or has expired. Sign in again.',
        });
        return;
      case 'KEYS_UNAVAILABLE':
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

/** RFC 6750: where no token was sent, nothing is wrong with it. */
export async function refuseStranger(reply: FastifyReply): Promise<void> {
  await sendRefusal(reply.header('www-authenticate', CHALLENGE), {
    status: 401,
    code: 'UNAUTHENTICATED',
    message: 'Sign in first: send the header "Authorization: Bearer <access token>".',
  });
}
