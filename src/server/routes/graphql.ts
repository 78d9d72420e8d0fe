/** GraphQL: what is public and was answered before goes out as it was kept; everything else is Apollo's. */
import { Readable } from 'node:stream';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestAsyncHookHandler,
  preHandlerAsyncHookHandler,
  preHandlerHookHandler,
} from 'fastify';
import type { GatewayContext } from '../../schema/context.js';
import { passedOn } from '../passed-on.js';
import { sendEncoded } from '../pipeline/encoded-bytes.js';
import { refuseMethod } from '../pipeline/http-errors.js';
import { languagesOf } from '../pipeline/languages.js';
import type { Answer, PublicAnswers } from '../public-answers/public-answers.js';
import { requestKey } from '../public-answers/request-key.js';
import { namedDocument } from '../trusted-documents/named-document.js';

interface GraphQLDeps {
  /** Looks which document it is; null: any is answered. */
  readonly judge: preHandlerAsyncHookHandler | null;
  readonly apollo: ApolloServer<GatewayContext>;
  readonly answers: PublicAnswers;
  readonly contextOf: (request: FastifyRequest, languages: readonly string[]) => GatewayContext;
}

/** What is checked before the body is read, and before it is answered. */
interface GraphQLChecks {
  readonly onRequest: onRequestAsyncHookHandler[];
  readonly preHandler: (preHandlerAsyncHookHandler | preHandlerHookHandler)[];
}

export function registerGraphQL(app: FastifyInstance, deps: GraphQLDeps, checks: GraphQLChecks): void {
  app.decorateRequest('answerKey', '');
  app.decorateRequest('unread', null);
  app.decorateRequest('graphQL', null);
  app.decorateRequest('isKept', false);
  app.decorateRequest('operation', null);
  app.decorateRequest('judged', null);
  // In a scope of its own, where JSON is read in its own way.
  app.register(async (scope) => {
    const { answers } = deps;
    scope.addHook('preParsing', (request, _reply, payload, done) => {
      const body = passedOn(request.raw)?.body ?? null;
      done(null, body === null ? payload : Readable.from([body]));
    });
    const parseJson = scope.getDefaultJsonParser('error', 'error');
    scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
      request.answerKey = keyOf(request, body);
      // What was answered before was well formed; who is not signed in is looked at first.
      if (request.accountHolder === null || !answers.knows(request.answerKey)) {
        parseJson(request, body, done);
        return;
      }
      request.unread = body;
      done(null);
    });

    const byApollo = fastifyApolloHandler(deps.apollo, {
      context: async (request) => ({ ...contextOf(request), judged: request.judged }),
    });
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      onRequest: checks.onRequest,
      preHandler: [...checks.preHandler, sendKept, ...(deps.judge === null ? [] : [deps.judge])],
      async handler(request, reply) {
        const body = await byApollo.call(scope, request, reply);
        const answer = keep(request, reply, body);
        return answer === undefined ? body : sendPublic(request, reply, answer);
      },
    });
    scope.route({ method: ['PUT', 'PATCH', 'DELETE'], url: '/graphql', handler: refuseMethod });

    async function sendKept(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      if (request.accountHolder === null) return undefined;
      if (request.method === 'GET') request.answerKey = keyOf(request, '');
      const answer = await answers.find(
        request.answerKey,
        () => documentOf(request),
        () =>
          contextOf(request)
            .loaders.fundingAccounts()
            .catch(() => undefined),
      );
      if (answer !== undefined) {
        request.isKept = true;
        request.operation = answer.operation;
        return sendPublic(request, reply, answer);
      }
      if (request.unread !== null) request.body = JSON.parse(request.unread);
      return undefined;
    }

    function contextOf(request: FastifyRequest): GatewayContext {
      request.graphQL ??= deps.contextOf(request, languagesOf(request.headers['accept-language']));
      return request.graphQL;
    }

    function keep(request: FastifyRequest, reply: FastifyReply, body: unknown): Answer | undefined {
      const { answerKey, graphQL } = request;
      if (graphQL === null || answerKey === '' || typeof body !== 'string') return undefined;
      const { operation } = graphQL.outcome;
      const answer = { operation, contentType: String(reply.getHeader('content-type')), text: body };
      return answers.keep(answerKey, documentOf(request), answer, graphQL.loaders.basis);
    }
  });
}

/** A browser may keep what came by GET, and asks each time whether it still stands; nobody between us and it may. */
function sendPublic(
  request: FastifyRequest,
  reply: FastifyReply,
  { contentType, body }: Answer,
): Promise<FastifyReply> {
  reply.header('cache-control', request.method === 'GET' ? 'private, no-cache' : 'no-store');
  return sendEncoded(request, reply.header('content-type', contentType), body);
}

/** By its text or its id; undefined where it is not read yet, or names none. */
function documentOf({ method, query, body }: FastifyRequest): string | undefined {
  const named = namedDocument(method === 'GET' ? query : body);
  if (named.kind === 'TEXT') return named.text;
  return named.kind === 'ID' ? named.id : undefined;
}

function keyOf({ method, url, headers, grant }: FastifyRequest, body: string): string {
  return requestKey({ method, url, headers, accept: headers.accept, grant }, body);
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What an answer to it is kept under. */
    answerKey: string;
    /** A body that need not be parsed unless the answer has to be made anew. */
    unread: string | null;
    /** Made when it is first needed. */
    graphQL: GatewayContext | null;
    /** Whether the answer was one that had been kept. */
    isKept: boolean;
    /** Which operation that was. */
    operation: string | null;
  }
}
