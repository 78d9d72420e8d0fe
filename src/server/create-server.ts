/** The HTTP server: what happens to a request, in the order in which it happens. */
import type { IncomingMessage } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Audit } from '../audit/trail.js';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { FundingAccount } from '../domain/funding-account.js';
import { type Grant, NO_GRANT } from '../domain/grant.js';
import type { Logger } from '../observability/logger.js';
import { NO_TELEMETRY, type Telemetry } from '../observability/telemetry.js';
import type { PushHistory } from '../push/push-history.js';
import {
  KEEP_ALIVE_MS,
  REQUEST_ARRIVAL_MS,
  REQUEST_CHECK_MS,
  REQUEST_HEADERS_MS,
} from '../resilience/time-limits.js';
import type { GatewayContext } from '../schema/context.js';
import type { ClientAddresses } from './client-address.js';
import { limitConnections } from './connections.js';
import { GRAPHQL, hotPath } from './hot-path.js';
import { NO_SCHEMAS } from './no-schemas.js';
import { passedOn } from './passed-on.js';
import { settleAnswerType } from './pipeline/answer-type.js';
import { followOperation, type OnAnswered, tellAnswered } from './pipeline/answered.js';
import { auditRefusals } from './pipeline/audit-refusals.js';
import { type CorsOptions, registerCors } from './pipeline/cors.js';
import { BODY_LIMIT, HEADERS_LIMIT, handleHttpErrors, refuseSocket } from './pipeline/http-errors.js';
import { answerOneAtATime, sendLargeAsBytes } from './pipeline/one-at-a-time.js';
import { putBefore } from './pipeline/put-before.js';
import { type RequestLimits, refuseBeyond } from './pipeline/rate-limits.js';
import { RequestLog } from './pipeline/request-log.js';
import { refuseAmbiguousHost } from './pipeline/request-target.js';
import { TRACE_HEADER, traceIdOf } from './pipeline/trace.js';
import type { PrivateQueries } from './private-queries/private-queries.js';
import type { PublicAnswers } from './public-answers/public-answers.js';
import { registerAssets } from './routes/assets.js';
import { refuseBrokenUrl, registerCallback } from './routes/callback.js';
import { type DemoBankOptions, registerDemoBank } from './routes/demo-bank.js';
import { type DemoTokens, registerDemoToken } from './routes/demo-token.js';
import { registerExplorer } from './routes/explorer.js';
import { registerGraphQL } from './routes/graphql.js';
import { type Health, registerHealth } from './routes/health.js';
import { SentLogos } from './routes/sent-logos.js';
import { requireIntrospection } from './sign-in/introspection-only.js';
import { RefusalLog } from './sign-in/refusal-log.js';
import type { SignIn } from './sign-in/sign-in.js';
import { requireGoodToken } from './sign-in/sign-in-hook.js';
import { trustBearer } from './sign-in/trust-bearer.js';
import { Strangers } from './strangers.js';
import { judgeDocument } from './trusted-documents/judge-document.js';
import type { TrustedDocuments } from './trusted-documents/trusted-documents.js';

export interface ServerDeps {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly answers: PublicAnswers;
  readonly privateQueries: PrivateQueries;
  /** null: any document is answered. */
  readonly documents: TrustedDocuments | null;
  readonly contextOf: (caller: {
    readonly accountHolder: string | null;
    readonly client: string | null;
    readonly grant: Grant;
    readonly address: string;
    readonly traceId: string;
    readonly languages: readonly string[];
  }) => GatewayContext;
  /** Her cards and accounts, straight from the card store. */
  readonly accountsOf: (accountHolder: string) => Promise<readonly FundingAccount[]>;
  readonly signIn: SignIn;
  readonly addresses: ClientAddresses;
  readonly limits: RequestLimits;
  readonly catalogue: Catalogue;
  readonly pushHistory: PushHistory;
  readonly health: Health;
  /** Embedded sign-in only. */
  readonly demoTokens: DemoTokens | null;
  readonly onAnswered: OnAnswered;
  readonly telemetry: Telemetry;
  /** With embedded parts only. */
  readonly demoBank: DemoBankOptions | null;
  readonly audit: Audit;
  readonly log: Logger;
}

interface ServerOptions {
  readonly cors: CorsOptions;
  readonly explorer: boolean;
  readonly trustedDocuments: 'off' | 'log' | 'enforce';
}

