/** /callback/{pushId}/{state}: where a token requestor sends the account holder back to, with its results. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Audit } from '../../audit/trail.js';
import { GatewayError, RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';
import { withOnly } from '../../domain/url.js';
import type { Logger } from '../../observability/logger.js';
import type { PushHistory } from '../../push/push-history.js';
import { pushStatus } from '../../push/push-status.js';
import { auditBy } from '../pipeline/audit-refusals.js';
import { type HttpRefusal, refuseUrl, sendRefusal } from '../pipeline/http-errors.js';
import { languagesOf } from '../pipeline/languages.js';
import { TRACE_HEADER } from '../pipeline/trace.js';
import { callbackPage } from './callback-page.js';
import { readWayBack } from './callback-target.js';
import type { CallbackPage } from './callback-words.js';

interface CallbackDeps {
  readonly pushHistory: PushHistory;
  readonly audit: Audit;
  readonly log: Logger;
}

/** With a slash too many before it as well: some proxies join so. */
const ROUTES = ['/callback', '/callback/*', '//callback/*'];
const IS_OURS = /^\/{1,2}callback\//;
const FORM = 'application/x-www-form-urlencoded';
/** Bytes: as much as is read of a query. */
const FORM_LIMIT = 8192;

const NOT_OURS: HttpRefusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'This is no callback URL that the gateway has given out.',
};

export async function registerCallback(app: FastifyInstance, deps: CallbackDeps): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const options = { parseAs: 'string', bodyLimit: FORM_LIMIT } as const;
    scope.addContentTypeParser(FORM, options, (_request, body, done) => done(null, body));
    // What is no form says nothing, and whoever brings it has come back all the same.
    scope.addContentTypeParser('*', options, (_request, _body, done) => done(null, ''));
    scope.addHook('onSend', async (request, reply, payload) => dress(request, reply, payload));
    for (const url of ROUTES) {
      scope.route({
        method: ['GET', 'POST'],
        url,
        // Not by HEAD as well: who only looks at a link has not come back.
        exposeHeadRoute: false,
        handler: (request, reply) => comeBack(request, reply, deps),
      });
    }
  });
}

async function comeBack(
  request: FastifyRequest,
  reply: FastifyReply,
  { pushHistory, audit, log }: CallbackDeps,
): Promise<FastifyReply> {
  const { body, raw } = request;
  const wayBack = readWayBack(raw.url ?? '', typeof body === 'string' ? body : '');
  if (wayBack === null) return sendRefusal(reply, NOT_OURS);
  try {
    const by = { log: log.child({ traceId: request.id }), audited: auditBy(request, audit) };
    const returned = await pushHistory.recordReturn(by, wayBack);
    if (returned === null) return sendRefusal(reply, NOT_OURS);
    const said = { pushId: wayBack.pushId, status: pushStatus(returned) };
    if (returned.returnUrl === null) return reply.send(said);
    return reply.redirect(withOnly(returned.returnUrl, said), 303);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    log.warn({ traceId: request.id, err: error.cause ?? error.code }, 'a callback could not be recorded');
    const { code, message, retryAfterSeconds: retryAfter = RETRY_AFTER_SECONDS } = error;
    return sendRefusal(reply, { status: 503, code, message, retryAfter });
  }
}

/** In the place of `refuseUrl`, which it leaves all else to. */
export function refuseBrokenUrl(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (!IS_OURS.test(request.raw.url ?? '') || asksForJson(request)) {
    refuseUrl(error, request, reply);
    return;
  }
  reply.code(400).header(TRACE_HEADER, request.id).header('x-content-type-options', 'nosniff');
  reply.send(dress(request, reply, ''));
}

/** Whatever goes out here, and whoever refuses: a page, unless she is sent on, or a program asks for JSON. */
function dress(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  // Its URL holds receipts: it goes into no other request, and into no cache.
  reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
  const status = reply.statusCode;
  if ((status >= 300 && status < 400) || asksForJson(request)) return payload;
  reply
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    .type('text/html; charset=utf-8');
  return callbackPage(pageFor(status), languagesOf(request.headers['accept-language']));
}

function pageFor(status: number): CallbackPage {
  if (status < 400) return 'DONE';
  return status === 429 || status >= 500 ? 'AGAIN' : 'NOT_OURS';
}

/** Browsers name HTML, and who names nothing may be one. */
function asksForJson({ headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('application/json') && !accept.includes('text/html');
}
