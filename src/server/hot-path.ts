/**
 * What is asked most is answered here, before Fastify: a public answer that is kept, or a logo, goes out as bytes, and a query of the
 * caller's own is executed where its document is known; and who has no good token is told so. Every check of `create-server.ts` holds, by the same functions; where one says
 * no, or has to wait for anything, Fastify gets the request as it came, checks all of it and says what is wrong.
 */
import type { IncomingMessage } from 'node:http';
import type { FundingAccount } from '../domain/funding-account.js';
import type { Grant } from '../domain/grant.js';
import { UpstreamCalls } from '../domain/upstream-calls.js';
import type { Logger } from '../observability/logger.js';
import type { FollowedOperation, Telemetry } from '../observability/telemetry.js';
import type { GatewayContext } from '../schema/context.js';
import type { ClientAddresses } from './client-address.js';
import type { Connections } from './connections.js';
import { type HotExchange, HotWriter } from './hot-writer.js';
import { keepPassedOn } from './passed-on.js';
import { settledType } from './pipeline/answer-type.js';
import type { OnAnswered } from './pipeline/answered.js';
import type { CorsOptions } from './pipeline/cors.js';
import { BODY_LIMIT } from './pipeline/http-errors.js';
import { languagesOf } from './pipeline/languages.js';
import type { Step } from './pipeline/put-before.js';
import type { RequestLimits } from './pipeline/rate-limits.js';
import { readBody } from './pipeline/read-body.js';
import type { RequestLog } from './pipeline/request-log.js';
import { isHost, timesSent } from './pipeline/request-target.js';
import { traceIdOf } from './pipeline/trace.js';
import type { KnownQuery, PrivateQueries } from './private-queries/private-queries.js';
import type { Answer, PublicAnswers } from './public-answers/public-answers.js';
import { requestKey } from './public-answers/request-key.js';
import { ASSETS, logoHeaders } from './routes/assets.js';
import type { Health } from './routes/health.js';
import type { SentLogos } from './routes/sent-logos.js';
import type { SignedIn, SignIn } from './sign-in/sign-in.js';
import type { SignInRefusal } from './sign-in/sign-in-refusal.js';
import type { Strangers } from './strangers.js';

/** Who is answered. */
interface Caller {
  readonly accountHolder: string;
  readonly client: string | null;
  readonly grant: Grant;
  readonly address: string;
}

export interface HotPathDeps {
  readonly answers: PublicAnswers;
  readonly accountsOf: (accountHolder: string) => Promise<readonly FundingAccount[]>;
  readonly privateQueries: PrivateQueries;
  readonly telemetry: Telemetry;
  readonly contextOf: (
    caller: Caller & { readonly traceId: string; readonly languages: readonly string[] },
  ) => GatewayContext;
  readonly logos: SentLogos;
  readonly signIn: SignIn;
  readonly addresses: ClientAddresses;
  readonly connections: Connections;
  readonly strangers: Strangers;
  readonly limits: RequestLimits;
  readonly health: Health;
  readonly onAnswered: OnAnswered;
  readonly requestLog: RequestLog;
  readonly log: Logger;
}

export const GRAPHQL = '/graphql';
interface Exchange extends HotExchange {
  readonly next: () => void;
  isPassedOn: boolean;
  body: Buffer | null;
  context: GatewayContext | null;
  followed: FollowedOperation | null;
}

