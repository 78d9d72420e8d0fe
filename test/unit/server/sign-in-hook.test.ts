/** What becomes of a request by who asks: what is put on it, what the caller hears, and what the log and the audit trail are told. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { NO_GRANT } from '../../../src/domain/grant.js';
import { createLogger } from '../../../src/observability/logger.js';
import { requireIntrospection } from '../../../src/server/sign-in/introspection-only.js';
import { RefusalLog } from '../../../src/server/sign-in/refusal-log.js';
import type { SignIn } from '../../../src/server/sign-in/sign-in.js';
import { requireGoodToken } from '../../../src/server/sign-in/sign-in-hook.js';
import type { TokenRequest } from '../../../src/server/sign-in/token-request.js';
import { trustBearer } from '../../../src/server/sign-in/trust-bearer.js';

type Result = Awaited<ReturnType<SignIn['check']>>;

const SUSAN = { kind: 'SIGNED_IN', accountHolder: 'susan', client: 'app-1', grant: NO_GRANT } as const;
const BAD = { kind: 'BAD_TOKEN', reason: 'EXPIRED', details: { because: 'x' } } as const;
const REALM = 'realm="token-connect-gateway"';

function keptLog(level: 'info' | 'debug') {
  const lines: Record<string, unknown>[] = [];
  const output = new PassThrough().on('data', (line: Buffer) => lines.push(JSON.parse(line.toString())));
  return { lines, refusals: new RefusalLog(createLogger(level, output)) };
}

interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: object;
}

/** A server with nothing but the sign-in; it answers with what it knows of the caller. */
async function ask(result: Result, { strangers = false, ...asked }: Asked & { strangers?: boolean } = {}) {
  const { lines, refusals } = keptLog('info');
  const seen: TokenRequest[] = [];
  const refusedFor: unknown[] = [];
  const check = (request: TokenRequest) => {
    seen.push(request);
    return Promise.resolve(result);
  };
  const app = fastify({ genReqId: () => 'a trace id' });
  for (const name of ['accountHolder', 'client', 'grant', 'refusedFor']) app.decorateRequest(name, null);
  app.addHook(
    'onRequest',
    requireGoodToken({ signIn: { check } as unknown as SignIn, refusals }, { strangers }),
  );
  app.addHook('onRequest', trustBearer);
  app.addHook('preHandler', requireIntrospection);
  app.addHook('onResponse', async (request) => void refusedFor.push(request.refusedFor));
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async ({ accountHolder, client, grant, headers }) => ({
      accountHolder,
      client,
      grant: grant === NO_GRANT,
      preflight: headers['apollo-require-preflight'],
    }),
  });
  const { method = 'POST', url = '/graphql', headers = {}, payload } = asked;
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const body = payload && { body: JSON.stringify(payload) };
  const type = payload && { 'content-type': 'application/json' };
  const answer = await fetch(base + url, { method, headers: { ...type, ...headers }, ...body });
  const text = await answer.text();
  await app.close();
  return { answer, lines, seen, refusedFor, body: JSON.parse(text) };
}

