/** GET /callback/{pushId}: where a token requestor sends the account holder back to, with its results. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Audit } from '../../audit/trail.js';
import { GatewayError, RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';
import { withOnly } from '../../domain/url.js';
import type { Logger } from '../../observability/logger.js';
import type { PushHistory } from '../../push/push-history.js';
import { pushStatus } from '../../push/push-status.js';
import { auditBy } from '../pipeline/audit-refusals.js';
import { languagesOf } from '../pipeline/languages.js';
import { callbackPage } from './callback-page.js';
import type { CallbackPage } from './callback-words.js';

const PUSH_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What MDES gets as callback URL; the state shows that we made it. */
export function callbackUrl(publicUrl: string, pushId: string, state: string): string {
  return `${publicUrl}/callback/${pushId}?state=${state}`;
}

export function registerCallback(
  app: FastifyInstance,
  {
    pushHistory,
    audit,
    log,
  }: { readonly pushHistory: PushHistory; readonly audit: Audit; readonly log: Logger },
): void {
  // Not by HEAD as well: who only looks at a link has not come back.
  const options = { exposeHeadRoute: false };
  app.get<{ Params: { pushId: string } }>('/callback/:pushId', options, async (request, reply) => {
    const { pushId } = request.params;
    const languages = languagesOf(request.headers['accept-language']);
    const query = request.raw.url?.split('?').slice(1).join('?') ?? '';
    const state = new URLSearchParams(query).get('state') ?? '';
    // Its URL holds receipts: it goes into no other request, and into no cache.
    reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    if (!PUSH_ID.test(pushId)) return sendPage(reply, 404, 'NOT_OURS', languages);
    try {
      const by = { log: log.child({ traceId: request.id }), audited: auditBy(request, audit) };
      const returned = await pushHistory.recordReturn(by, pushId, state, query);
      if (returned === null) return sendPage(reply, 404, 'NOT_OURS', languages);
      if (returned.returnUrl === null) return sendPage(reply, 200, 'DONE', languages);
      const said = { pushId, status: pushStatus(returned) };
      return reply.redirect(withOnly(returned.returnUrl, said), 303);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      log.warn({ traceId: request.id, err: error.cause ?? error.code }, 'a callback could not be recorded');
      reply.header('retry-after', error.retryAfterSeconds ?? RETRY_AFTER_SECONDS);
      return sendPage(reply, 503, 'AGAIN', languages);
    }
  });
}

function sendPage(
  reply: FastifyReply,
  status: number,
  page: CallbackPage,
  languages: readonly string[],
): FastifyReply {
  return reply
    .code(status)
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    .type('text/html; charset=utf-8')
    .send(callbackPage(page, languages));
}
