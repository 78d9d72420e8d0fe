/** What became of each request, told once it has been answered, kept answers too: a log line, and whoever counts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../../observability/logger.js';
import { type AnsweredRequest, NO_TELEMETRY, type Telemetry } from '../../observability/telemetry.js';

export type { AnsweredRequest } from '../../observability/telemetry.js';

/** It is called for every request and must cost next to nothing. */
export type OnAnswered = (request: AnsweredRequest) => void;

interface AnsweredDeps {
  readonly onAnswered: OnAnswered;
  readonly telemetry: Telemetry;
  readonly log: Logger;
}

export function tellAnswered(app: FastifyInstance, { onAnswered, telemetry, log }: AnsweredDeps): void {
  if (telemetry !== NO_TELEMETRY) {
    app.addHook('onRequest', async (_request, reply) => {
      reply.raw.once('close', telemetry.began());
    });
  }
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
      hot: false,
      ms: reply.elapsedTime,
    });
    tellRefused(request, telemetry);
  });
}

function tellRefused({ refusedFor }: FastifyRequest, telemetry: Telemetry): void {
  if (refusedFor === null) return;
  const { what, why } = refusedFor;
  if (what === 'SIGN_IN') telemetry.signInRefused(why);
  else if (what === 'LIMIT') for (const limit of why.split(' ')) telemetry.limitHit(limit);
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