export function hotPath(deps: HotPathDeps, cors: CorsOptions): Step {
  const {
    answers,
    privateQueries,
    telemetry,
    logos,
    signIn,
    addresses,
    connections,
    strangers,
    limits,
    health,
    log,
  } = deps;
  const writer = new HotWriter(deps, cors);
  let goodHost = '';

  return (request, response, next) => {
    const { method, url = '' } = request;
    const isQuery = method === 'POST' && url === GRAPHQL;
    const isLogo = method === 'GET' && url.startsWith(ASSETS);
    if ((!isQuery && !isLogo) || !isPlain(request)) {
      next();
      return;
    }
    const traceId = traceIdOf(request);
    const exchange: Exchange = {
      request,
      response,
      begun: performance.now(),
      traceId,
      next,
      isPassedOn: false,
      body: null,
      context: null,
      followed: null,
    };
    guarded(exchange, () => {
      if (isQuery) query(exchange);
      else if (!sendLogo(exchange, url)) passOn(exchange);
    });
  };

  function passOn(exchange: Exchange): void {
    const { request, traceId, body, context, followed } = exchange;
    exchange.isPassedOn = true;
    keepPassedOn(request, { traceId, body, context, followed });
    exchange.next();
  }

  /** What asks others for anything. */
  function follow<T>(exchange: Exchange, work: () => T): T {
    const { traceId, request } = exchange;
    exchange.followed = telemetry.operation({ traceId, headers: request.headers });
    return exchange.followed.within(work);
  }

  /** Nobody else would catch it, and the process would end. */
  function guarded(exchange: Exchange, work: () => void): void {
    try {
      work();
    } catch (err) {
      const { response, traceId, isPassedOn } = exchange;
      if (isPassedOn) throw err;
      log.error({ traceId, err }, 'internal error');
      if (response.headersSent) response.destroy();
      else passOn(exchange);
    }
  }

  /** The process not about to end, its connection within the limits, its one Host a good one. */
  function isPlain(request: IncomingMessage): boolean {
    if (!health.ready() || connections.isBeyond(request.socket)) return false;
    const { host = '' } = request.headers;
    if (host !== goodHost && !isHost(host)) return false;
    goodHost = host;
    return timesSent(request, 'host') === 1;
  }

  function sendLogo(exchange: Exchange, url: string): boolean {
    const logo = logos.get(url.slice(ASSETS.length));
    if (logo === undefined) return false;
    const { type, bytes } = logo;
    const route = `${ASSETS}:file`;
    return writer.sendBytes(exchange, { bytes, headers: logoHeaders(type), route, operation: null });
  }

  function query(exchange: Exchange): void {
    const { request } = exchange;
    const { authorization = '', accept: accepted, 'content-length': sent } = request.headers;
    const caller = timesSent(request, 'authorization') === 1 ? signIn.atHand(authorization) : undefined;
    if (caller === undefined) {
      refuseStranger(exchange);
      return;
    }
    const accept = accepted === undefined ? undefined : settledType(accepted);
    const length = Number(sent);
    const isReadable = length > 0 && length <= BODY_LIMIT;
    if (!isReadable || (accepted !== undefined && accept === undefined)) {
      passOn(exchange);
      return;
    }
    readBody(request, length, (body) => {
      // For whoever answers in the end: the stream has nothing any more.
      exchange.body = body;
      guarded(exchange, () => answerTo(exchange, caller, { accept, body: body.toString() }));
    });
  }

  function refuseStranger(exchange: Exchange): void {
    const { request, traceId } = exchange;
    const stranger = { accountHolder: null, client: null, address: addresses.of(request) };
    if (!limits.takeAtHand(stranger)) {
      passOn(exchange);
      return;
    }
    const sayIt = (refusal: SignInRefusal | undefined) => {
      if (refusal !== undefined && writer.sendRefusal(exchange, refusal, GRAPHQL)) {
        strangers.tell(exchange, refusal, stranger.address);
        return;
      }
      limits.giveBack(stranger);
      passOn(exchange);
    };
    const found = strangers.refusalOf(request, traceId);
    if (found instanceof Promise) {
      found.catch(() => undefined).then((refusal) => guarded(exchange, () => sayIt(refusal)));
    } else sayIt(found);
  }

  function answerTo(
    exchange: Exchange,
    { accountHolder, client, grant }: SignedIn,
    { accept, body }: { readonly accept: string | undefined; readonly body: string },
  ): void {
    const { request } = exchange;
    const { headers } = request;
    const key = requestKey({ method: 'POST', url: GRAPHQL, headers, accept, grant }, body);
    const caller = { accountHolder, client, grant, address: addresses.of(request) };
    const isKept = answers.knows(key);
    const own = isKept ? undefined : privateQueries.known(headers['content-type'], accept, body);
    if ((!isKept && own === undefined) || !limits.takeAtHand(caller)) {
      passOn(exchange);
      return;
    }
    const leaveIt = () => {
      limits.giveBack(caller);
      passOn(exchange);
    };
    if (own !== undefined) {
      answerOwn(exchange, own, caller, leaveIt);
      return;
    }
    let calls: UpstreamCalls | null = null;
    const herAccounts = () => {
      calls = new UpstreamCalls();
      calls.cardStore = 1;
      return follow(exchange, () => deps.accountsOf(accountHolder)).catch(() => undefined);
    };
    const sendIt = (answer: Answer | undefined) => {
      if (answer === undefined || !sendAnswer(exchange, answer, calls)) leaveIt();
    };
    const found = answers.findAtHand(key, herAccounts);
    if (found instanceof Promise) {
      found.catch(() => undefined).then((answer) => guarded(exchange, () => sendIt(answer)));
    } else sendIt(found);
  }

  function answerOwn(exchange: Exchange, query: KnownQuery, caller: Caller, leaveIt: () => void): void {
    const { request, traceId } = exchange;
    if (!writer.maySendOwn(exchange)) {
      leaveIt();
      return;
    }
    const { accountHolder, client, grant, address } = caller;
    const languages = languagesOf(request.headers['accept-language']);
    const context = deps.contextOf({ accountHolder, client, grant, address, traceId, languages });
    const sendIt = (text: string | undefined) => {
      if (text !== undefined) {
        writer.sendOwn(exchange, text, {
          route: GRAPHQL,
          operation: context.outcome.operation,
          calls: context.calls,
        });
        return;
      }
      exchange.context = context;
      leaveIt();
    };
    follow(exchange, () => privateQueries.answer(query, context))
      .catch(() => undefined)
      .then((text) => guarded(exchange, () => sendIt(text)));
  }

  function sendAnswer(
    exchange: Exchange,
    { body: bytes, contentType, operation }: Answer,
    calls: UpstreamCalls | null,
  ): boolean {
    const headers = ['content-type', contentType, 'cache-control', 'no-store'];
    return writer.sendBytes(exchange, { bytes, headers, route: GRAPHQL, operation, calls });
  }
}
