/** What became of each request, told once it has been answered, kept answers too: a log line, and whoever counts. */
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify';
import {
  type AnsweredRequest,
  type FollowedOperation,
  NO_TELEMETRY,
  type Telemetry,
} from '../../observability/telemetry.js';

export type { AnsweredRequest } from '../../observability/telemetry.js';

import { passedOn } from '../passed-on.js';
import type { RequestLog } from './request-log.js';
import { whenEnded } from './when-ended.js';

/** It is called for every request and must cost next to nothing. */
export type OnAnswered = (request: AnsweredRequest) => void;

/** The connection was closed before all of the answer had gone. */
const CALLER_GONE = 'CALLER_GONE';

interface AnsweredDeps {
  readonly onAnswered: OnAnswered;
  readonly telemetry: Telemetry;
  readonly requestLog: RequestLog;
}

/** Whatever GraphQL asks of others belongs to the operation from here on; its end is told with its answer. */
export function followOperation(telemetry: Telemetry): preHandlerHookHandler {
  return (request, _reply, done) => {
    const { id: traceId, headers } = request;
    request.followed ??= telemetry.operation({ traceId, headers });
    request.followed.within(done);
  };
}

export function tellAnswered(
  app: FastifyInstance,
  { onAnswered, telemetry, requestLog }: AnsweredDeps,
): void {
  app.decorateRequest('followed', null);
  if (telemetry !== NO_TELEMETRY) {
    app.addHook('onRequest', async (request, reply) => {
      reply.raw.once('close', telemetry.began());
      request.followed = passedOn(request.raw)?.followed ?? null;
    });
  }
  whenEnded(app, (request, reply, isTaken) => {
    const answered = {
      operation: request.operation ?? request.graphQL?.outcome.operation ?? routeOf(request),
      outcome: isTaken ? outcomeOf(request, reply) : CALLER_GONE,
      kept: request.isKept,
      hot: false,
      ms: reply.elapsedTime,
      traceId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      calls: request.graphQL?.calls ?? null,
    };
    requestLog.tell(answered);
    onAnswered(answered);
    request.followed?.end(answered.operation, answered.outcome);
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

declare module 'fastify' {
  interface FastifyRequest {
    /** null: it is followed by nobody. */
    followed: FollowedOperation | null;
  }
}
