/** What became of each request, told once it has been answered, kept answers too: a log line, and whoever counts. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type AnsweredRequest, NO_TELEMETRY, type Telemetry } from '../../observability/telemetry.js';

export type { AnsweredRequest } from '../../observability/telemetry.js';

import type { RequestLog } from './request-log.js';

/** It is called for every request and must cost next to nothing. */
export type OnAnswered = (request: AnsweredRequest) => void;

interface AnsweredDeps {
  readonly onAnswered: OnAnswered;
  readonly telemetry: Telemetry;
  readonly requestLog: RequestLog;
}

export function tellAnswered(
  app: FastifyInstance,
  { onAnswered, telemetry, requestLog }: AnsweredDeps,
): void {
  if (telemetry !== NO_TELEMETRY) {
    app.addHook('onRequest', async (_request, reply) => {
      reply.raw.once('close', telemetry.began());
    });
  }
  app.addHook('onResponse', async (request, reply) => {
    const { method, id: traceId, isKept: kept } = request;
    const { statusCode: status, elapsedTime: ms } = reply;
    const operation = request.operation ?? request.graphQL?.outcome.operation ?? routeOf(request);
    const answered = { operation, outcome: outcomeOf(request, reply), kept, hot: false, ms };
    requestLog.tell({ ...answered, traceId, method, route: request.routeOptions.url ?? null, status });
    onAnswered(answered);
    tellRefused(request, telemetry);
  });
}

function tellRefused({ refusedFor }: FastifyRequest, telemetry: Telemetry): void {
  if (refusedFor === null) return;
  const { what, why } = refusedFor;
  if (what === 'SIGN_IN') telemetry.signInRefused(why);
  else if (what === 'LIMIT') for (const limit of why.split(' ')) telemetry.limitHit(limit);
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