describe('a request', () => {
  it('of a good token goes on with its account holder, app and grant', async () => {
    const { body, seen, lines, refusedFor } = await ask(SUSAN, {
      url: '/graphql?a=1',
      headers: { authorization: 'Bearer x', 'x-other': 'Bearer y' },
    });
    expect(body).toEqual({ accountHolder: 'susan', client: 'app-1', grant: true });
    const [request] = seen;
    expect(request).toMatchObject({ method: 'POST', path: '/graphql', peer: '127.0.0.1' });
    expect([lines, refusedFor]).toEqual([[], [null]]);
  });

  it('of a bad token hears that it is none, in the scheme that it came in, and the log hears why', async () => {
    const { answer, body, lines, refusedFor } = await ask(BAD, { headers: { authorization: 'Bearer x' } });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer ${REALM}, error="invalid_token"`,
    ]);
    expect(body.errors).toEqual([
      {
        message: 'The access token is not valid, or has expired. Sign in again.',
        extensions: { code: 'UNAUTHENTICATED', traceId: 'a trace id' },
      },
    ]);
    expect(lines).toMatchObject([
      {
        event: 'sign-in.refused',
        traceId: 'a trace id',
        reason: 'EXPIRED',
        because: 'x',
        unsaid: 0,
        msg: 'an access token was refused',
      },
    ]);
    expect(refusedFor).toEqual([{ what: 'SIGN_IN', why: 'EXPIRED' }]);
  });

  it.each(['DPoP x', 'dpop x'])('of a bad token in %s is asked for a proof', async (authorization) => {
    const { answer } = await ask(BAD, { headers: { authorization } });
    expect(answer.headers.get('www-authenticate')).toBe(
      `DPoP ${REALM}, algs="RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA", error="invalid_token"`,
    );
  });

  it.each(['x dpop y', 'dpopper x', undefined])('of a bad token in %s is not', async (authorization) => {
    const { answer } = await ask(BAD, { headers: authorization === undefined ? {} : { authorization } });
    expect(answer.headers.get('www-authenticate')).toBe(`Bearer ${REALM}, error="invalid_token"`);
  });

  it('without a token is told to sign in, and nothing is wrong with it', async () => {
    const { answer, body, lines, refusedFor } = await ask({ kind: 'ANONYMOUS' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, `Bearer ${REALM}`]);
    expect(body.errors).toEqual([
      {
        message: 'Sign in first: send the header "Authorization: Bearer <access token>".',
        extensions: { code: 'UNAUTHENTICATED', traceId: 'a trace id' },
      },
    ]);
    expect([lines, refusedFor]).toEqual([[], [{ what: 'SIGN_IN', why: 'NO_TOKEN' }]]);
  });

  it('that cannot be judged is told to come again: no sign-in would help', async () => {
    const { answer, body, refusedFor } = await ask({ kind: 'KEYS_UNAVAILABLE' });
    expect(answer.status).toBe(503);
    expect(answer.headers.has('www-authenticate')).toBe(false);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.errors).toEqual([
      {
        message: 'The sign-in cannot be checked just now. Try again shortly.',
        extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfter: expect.any(Number), traceId: 'a trace id' },
      },
    ]);
    expect(refusedFor).toEqual([{ what: 'SIGN_IN', why: 'KEYS_UNAVAILABLE' }]);
  });
});

describe('a GET', () => {
  const get = { method: 'GET', url: '/graphql?query=%7B__typename%7D' } as const;

  it('of whoever is signed in needs no header against forged requests', async () => {
    expect((await ask(SUSAN, get)).body.preflight).toBe('bearer');
    const own = { ...get, headers: { 'apollo-require-preflight': 'own' } };
    expect((await ask(SUSAN, own)).body.preflight).toBe('own');
  });

  it('of a stranger does, and a POST is left as it is', async () => {
    const stranger = await ask({ kind: 'ANONYMOUS' }, { ...get, strangers: true });
    expect([stranger.answer.status, stranger.body.preflight]).toEqual([200, undefined]);
    expect((await ask(SUSAN)).body.preflight).toBeUndefined();
  });
});

describe('a stranger, where the explorer is on,', () => {
  const status = async (asked: Asked) =>
    (await ask({ kind: 'ANONYMOUS' }, { ...asked, strangers: true })).answer.status;
  const post = (query: unknown) => status({ payload: { query } });

  const OF_MOST_LENGTH = '{ __typename }'.padEnd(8000);

  it.each([
    ['a name', '{ __typename }'],
    ['a type', '{ __type(name: "Push") { name } }'],
    ['with fragments below', 'query { __schema { types { ...t } } } fragment t on __Type { name }'],
    ['at length', OF_MOST_LENGTH],
    ['often', `{ ${'__typename '.repeat(700)} }`],
  ])('may ask what the schema looks like: %s', async (_how, query) => {
    expect(await post(query)).toBe(200);
  });

  it.each<[string, unknown]>([
    ['a field', '{ fundingAccounts { id } }'],
    ['a field beside', '{ __schema { queryType { name } } fundingAccounts { id } }'],
    ['a field that is called so', '{ __schema: fundingAccounts { id } }'],
    ['in an inline fragment', '{ __typename ... { fundingAccounts { id } } }'],
    ['in a fragment', '{ __typename ...f } fragment f on Query { fundingAccounts { id } }'],
    ['in a second operation', 'query a { __typename } query b { fundingAccounts { id } }'],
    ['a mutation', 'mutation { __typename }'],
    ['a subscription', 'subscription { __typename }'],
    ['no GraphQL', '__schema {'],
    ['a fragment alone', 'fragment f on __Type { name }'],
    ['a type system', 'type __Query { a: Int }'],
    ['nothing', ''],
    ['null', null],
    ['an object', { __schema: 1 }],
    ['at too great length', `${OF_MOST_LENGTH} `],
    ['of too many tokens', `{ ${'__type '.repeat(999)} }`],
  ])('may ask nothing else: %s', async (_what, query) => {
    expect(await post(query)).toBe(401);
  });

  it('may look at the landing page, and ask by GET for no more than by POST', async () => {
    const get = (url: string) => status({ method: 'GET', url });
    expect(await get('/graphql')).toBe(200);
    expect(await get('/graphql?query=%7B__typename%7D')).toBe(200);
    expect(await get('/graphql?query=%7BfundingAccounts%7Bid%7D%7D')).toBe(401);
    expect(await get('/graphql?query=')).toBe(401);
    expect(await get(`/graphql?documentId=${'a'.repeat(64)}`)).toBe(401);
  });

  it('may POST nothing in the form of no request', async () => {
    expect(await status({})).toBe(401);
    expect(await status({ payload: ['{ __typename }'] })).toBe(401);
  });

  it('is no stranger who is signed in', async () => {
    expect((await ask(SUSAN, { payload: { query: '{ fundingAccounts { id } }' } })).answer.status).toBe(200);
  });
});

describe('the log of refusals', () => {
  /** Under a clock that is set by hand. */
  function at<T>(milliseconds: number, work: () => T): T {
    const { now } = performance;
    performance.now = () => milliseconds;
    try {
      return work();
    } finally {
      performance.now = now;
    }
  }

  it('says each reason once in ten seconds, and then how often it was', () => {
    const { lines, refusals } = keptLog('info');
    const tell = (ms: number, reason: 'EXPIRED' | 'TOO_OLD') => at(ms, () => refusals.tell('t', reason, {}));
    for (const ms of [0, 1, 9999]) tell(ms, 'EXPIRED');
    tell(5000, 'TOO_OLD');
    tell(10_000, 'EXPIRED');
    tell(20_000, 'EXPIRED');
    expect(lines.map(({ reason, unsaid }) => [reason, unsaid])).toEqual([
      ['EXPIRED', 0],
      ['TOO_OLD', 0],
      ['EXPIRED', 2],
      ['EXPIRED', 0],
    ]);
  });

  it('says each time on lines of debug', () => {
    const { lines, refusals } = keptLog('debug');
    for (const ms of [0, 1]) at(ms, () => refusals.tell(`t${ms}`, 'PROOF_INVALID', { because: 'ath' }));
    const event = { event: 'sign-in.refused', reason: 'PROOF_INVALID', because: 'ath' };
    expect(lines).toMatchObject([
      { level: 'info', traceId: 't0', unsaid: 0, msg: 'an access token was refused', ...event },
      { level: 'debug', traceId: 't1', msg: 'an access token was refused', ...event },
    ]);
  });
});