export async function createServer(deps: ServerDeps, options: ServerOptions): Promise<FastifyInstance> {
  const app = emptyServer(deps.log, (request) => passedOn(request)?.traceId ?? traceIdOf(request));
  const connections = limitConnections(app.server, deps.addresses);
  const requestLog = new RequestLog(deps.log);
  const logos = new SentLogos();
  // 0. One answer at a time; what is kept goes out at once where 1 to 8 have nothing to say.
  const refusals = new RefusalLog(deps.log);
  const strangers = new Strangers({ ...deps, refusals }, { path: GRAPHQL, mayIntrospect: options.explorer });
  const hot = { ...deps, connections, logos, requestLog, strangers };
  putBefore(app.server, hotPath(hot, options.cors));
  answerOneAtATime(app.server);
  // 1. Every answer carries a trace id, and says nothing to guess from.
  app.addHook('onRequest', async (request, reply) => {
    reply.header(TRACE_HEADER, request.id).header('x-content-type-options', 'nosniff');
  });
  sendLargeAsBytes(app);
  // While it shuts down a connection ends with its answer: kept alive, it would hold the process.
  app.addHook('onSend', async (_request, reply) => {
    if (!deps.health.ready()) reply.header('connection', 'close');
  });
  // 2. What became of it is told, once.
  tellAnswered(app, { ...deps, requestLog });
  // And one in the audit trail where a sign-in, or a request past a limit, is refused.
  auditRefusals(app, deps.audit);
  // 3. Errors outside of GraphQL come in GraphQL's form.
  handleHttpErrors(app, deps.log);
  // 4. A request that could mean two hosts is refused.
  app.addHook('onRequest', refuseAmbiguousHost);
  // 5. Browsers of other origins.
  await registerCors(app, options.cors);
  // 6. Who asks too much is refused before anything is looked at; probes never are.
  app.decorateRequest('address', '');
  app.addHook('onRequest', async (request) => {
    request.address = deps.addresses.of(request.raw);
  });
  app.addHook('onRequest', refuseBeyond(connections));
  app.addHook('onRequest', deps.limits.ofAddress);
  // 7. Routes without sign-in.
  registerHealth(app, deps.health);
  registerAssets(app, deps.catalogue, logos);
  await registerCallback(app, deps);
  if (deps.demoTokens !== null) registerDemoToken(app, deps.demoTokens);
  if (deps.demoBank !== null) registerDemoBank(app, deps.demoBank);
  if (options.explorer) registerExplorer(app);
  // 8. GraphQL: without a good token it ends here, before the body is read; where there is an explorer, introspection goes on.
  app.decorateRequest('accountHolder', null);
  app.decorateRequest('client', null);
  app.decorateRequest('grant', null);
  const { apollo, answers, documents } = deps;
  const { explorer: introspection, trustedDocuments: mode } = options;
  const judge =
    documents === null || mode === 'off' ? null : judgeDocument(documents, { mode, introspection });
  const contextOf = (request: FastifyRequest, languages: readonly string[]) => {
    const { accountHolder, client, address, id: traceId } = request;
    const grant = request.grant ?? NO_GRANT;
    return (
      passedOn(request.raw)?.context ??
      deps.contextOf({ accountHolder, client, grant, address, traceId, languages })
    );
  };
  registerGraphQL(
    app,
    { apollo, answers, contextOf, judge },
    {
      onRequest: [
        requireGoodToken({ ...deps, refusals }, { strangers: options.explorer }),
        deps.limits.ofCaller,
        settleAnswerType,
        trustBearer,
      ],
      preHandler: [
        ...(deps.telemetry === NO_TELEMETRY ? [] : [followOperation(deps.telemetry)]),
        requireIntrospection,
      ],
    },
  );
  return app;
}

/** Its limits, and how it words what never gets as far as a route. */
function emptyServer(log: Logger, genReqId: (request: IncomingMessage) => string): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  const app: FastifyInstance = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_ARRIVAL_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      headersTimeout: REQUEST_HEADERS_MS,
      connectionsCheckingInterval: REQUEST_CHECK_MS,
      maxHeaderSize: HEADERS_LIMIT,
      // Ours to refuse, with a body and a trace id.
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 100 },
    schemaController: { compilersFactory: NO_SCHEMAS },
    clientErrorHandler: refuseSocket,
    frameworkErrors: refuseBrokenUrl,
  });
  return app;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The `sub` of a good access token; null without one. */
    accountHolder: string | null;
    /** The app that this token was issued to; null where it does not say. */
    client: string | null;
    /** What it allows; null without one. */
    grant: Grant | null;
    /** Where the request comes from. */
    address: string;
  }
}
