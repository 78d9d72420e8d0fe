/** Puts the account holder of a good access token, and its client, on the request; a bad token, and none, is HTTP 401 before anything is read. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendRefusal } from '../pipeline/http-errors.js';
import type { RefusalLog } from './refusal-log.js';
import type { SignIn } from './sign-in.js';
import { badToken, KEYS_UNAVAILABLE, NO_TOKEN, type SignInRefusal } from './sign-in-refusal.js';
import { tokenRequest } from './token-request.js';

interface StrangerRules {
  /** Whether a request without a token goes on, as far as it only introspects. */
  readonly strangers: boolean;
}

export function requireGoodToken(
  { signIn, refusals }: { readonly signIn: SignIn; readonly refusals: RefusalLog },
  { strangers }: StrangerRules,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const result = await signIn.check(tokenRequest(request.raw, request.routeOptions.url ?? ''));
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
        refusals.tell(request.id, result.reason, result.details);
        await refuse(reply, badToken(result.reason, request.headers.authorization));
        return;
      case 'KEYS_UNAVAILABLE':
        await refuse(reply, KEYS_UNAVAILABLE);
        return;
      default:
        result satisfies never;
    }
  };
}

export async function refuseStranger(reply: FastifyReply): Promise<void> {
  await refuse(reply, NO_TOKEN);
}

async function refuse(reply: FastifyReply, { why, challenge, answer }: SignInRefusal): Promise<void> {
  reply.request.refusedFor = { what: 'SIGN_IN', why };
  if (challenge !== null) reply.header('www-authenticate', challenge);
  await sendRefusal(reply, answer);
}
