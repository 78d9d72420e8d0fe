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
    logRequest(log, request, reply);
    onAnswered({
      operation: request.operation ?? request.graphQL?.outcome.operation ?? routeOf(request),
      outcome: outcomeOf(request, reply),
      kept: request.isKept,
      ms: reply.elapsedTime,
    });
  });
}

/** Never its URL, whose query may hold a document's variables. */
function logRequest(log: Logger, request: FastifyRequest, { statusCode, elapsedTime }: FastifyReply): void {
  const { method, id: traceId, routeOptions, isKept } = request;
  log.debug(
    {
      traceId,
      method,
      route: routeOptions.url ?? null,
      status: statusCode,
      ms: Math.round(elapsedTime),
      kept: isKept,
    },
    'request',
  );
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
