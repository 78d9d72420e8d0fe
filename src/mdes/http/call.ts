/** One signed call to MDES, from bytes to JSON, within its deadline. */
import { randomUUID } from 'node:crypto';
import type { MdesIdentity } from '../../config/mdes-identity.js';
import type { Clock } from '../../domain/clock.js';
import type { Logger } from '../../observability/logger.js';
import { answerOutcome, type Telemetry } from '../../observability/telemetry.js';
import { type HttpAnswer, type HttpRequest, TransportError } from '../../resilience/http-exchange.js';
import { untilAborted, withTotalDeadline } from '../../resilience/total-deadline.js';
import type { Turns } from '../../resilience/turns.js';
import { MdesError } from '../mdes-error.js';
import { readLargeJson } from '../wire/large-json.js';
import { type JsonAnswer, type Operation, transportFailure } from './failures.js';
import { authorizationHeader } from './oauth.js';
import type { Transport } from './transport.js';

interface Call {
  readonly operation: Operation;
  /** Below the base URL, with its leading slash. */
  readonly path: string;
  /** Absent for a GET. */
  readonly body?: Buffer;
  readonly deadlineMs: number;
  readonly maxAnswerBytes: number;
  /** A push: over connections that only pushes use, one at a time. */
  readonly once?: boolean;
}

export interface CallDeps {
  readonly identity: MdesIdentity;
  readonly transport: Transport;
  readonly log: Logger;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** For answers that take long to read. */
  readonly turns: Turns;
}

const NO_BODY = Buffer.alloc(0);

/** @throws MdesError when there is no answer */
export async function call(request: Call, deps: CallDeps): Promise<JsonAnswer> {
  const { operation, body = NO_BODY } = request;
  const started = performance.now();
  const answer = await withTotalDeadline(request.deadlineMs, async (signal) => {
    const url = new URL(deps.identity.baseUrl + request.path);
    const method = request.body === undefined ? 'GET' : 'POST';
    const headers = {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'token-connect-gateway',
      ...(request.body !== undefined && { 'content-type': 'application/json; charset=UTF-8' }),
      authorization: await signed({ method, url, body }, operation, deps, signal),
    };
    const { maxAnswerBytes } = request;
    return send({ method, path: url.pathname, headers, body, signal, maxAnswerBytes }, request, deps);
  });
  const ms = Math.round(performance.now() - started);
  const clockAheadMs = clockAhead(answer, deps);
  if (clockAheadMs !== undefined) deps.telemetry.clockSkew(clockAheadMs);
  deps.log.debug({ operation, status: answer.status, ms }, 'MDES answered');
  return {
    status: answer.status,
    json: answer.body === null ? undefined : await readLargeJson(answer.body, deps.turns),
    fault: answer.fault,
    clockAheadMs,
    retryAfterSeconds: retryAfterSeconds(answer.retryAfter, deps.clock.now()),
  };
}

/** The request's JSON, stringified once: the very bytes are signed and sent. */
export function jsonBody(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

export function newRequestId(): string {
  return randomUUID();
}

async function signed(
  request: { readonly method: 'GET' | 'POST'; readonly url: URL; readonly body: Buffer },
  operation: Operation,
  { identity, clock }: CallDeps,
  signal: AbortSignal,
): Promise<string> {
  const signer = { consumerKey: identity.consumerKey.reveal(), key: identity.signingKey };
  try {
    // In the thread pool, which a name server that does not answer can fill up.
    return await untilAborted(authorizationHeader({ ...request, at: clock.now() }, signer), signal);
  } catch {
    throw new MdesError('UNAVAILABLE', `${operation}: the request could not be signed, nothing was sent`);
  }
}

async function send(
  request: HttpRequest,
  { operation, once }: Call,
  { transport, telemetry }: CallDeps,
): Promise<HttpAnswer> {
  try {
    return await telemetry.upstream({ system: 'mdes', operation, outcomeOf: answerOutcome }, (context) => {
      const inContext = { ...request, headers: { ...request.headers, ...context } };
      return once ? transport.sendOnce(inContext) : transport.read(inContext);
    });
  } catch (error) {
    throw error instanceof TransportError ? transportFailure(operation, error) : error;
  }
}

/** undefined: the answer does not say. */
function clockAhead({ date }: HttpAnswer, { clock }: CallDeps): number | undefined {
  const theirs = Date.parse(date ?? '');
  // Theirs leaves out the milliseconds: half a second, on average.
  return Number.isFinite(theirs) ? clock.now() - theirs - 500 : undefined;
}

const LONGEST_WAIT_SECONDS = 86_400;

/** Seconds or an HTTP date. */
function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS) : undefined;
}
