/** The checks of a token by themselves, without a server around them: the same tables as over HTTP, in a moment. */
import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type JWK, SignJWT } from 'jose';
import { SCOPES } from '../../../src/domain/grant.js';
import { createLogger } from '../../../src/observability/logger.js';
import { requirePermission, requireStepUp } from '../../../src/push/rules/step-up.js';
import { readGrant } from '../../../src/server/sign-in/claims.js';
import { SeenProofs } from '../../../src/server/sign-in/possession/seen-proofs.js';
import { createSignIn, type SignIn } from '../../../src/server/sign-in/sign-in.js';
import {
  AUDIENCE,
  ISSUER,
  type Members,
  now,
  startTokenForge,
  type TokenForge,
} from '../../support/issuer/token-forge.js';
import { LARK } from '../../support/requestors.js';
import { type BadToken, type Headers, headersOf } from './tokens/bad-token.js';
import { BAD_TOKENS } from './tokens/bad-tokens.js';

const URL_OF_ALL = 'https://cards.bank.example';
const RULES: Omit<Parameters<typeof createSignIn>[1], 'jwksUrl'> = {
  issuer: ISSUER,
  audiences: [AUDIENCE],
  withoutAudience: false,
  types: ['at+jwt', 'jwt', 'none'],
  maxAgeSeconds: 86_400,
  clients: ['app-1', 'app-2'],
  certificateHeader: 'client-cert',
  scopes: null,
};

let forge: TokenForge;
let signIn: SignIn;
const open: SignIn[] = [];

async function signInWith(rules: Partial<typeof RULES> = {}): Promise<SignIn> {
  const log = createLogger('silent', new PassThrough());
  const deps = { clock: { now: () => Date.now() }, log, publicUrl: () => URL_OF_ALL };
  const jwksUrl = forge.environment['AUTH_JWKS_URL'] ?? '';
  const made = createSignIn(
    { ...deps, isProxy: (peer) => peer === '127.0.0.1', proofs: new SeenProofs() },
    { ...RULES, ...rules, jwksUrl },
  );
  await made.start();
  open.push(made);
  return made;
}

beforeAll(async () => {
  forge = await startTokenForge();
  signIn = await signInWith();
});
beforeEach(() => forge.publish(forge.jwks.rsa, forge.jwks.ec));
afterAll(async () => {
  for (const one of open) await one.close();
  forge.close();
});

function check(headers: Headers, on = signIn, peer = '127.0.0.1') {
  const header = (name: string) => {
    const value = headers[name];
    return value === undefined ? [] : [value].flat();
  };
  return on.check({ method: 'POST', path: '/graphql', peer, header });
}

/** The account holder and the app, or the reason and what the log tells of it. */
async function outcome(headers: Headers | string, on = signIn, peer?: string): Promise<unknown> {
  const asked = typeof headers === 'string' ? { authorization: `Bearer ${headers}` } : headers;
  const result = await check(asked, on, peer);
  if (result.kind === 'SIGNED_IN') return `${result.accountHolder} ${result.client}`;
  return result.kind === 'BAD_TOKEN' ? result.reason : result.kind;
}

async function detailsOf(token: string): Promise<unknown> {
  const result = await check({ authorization: `Bearer ${token}` });
  return result.kind === 'BAD_TOKEN' ? [result.reason, result.details] : result.kind;
}

