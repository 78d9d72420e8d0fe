/** Errors outside of GraphQL's execution, in GraphQL's form: clients parse one shape, whatever went wrong. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../observability/logger.js';
import { newTraceId, TRACE_HEADER } from './trace.js';

/** Bytes; both as their refusals say them. */
export const BODY_LIMIT = 50_000;
export const HEADERS_LIMIT = 16 * 1024;

export interface HttpRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: number;
}

export function sendRefusal(reply: FastifyReply, refusal: HttpRefusal): FastifyReply {
  const { status, code, message, retryAfter } = refusal;
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(body(code, message, reply.request.id, retryAfter));
}

/** The same, where there is no Fastify around it. */
export function refusalText({ code, message, retryAfter }: HttpRefusal, traceId: string): string {
  return JSON.stringify(body(code, message, traceId, retryAfter));
}

const BY_STATUS: ReadonlyMap<number, Omit<HttpRefusal, 'status'>> = new Map([
  [400, { code: 'BAD_REQUEST', message: 'The request is malformed: send JSON with a `query`.' }],
  [404, { code: 'NOT_FOUND', message: 'There is nothing here. GraphQL is at /graphql.' }],
  [405, { code: 'METHOD_NOT_ALLOWED', message: 'This method is not served here.' }],
  [408, { code: 'REQUEST_TIMEOUT', message: 'The request came in too slowly.' }],
  [413, { code: 'PAYLOAD_TOO_LARGE', message: `The request body is larger than ${BODY_LIMIT / 1000} kB.` }],
  [415, { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send the request as application/json.' }],
  [417, { code: 'EXPECTATION_FAILED', message: 'No Expect header but 100-continue is understood.' }],
  [
    431,
    { code: 'HEADERS_TOO_LARGE', message: `The request headers are larger than ${HEADERS_LIMIT / 1024} kB.` },
  ],
]);

const INTERNAL = { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side.' };

export function handleHttpErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    const known = BY_STATUS.get(status) ?? (status >= 400 && status < 500 ? BY_STATUS.get(400) : undefined);
    if (known === undefined) log.error({ traceId: request.id, err: error }, 'internal error');
    return sendRefusal(reply, { status: known === undefined ? 500 : status, ...(known ?? INTERNAL) });
  });
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, { status: 404, ...wordsOf(404) }));
  app.server.on('checkExpectation', refuseExpectation);
}

/** For URLs that no route can read: Fastify's own answer would echo them, and passes by every hook. */
export function refuseUrl({ statusCode }: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.header(TRACE_HEADER, request.id).header('x-content-type-options', 'nosniff');
  const isTooLong = statusCode === 414;
  if (isTooLong) sendRefusal(reply, { status: 404, ...wordsOf(404) });
  else sendRefusal(reply, { status: 400, code: 'BAD_REQUEST', message: 'The URL is malformed.' });
}

/** For what is there, but not by this method. */
export function refuseMethod(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendRefusal(reply.header('allow', 'GET, POST'), { status: 405, ...wordsOf(405) });
}

/** For an Expect header that is not 100-continue: Node's own answer is empty. */
function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const { code, message } = wordsOf(417);
  const traceId = newTraceId();
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(417, { ...headers, [TRACE_HEADER]: traceId, connection: 'close' });
  response.end(JSON.stringify(body(code, message, traceId)));
}

/** For requests that Node's parser refuses before there is a request. */
export function refuseSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_PARSER[error.code ?? ''] ?? 400;
  const { code, message } = wordsOf(status);
  const traceId = newTraceId();
  const text = JSON.stringify(body(code, message, traceId));
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Bad Request'}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `cache-control: no-store\r\n${TRACE_HEADER}: ${traceId}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

const STATUS_OF_PARSER: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const REASONS: Readonly<Record<number, string>> = {
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

function wordsOf(status: number): Omit<HttpRefusal, 'status'> {
  return BY_STATUS.get(status) ?? INTERNAL;
}

function body(code: string, message: string, traceId: string, retryAfter?: number) {
  return {
    errors: [{ message, extensions: { code, ...(retryAfter !== undefined && { retryAfter }), traceId } }],
  };
}
