/** The log lines of requests: one for each operation, fewer when it is busy, and at debug one for each request. */
import type { UpstreamCalls } from '../../domain/upstream-calls.js';
import type { Logger } from '../../observability/logger.js';

interface LoggedRequest {
  readonly traceId: string;
  /** By the names of the schema; that of the route where it was not understood. */
  readonly operation: string;
  readonly outcome: string;
  readonly method: string;
  /** Never its URL, whose query may hold a document's variables. */
  readonly route: string | null;
  readonly status: number;
  readonly ms: number;
  readonly kept: boolean;
  /** Whether it went out before Fastify. */
  readonly hot: boolean;
  /** null: it was no operation, or asked nobody. */
  readonly calls: UpstreamCalls | null;
}

/** In a second; good and bad ends have each their own, so that a flood of the one hides nothing of the other. */
const MOST_LINES = 20;
const SECOND_MS = 1000;
/** Neither probes, which come all the time, nor the pictures of a page. */
const OPERATIONS = /^\/(graphql|\/?callback\b)/;

export class RequestLog {
  readonly #log: Logger;
  readonly #room = { good: new LineRoom(), bad: new LineRoom() };

  readonly #now: () => number;

  constructor(log: Logger, now = () => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  tell(request: LoggedRequest): void {
    const { traceId, operation, outcome, method, route, status, ms, kept, hot, calls } = request;
    if (this.#log.isLevelEnabled('debug')) {
      this.#log.debug({ traceId, method, route, status, ms: Math.round(ms), kept, hot }, 'request');
    }
    if (route === null || !OPERATIONS.test(route)) return;
    const unsaid = this.#room[outcome === 'OK' ? 'good' : 'bad'].take(this.#now());
    if (unsaid === undefined) return;
    const answer = kept ? (hot ? 'hot' : 'kept') : 'made';
    const { mdes = 0, cardStore = 0 } = calls ?? {};
    this.#log.info(
      {
        event: 'operation.answered',
        ...{ traceId, operation, outcome, ms: Math.round(ms), answer, unsaid },
        ...{ mdesCalls: mdes, cardStoreCalls: cardStore },
      },
      'operation answered',
    );
  }
}

class LineRoom {
  #until = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #unsaid = 0;

  /** How many were not said since the last that was; undefined: nor is this one. */
  take(now: number): number | undefined {
    if (now >= this.#until) {
      this.#until = now + SECOND_MS;
      this.#lines = 0;
    }
    if (this.#lines === MOST_LINES) {
      this.#unsaid += 1;
      return undefined;
    }
    this.#lines += 1;
    const unsaid = this.#unsaid;
    this.#unsaid = 0;
    return unsaid;
  }
}