describe('a good token', () => {
  const goods: readonly (readonly [name: string, caller: string, claims: Members, header?: Members])[] = [
    ['as it comes', 'susan app-1', {}],
    ['for several audiences', 'susan app-1', { aud: ['other', AUDIENCE] }],
    ['that has just begun', 'susan app-1', { nbf: now() - 60 }],
    ['of a clock that is 3 s ahead', 'susan app-1', { iat: now() + 3, nbf: now() + 3 }],
    ['of the day before', 'susan app-1', { iat: now() - 86_000, exp: now() + 300 }],
    ['for a day', 'susan app-1', { exp: now() + 86_400 }],
    ['of type JWT', 'susan app-1', {}, { typ: 'JWT' }],
    ['of no type', 'susan app-1', {}, { typ: undefined }],
    ['of the long type', 'susan app-1', {}, { typ: 'application/AT+JWT' }],
    ['that holds a nonce', 'susan app-1', { nonce: 'of a login' }],
    ['that calls itself Bearer', 'susan app-1', { nonce: 'x', typ: 'Bearer' }, { typ: 'JWT' }],
    ['that calls itself DPoP', 'susan app-1', { nonce: 'x', typ: 'DPoP' }, { typ: 'JWT' }],
    ['for access by its use', 'susan app-1', { nonce: 'x', token_use: 'access' }, { typ: 'JWT' }],
    ['of azp', 'susan app-2', { client_id: undefined, azp: 'app-2' }],
    ['of appid', 'susan app-1', { client_id: undefined, appid: 'app-1' }],
    ['of cid', 'susan app-2', { client_id: undefined, cid: 'app-2' }],
    ['of several clients', 'susan app-1', { azp: 'app-2', cid: 'app-1' }],
    ['whose key it does not name', 'susan app-1', {}, { kid: undefined }],
    ['of a long name', `${'s'.repeat(255)} app-1`, { sub: 's'.repeat(255) }],
  ];
  // A row without a header must not leave Jest room for its `done`.
  it.each(goods)('%s is taken', async (...[, caller, claims, header]) => {
    const token = await forge.sign(claims, header);
    expect(await outcome(token)).toBe(caller);
    // Known by now, and still the same.
    expect(await outcome(token)).toBe(caller);
    expect(await outcome({ authorization: `bEARER ${token}` })).toBe(caller);
  });

  it.each(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256'])(
    'signed by %s is taken',
    async (alg) => {
      const name = alg === 'ES256' ? 'ec' : 'rsa';
      const { alg: _, ...anyOfItsKind } = forge.jwks[name];
      forge.publish(anyOfItsKind);
      const on = await signInWith();
      const token = new SignJWT({ ...forge.usual() }).setProtectedHeader({ alg, kid: name, typ: 'at+jwt' });
      expect(await outcome(await token.sign(forge.keys[name].privateKey), on)).toBe('susan app-1');
    },
  );

  it('without any is a stranger', async () => {
    expect(await outcome({})).toBe('ANONYMOUS');
  });
});

describe('a bad token', () => {
  it.each(BAD_TOKENS)('is refused: %s (%s)', async (...bad: BadToken) => {
    expect(await outcome(await headersOf(bad, forge, URL_OF_ALL))).toBe(bad[1]);
  });

  it('tells operators what was expected and found', async () => {
    const bent = (claims: Members, header?: Members) => forge.sign(claims, header).then(detailsOf);
    expect([
      await bent({ iss: 'https://login.bank.example' }),
      await bent({ iss: `${ISSUER}/` }),
      await bent({ iss: 'https://other.example/' }),
      await bent({ aud: ['other', 'third'] }),
      await bent({ client_id: undefined }),
      await bent({ client_id: 'app-3', azp: 'app-1' }),
      await bent({ exp: now() + 90_000, iat: now() }),
      await bent({}, { typ: 'logout+jwt' }),
      await bent({ nonce: 'x' }, { typ: 'JWT' }),
      await bent({ typ: 'ID' }, { typ: 'JWT' }),
      await bent({}, { kid: 'tomorrow' }),
      await bent({ cnf: { jkt: 'x', other: 'y' } }),
    ]).toEqual([
      ['ISSUER_DIFFERS_BY_SLASH', { expected: ISSUER, found: ISSUER.slice(0, -1) }],
      ['ISSUER_DIFFERS_BY_SLASH', { expected: ISSUER, found: `${ISSUER}/` }],
      ['ISSUER_DIFFERS', { expected: ISSUER, found: 'https://other.example/' }],
      ['AUDIENCE_DIFFERS', { expected: AUDIENCE, found: expect.stringMatching(/other.*third/) }],
      ['CLIENT_NOT_ALLOWED', { found: 'nothing' }],
      ['CLIENT_NOT_ALLOWED', { found: 'app-3,app-1' }],
      ['LIFETIME_TOO_LONG', { expected: 'at most 86400 s', found: '90000 s' }],
      ['TYPE_NOT_ALLOWED', { expected: 'at+jwt,jwt,none', found: 'logout+jwt' }],
      ['NOT_AN_ACCESS_TOKEN', { because: 'nonce' }],
      ['NOT_AN_ACCESS_TOKEN', { because: 'typ' }],
      ['KEY_UNKNOWN', { found: 'tomorrow, RS256' }],
      ['CONFIRMATION_UNKNOWN', { found: 'jkt,other' }],
    ]);
    const forged = await forge.bent((parts) => parts.splice(2, 1, 'A'.repeat(342)));
    expect(await detailsOf(forged)).toEqual(['SIGNATURE_INVALID', { found: 'rsa, RS256' }]);
    expect(await detailsOf(forge.hmac('x'))).toEqual(['ALGORITHM_NOT_ALLOWED', { found: 'HS256' }]);
  });
});

