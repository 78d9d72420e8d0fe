/** What became of each request, told once it has been answered, kept answers too: a log line, and whoever counts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../observability/logger.js';

export interface AnsweredRequest {
  /** Like `query tokenRequestors`, by the names of the schema, or `GET /livez`: nothing in it is the caller's own. */
  readonly operation: string;
  /** OK, the codes of its errors, or HTTP's status where it has come to none. */
  readonly outcome: string;
  /** Whether the answer was one that had been kept. */
  readonly kept: boolean;
  readonly ms: number;
}

/** It is called for every request and must cost next to nothing. Metrics and traces begin here. */
export type OnAnswered = (request: AnsweredRequest) => void;

export function tellAnswered(app: FastifyInstance, log: Logger, onAnswered: OnAnswered): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, id: traceId, isKept: kept } = request;
    const { statusCode: status, elapsedTime: ms } = reply;
    logAnswered(log, {
      traceId,
      method,
      route: request.routeOptions.url ?? null,
      status,
      ms,
      kept,
      hot: false,
    });
    onAnswered({
      operation: request.operation ?? request.graphQL?.outcome.operation ?? routeOf(request),
      outcome: outcomeOf(request, reply),
      kept: request.isKept,
      ms: reply.elapsedTime,
    });
  });
}

interface LoggedRequest {
  readonly traceId: string;
  readonly method: string;
  /** Never its URL, whose query may hold a document's variables. */
  readonly route: string | null;
  readonly status: number;
  readonly ms: number;
  readonly kept: boolean;
  /** Whether it went out before Fastify. */
  readonly hot: boolean;
}

export function logAnswered(log: Logger, request: LoggedRequest): void {
  if (log.isLevelEnabled('debug')) log.debug({ ...request, ms: Math.round(request.ms) }, 'request');
}

function outcomeOf({ graphQL }: FastifyRequest, { statusCode }: FastifyReply): string {
  const codes = graphQL?.outcome.codes ?? '';
  if (codes !== '') return codes;
  return statusCode < 400 ? 'OK' : String(statusCode);
}

/** A path that leads nowhere is the caller's own, and so is a method. */
function routeOf({ method, routeOptions: { url } }: FastifyRequest): string {
  return url === undefined ? 'none' : `${method} ${url}`;
}
