/** Writes the answers of the hot path, with the headers that the pipeline would have set, and tells of each. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UpstreamCalls } from '../domain/upstream-calls.js';
import type { FollowedOperation } from '../observability/telemetry.js';
import type { OnAnswered } from './pipeline/answered.js';
import { type CorsOptions, corsHeaders, VARY_BY_ORIGIN } from './pipeline/cors.js';
import { type EncodedBytes, formFor, VARY_BY_CODING } from './pipeline/encoded-bytes.js';
import { refusalText } from './pipeline/http-errors.js';
import type { RequestLog } from './pipeline/request-log.js';
import { TRACE_HEADER } from './pipeline/trace.js';
import type { Health } from './routes/health.js';
import type { SignInRefusal } from './sign-in/sign-in-refusal.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const VARY = `${VARY_BY_ORIGIN}, ${VARY_BY_CODING}`;

export interface HotExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Milliseconds of `performance.now()`. */
  readonly begun: number;
  readonly traceId: string;
  /** null where it has asked nobody for anything. */
  readonly followed: FollowedOperation | null;
}

/** What is told of an answer. */
interface About {
  readonly route: string;
  /** By the names of the schema; null where it has none. */
  readonly operation: string | null;
  /** That it took; null: none. */
  readonly calls?: UpstreamCalls | null;
}

interface Bytes extends About {
  readonly bytes: EncodedBytes;
  readonly headers: readonly string[];
}

interface HotWriterDeps {
  readonly health: Health;
  readonly onAnswered: OnAnswered;
  readonly requestLog: RequestLog;
}

export class HotWriter {
  readonly #deps: HotWriterDeps;
  readonly #cors: CorsOptions;

  constructor(deps: HotWriterDeps, cors: CorsOptions) {
    this.#deps = deps;
    this.#cors = cors;
  }

  /** What is kept; false, and nothing is sent, where one has to wait for anything. */
  sendBytes(exchange: HotExchange, { bytes, headers, route, operation, calls }: Bytes): boolean {
    const { request, response } = exchange;
    const forOrigin = corsHeaders(request.headers, this.#cors);
    const { coding, etag, isKnown } = formFor(request, bytes);
    const body = isKnown ? null : bytes.in(coding);
    if (forOrigin === undefined || body instanceof Promise || !this.#deps.health.ready()) return false;
    const all = headersOf(exchange, VARY, forOrigin);
    if (etag !== null) all.push('etag', etag);
    if (body === null) {
      // RFC 9110, 15.4.5: what he has goes on to be so.
      response.writeHead(304, [...all, ...withoutType(headers)]).end();
    } else {
      if (coding !== null) all.push('content-encoding', coding);
      all.push('content-length', String(body.length));
      for (const header of headers) all.push(header);
      response.writeHead(200, all).end(body);
    }
    this.#tell(exchange, { route, operation, calls: calls ?? null }, true);
    return true;
  }

  /** Whether `sendOwn` can: asked before anything is done for it. */
  maySendOwn({ request }: HotExchange): boolean {
    return corsHeaders(request.headers, this.#cors) !== undefined;
  }

  /** Of an account holder's own: never packed, kept by nobody. */
  sendOwn(exchange: HotExchange, text: string, about: About): void {
    const { request, response } = exchange;
    const all = headersOf(exchange, VARY_BY_ORIGIN, corsHeaders(request.headers, this.#cors) ?? []);
    const length = String(Buffer.byteLength(text));
    all.push('content-type', JSON_TYPE, 'cache-control', 'no-store', 'content-length', length);
    // What is answered now it was asked before the process began to end.
    if (!this.#deps.health.ready()) all.push('connection', 'close');
    response.writeHead(200, all).end(text);
    this.#tell(exchange, about, false);
  }

  /** False, and nothing is sent, where it is not for here to say. */
  sendRefusal(exchange: HotExchange, { answer, challenge }: SignInRefusal, route: string): boolean {
    const { request, response, traceId } = exchange;
    const forOrigin = corsHeaders(request.headers, this.#cors);
    if (forOrigin === undefined || !this.#deps.health.ready()) return false;
    const text = refusalText(answer, traceId);
    const all = headersOf(exchange, VARY_BY_ORIGIN, forOrigin);
    const length = String(Buffer.byteLength(text));
    if (challenge !== null) all.push('www-authenticate', challenge);
    all.push('content-type', JSON_TYPE, 'cache-control', 'no-store', 'content-length', length);
    response.writeHead(answer.status, all).end(text);
    this.#tell(exchange, { route, operation: null }, false);
    return true;
  }

  #tell(
    { request, response, begun, traceId, followed }: HotExchange,
    { route, operation, calls = null }: About,
    kept: boolean,
  ): void {
    const { method = '' } = request;
    const { statusCode: status } = response;
    // One object, and no spread: each property that follows one costs a microsecond and more on Node 20.
    const answered = {
      operation: operation ?? `${method} ${route}`,
      outcome: status < 400 ? 'OK' : String(status),
      kept,
      hot: true,
      ms: performance.now() - begun,
      traceId,
      method,
      route,
      status,
      calls,
    };
    this.#deps.requestLog.tell(answered);
    this.#deps.onAnswered(answered);
    followed?.end(answered.operation, answered.outcome);
  }
}

function headersOf({ traceId }: HotExchange, vary: string, forOrigin: readonly string[]): string[] {
  return [TRACE_HEADER, traceId, 'x-content-type-options', 'nosniff', 'vary', vary, ...forOrigin];
}

function withoutType(headers: readonly string[]): string[] {
  return headers.filter((_, at) => headers[at - (at % 2)] !== 'content-type');
}