describe('what is configured', () => {
  it('decides on audience, client, type and age', async () => {
    const none = await signInWith({ audiences: [], withoutAudience: true });
    expect(await outcome(await forge.sign({ aud: undefined }), none)).toBe('susan app-1');
    for (const aud of [AUDIENCE, 'none', null, []])
      expect(await outcome(await forge.sign({ aud }), none)).toBe('AUDIENCE_DIFFERS');
    const anyClient = await signInWith({ clients: null });
    expect(await outcome(await forge.sign({ client_id: 'app-9' }), anyClient)).toBe('susan app-9');
    for (const client_id of [undefined, '', 7, 'x'.repeat(256)])
      expect(await outcome(await forge.sign({ client_id }), anyClient)).toBe('susan null');
    expect(await outcome(await forge.sign({ azp: 7 }))).toBe('CLIENT_NOT_ALLOWED');
    const strict = await signInWith({ types: ['at+jwt'], maxAgeSeconds: 600 });
    expect(await outcome(await forge.sign({}, { typ: 'JWT' }), strict)).toBe('TYPE_NOT_ALLOWED');
    expect(await outcome(await forge.sign({}, { typ: undefined }), strict)).toBe('TYPE_NOT_ALLOWED');
    expect(await outcome(await forge.sign({}, { typ: 'none' }))).toBe('TYPE_NOT_ALLOWED');
    expect(await outcome(await forge.sign({ exp: now() + 600, iat: now() }), strict)).toBe('susan app-1');
    expect(await outcome(await forge.sign({ exp: now() + 601, iat: now() }), strict)).toBe(
      'LIFETIME_TOO_LONG',
    );
    expect(await outcome(await forge.sign({ exp: now() + 60, iat: now() - 660 }), strict)).toBe('TOO_OLD');
  });

  it('decides on who may pass certificates on', async () => {
    const { base64, thumbprint } = forge.certificate;
    const authorization = `Bearer ${await forge.sign({ cnf: { 'x5t#S256': thumbprint } })}`;
    const headers = { authorization, 'client-cert': `:${base64}:` };
    expect(await outcome(headers)).toBe('susan app-1');
    expect(await outcome(headers, signIn, '10.0.0.1')).toBe('CERTIFICATE_MISSING');
    expect(await outcome(headers, await signInWith({ certificateHeader: null }))).toBe('CERTIFICATE_MISSING');
    const because = async (asked: Headers, on = signIn, peer = '127.0.0.1') => {
      const result = await check(asked, on, peer);
      return result.kind === 'BAD_TOKEN' ? result.details.because : result.kind;
    };
    expect([
      await because(headers, await signInWith({ certificateHeader: null })),
      await because(headers, signIn, '10.0.0.1'),
      await because({ authorization }),
      await because({ authorization, 'client-cert': [`:${base64}:`, `:${base64}:`] }),
      await because({ authorization, 'client-cert': ':AAAA:' }),
    ]).toEqual([
      'AUTH_CLIENT_CERT_HEADER is not set',
      'it does not come from TRUSTED_PROXIES',
      'no header',
      'two headers',
      'no certificate',
    ]);
  });

  it('takes a proof of the key, for this token, method and URL', async () => {
    const token = await forge.sign({ cnf: { jkt: forge.jkt } });
    const dpop = await forge.proof(token, `${URL_OF_ALL}/graphql`);
    expect(await outcome({ authorization: `DPoP ${token}`, dpop })).toBe('susan app-1');
    expect(await outcome({ authorization: `DPoP ${token}`, dpop })).toBe('PROOF_REPLAYED');
  });
});

describe('a token that was good before', () => {
  const atHand = (token: string, on = signIn, scheme = 'Bearer') => on.atHand(`${scheme} ${token}`);

  it('is at hand from then on, and what it said before', async () => {
    const token = await forge.sign({ jti: 'at hand' });
    expect(atHand(token)).toBeUndefined();
    const first = await check({ authorization: `Bearer ${token}` });
    expect(first).toMatchObject({ kind: 'SIGNED_IN', accountHolder: 'susan', client: 'app-1' });
    expect(atHand(token)).toEqual(first);
    expect([atHand(token, signIn, 'bearer'), atHand(token, signIn, 'DPoP'), atHand('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    // Remembered, so the same object, and not verified again.
    expect(await check({ authorization: `Bearer ${token}` })).toBe(first);
  });

  it('is nothing that another sign-in knows, or one whose keys are not known', async () => {
    const token = await forge.sign({ jti: 'elsewhere' });
    expect(await outcome(token)).toBe('susan app-1');
    const other = await signInWith();
    expect(atHand(token, other)).toBeUndefined();
    forge.publish();
    const none = await signInWith();
    expect([none.keysState(), none.keysAgeMs()]).toEqual(['empty', null]);
    expect(await outcome(token, none)).toBe('KEYS_UNAVAILABLE');
    expect(atHand(token, none)).toBeUndefined();
    expect(other.keysState()).toBe('ok');
    expect(other.keysAgeMs()).toBeGreaterThanOrEqual(0);
  });

  it('and is bound to a key or a certificate is never at hand: each request has to show it', async () => {
    const { base64, thumbprint } = forge.certificate;
    const bound = await forge.sign({ cnf: { 'x5t#S256': thumbprint } });
    expect(await outcome({ authorization: `Bearer ${bound}`, 'client-cert': `:${base64}:` })).toBe(
      'susan app-1',
    );
    expect(atHand(bound)).toBeUndefined();
    expect(await outcome(bound)).toBe('CERTIFICATE_MISSING');
  });

  it('and is bad is not remembered as good', async () => {
    const expired = await forge.sign({ exp: now() - 60 });
    for (const _ of [1, 2]) expect(await outcome(expired)).toBe('EXPIRED');
    expect(atHand(expired)).toBeUndefined();
  });
});

describe('a key without a name', () => {
  const nameless = ({ kid: _, ...jwk }: JWK): JWK => jwk;
  const others = (count: number) => Array.from({ length: count }, () => nameless(forge.jwks.thief));

  it('is one of ten that are tried at most', async () => {
    const token = await forge.sign({}, { kid: undefined });
    forge.publish(...others(9), nameless(forge.jwks.rsa));
    expect(await outcome(token, await signInWith())).toBe('susan app-1');
    forge.publish(...others(10), nameless(forge.jwks.rsa));
    expect(await outcome(token, await signInWith())).toBe('SIGNATURE_INVALID');
    forge.publish(...others(3));
    expect(await outcome(token, await signInWith())).toBe('SIGNATURE_INVALID');
  });

  it('that fits, and a token that is bad otherwise: the reason is the token', async () => {
    forge.publish(...others(3), nameless(forge.jwks.rsa), nameless(forge.jwks.ec));
    const on = await signInWith();
    expect(await outcome(await forge.sign({ exp: now() - 60 }, { kid: undefined }), on)).toBe('EXPIRED');
    expect(await outcome(await forge.sign({ iss: 'x' }, { kid: undefined }), on)).toBe('ISSUER_DIFFERS');
  });
});

describe('what a token allows', () => {
  interface Case {
    readonly name: string;
    readonly read: string;
    readonly push: string;
    readonly claims?: Members;
    readonly without?: readonly string[];
    readonly authTimeAgo?: number;
  }
  const cases = readFileSync(new URL('cases/claims.jsonl', import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Case);
  const own = (scope: string) => [scope];
  const names = {
    'token-requestors:read': own('token-requestors:read'),
    'assets:read': own('assets:read'),
    'accounts:read': own('accounts:read'),
    'push:read': own('push:read'),
    'push:write': ['push:write', 'bank.cards.push'],
  };
  const claims = ['scope', 'scp', 'permissions', 'realm_access.roles', 'https://bank.example/roles'];
  const stepUp = { acrValues: ['urn:bank:sca', 'urn:bank:phr'], maxAgeSeconds: 300 };

  function payloadOf({ claims: more = {}, without = [], authTimeAgo = 0 }: Case): Members {
    const at = now();
    const times = new Map<unknown, unknown>([
      ['$now', String(at)],
      ['$now + 0.5', at - 10.5],
      ['$now in ms', at * 1000],
    ]);
    const all = { scope: SCOPES.join(' '), acr: 'urn:bank:sca', auth_time: at - authTimeAgo, ...more };
    const kept = Object.entries(all).filter(([name]) => !without.includes(name));
    return Object.fromEntries(
      kept.map(([name, value]) => [name, times.has(value) ? times.get(value) : value]),
    );
  }

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const payload: Members = JSON.parse(JSON.stringify(payloadOf(one)));
    const grant = readGrant(payload, { claims, names });
    expect(grant.scopes.has('accounts:read') ? 'ok' : 'FORBIDDEN').toBe(one.read);
    const word = () => {
      if (!grant.scopes.has('push:write')) return 'FORBIDDEN';
      try {
        requireStepUp(stepUp, grant, Date.now());
        requirePermission(grant.pushes, { fundingAccountIds: ['card-1'], tokenRequestorId: LARK });
        return 'ok';
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    expect(word()).toBe(one.push);
  });

  it('is everything where scopes are not looked at', () => {
    expect(readGrant({}, null)).toEqual({
      scopes: new Set(SCOPES),
      acr: null,
      authTime: null,
      pushes: { kind: 'ANY' },
    });
  });
});
