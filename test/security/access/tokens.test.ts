/** Access tokens that somebody forged, bent or stole from elsewhere: none is accepted, none breaks anything. */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { bodyOf, faultsOfRefusal, type RawAnswer, send, sendBytes } from '../../support/raw-http.js';

const ISSUER = 'https://login.bank.example/';
const AUDIENCE = 'token-connect-gateway';
const QUERY = JSON.stringify({ query: '{fundingAccounts{id}}' });

type Claims = Readonly<Record<string, unknown>>;
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

let gateway: TestGateway;
let issuer: Server;
let fetches = 0;
let keys: { readonly rsa: Keys; readonly ec: Keys; readonly thief: Keys };
let publicPem: string;
let publicJwk: string;

beforeAll(async () => {
  const rs256 = { modulusLength: 2048, extractable: true };
  keys = {
    rsa: await generateKeyPair('RS256', rs256),
    ec: await generateKeyPair('ES256', { extractable: true }),
    thief: await generateKeyPair('RS256', rs256),
  };
  publicPem = await exportSPKI(keys.rsa.publicKey);
  const rsaJwk = { ...(await exportJWK(keys.rsa.publicKey)), kid: 'rsa', use: 'sig', alg: 'RS256' };
  // As some issuers do: a key without alg.
  const ecJwk = { ...(await exportJWK(keys.ec.publicKey)), kid: 'ec', use: 'sig' };
  publicJwk = JSON.stringify(rsaJwk);
  issuer = createServer((_request, response) => {
    fetches++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [rsaJwk, ecJwk] }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  gateway = await startTestGateway({
    EXPLORER: 'off',
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    AUTH_JWKS_URL: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`,
  });
});
afterAll(async () => {
  await gateway.close();
  issuer.close();
});

const usual = (): Claims => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'susan',
  iat: now(),
  exp: now() + 600,
  jti: randomUUID(),
});

function sign(
  claims: Claims = {},
  header: Claims = {},
  key: Keys['privateKey'] = keys.rsa.privateKey,
): Promise<string> {
  return new SignJWT({ ...usual(), ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'rsa', typ: 'at+jwt', ...header } as JWTHeaderParameters)
    .sign(key);
}
const unsigned = (header: unknown, claims: Claims = {}, signature = '') =>
  `${encode(header)}.${encode({ ...usual(), ...claims })}.${signature}`;
const hmac = (secret: string, alg = 'HS256') => {
  const text = `${encode({ alg, kid: 'rsa' })}.${encode(usual())}`;
  return `${text}.${createHmac(`sha${alg.slice(2)}`, secret)
    .update(text)
    .digest('base64url')}`;
};
const ask = (authorization: string): Promise<RawAnswer> =>
  send(gateway.url, { headers: { 'content-type': 'application/json', authorization }, body: QUERY });

const bent = async (change: (parts: string[]) => void): Promise<string> => {
  const parts = (await sign()).split('.');
  change(parts);
  return parts.join('.');
};
const jwkOf = async (key: Keys) => ({ ...(await exportJWK(key.publicKey)), kid: 'thief', alg: 'RS256' });

/** The value of the Authorization header. */
const ATTACKS: Readonly<Record<string, () => string | Promise<string>>> = {
  'expired a minute ago': () => sign({ exp: now() - 60 }),
  'expired six seconds ago': () => sign({ exp: now() - 6 }),
  'expired in 1970': () => sign({ exp: 0 }),
  'exp of text': () => sign({ exp: '9999999999' }),
  'exp of null': () => sign({ exp: null }),
  'exp below nothing': () => sign({ exp: -1 }),
  'no exp': () => sign({ exp: undefined }),
  'no sub': () => sign({ sub: undefined }),
  'no iat': () => sign({ iat: undefined }),
  'iat of text': () => sign({ iat: 'now' }),
  'nbf in an hour': () => sign({ nbf: now() + 3600 }),
  'nbf of text': () => sign({ nbf: 'now' }),
  'another audience': () => sign({ aud: 'another-service' }),
  'no audience': () => sign({ aud: undefined }),
  'an empty audience': () => sign({ aud: [] }),
  'an audience that begins alike': () => sign({ aud: `${AUDIENCE}.evil` }),
  'an audience in another case': () => sign({ aud: AUDIENCE.toUpperCase() }),
  'an audience of an object': () => sign({ aud: { [AUDIENCE]: 1 } }),
  'another issuer': () => sign({ iss: 'https://login.evil.example/' }),
  'an issuer without its slash': () => sign({ iss: ISSUER.slice(0, -1) }),
  'an issuer in a list': () => sign({ iss: [ISSUER] }),
  'no issuer': () => sign({ iss: undefined }),
  'an empty sub': () => sign({ sub: '' }),
  'a sub of a number': () => sign({ sub: 1 }),
  'a sub of a list': () => sign({ sub: ['susan'] }),
  'a sub of an object': () => sign({ sub: { toString: 'susan' } }),
  'a sub of 256 characters': () => sign({ sub: 's'.repeat(256) }),
  'a sub of 10 kB': () => sign({ sub: 's'.repeat(10_000) }),
  'a sub of null': () => sign({ sub: null }),
  'alg none': () => unsigned({ alg: 'none' }),
  'alg None': () => unsigned({ alg: 'None', kid: 'rsa' }),
  'alg nOnE with a signature': () => unsigned({ alg: 'nOnE', kid: 'rsa' }, {}, 'c2lnbmF0dXJl'),
  'no alg': () => unsigned({ kid: 'rsa' }),
  'an empty alg': () => unsigned({ alg: '', kid: 'rsa' }),
  'alg in a list': () => unsigned({ alg: ['RS256'], kid: 'rsa' }),
  'alg __proto__': () => unsigned('{"alg":"__proto__","kid":"rsa"}'),
  'RS256 without signature': () => unsigned({ alg: 'RS256', kid: 'rsa' }),
  'HS256 with the public key as PEM': () => hmac(publicPem),
  'HS256 with the public key as JWK': () => hmac(publicJwk),
  'HS256 with nothing': () => hmac(''),
  'HS512 with the public key': () => hmac(publicPem, 'HS512'),
  'signed by another key of the same kid': () => sign({}, {}, keys.thief.privateKey),
  'an unknown kid': () => sign({}, { kid: 'thief' }, keys.thief.privateKey),
  'no kid, two keys': () => sign({}, { kid: undefined }, keys.thief.privateKey),
  'a kid with a path': () => sign({}, { kid: '../../../dev/null' }, keys.thief.privateKey),
  'a kid with SQL': () => sign({}, { kid: "' OR 1=1 --" }, keys.thief.privateKey),
  'a kid of 8 kB': () => sign({}, { kid: 'k'.repeat(8000) }, keys.thief.privateKey),
  'a kid of a number': () => unsigned({ alg: 'RS256', kid: 1 }, {}, 'AAAA'),
  'its own key inside (jwk)': async () =>
    sign({}, { kid: 'thief', jwk: await jwkOf(keys.thief) }, keys.thief.privateKey),
  'its own key inside, our kid': async () =>
    sign({}, { jwk: await jwkOf(keys.thief) }, keys.thief.privateKey),
  'the way to its own keys (jku)': () =>
    sign({}, { kid: 'thief', jku: `${gateway.simulatorUrl}/simulator/jws-key` }, keys.thief.privateKey),
  'its own certificate (x5c)': () => sign({}, { kid: 'thief', x5c: ['MIIB'] }, keys.thief.privateKey),
  'the way to its certificate (x5u)': () =>
    sign({}, { kid: 'thief', x5u: 'https://evil.example/x' }, keys.thief.privateKey),
  'an extension that must be understood': () =>
    bent((parts) => {
      parts[0] = encode({ alg: 'RS256', kid: 'rsa', crit: ['exp'], exp: 1 });
    }),
  'a payload that is not encoded (b64)': () =>
    bent((parts) => {
      parts[0] = encode({ alg: 'RS256', kid: 'rsa', b64: false, crit: ['b64'] });
    }),
  'the RSA key by another algorithm': () =>
    bent((parts) => {
      parts[0] = encode({ alg: 'PS256', kid: 'rsa' });
    }),
  'the EC key by an RSA algorithm': () =>
    bent((parts) => {
      parts[0] = encode({ alg: 'RS256', kid: 'ec' });
    }),
  'the EC key by a larger curve': () =>
    bent((parts) => {
      parts[0] = encode({ alg: 'ES512', kid: 'ec' });
    }),
  'an EC signature of nothing but zeros': () =>
    unsigned({ alg: 'ES256', kid: 'ec' }, {}, Buffer.alloc(64).toString('base64url')),
  'an EC signature in DER': () => unsigned({ alg: 'ES256', kid: 'ec' }, {}, 'MEUCIQDx'),
  'another payload under the signature': () =>
    bent((parts) => {
      parts[1] = encode({ ...usual(), sub: 'amir' });
    }),
  'a bit flipped in the signature': () =>
    bent((parts) => {
      parts[2] = `${parts[2]?.startsWith('A') ? 'B' : 'A'}${parts[2]?.slice(1)}`;
    }),
  'a signature cut short': () =>
    bent((parts) => {
      parts[2] = parts[2]?.slice(0, -4) ?? '';
    }),
  'a signature of 8 kB': () => unsigned({ alg: 'RS256', kid: 'rsa' }, {}, 'A'.repeat(8000)),
  'two parts': () => bent((parts) => parts.pop()),
  'five parts (encrypted)': () => bent((parts) => parts.push('AAAA', 'AAAA')),
  'one part': () => 'garbage',
  dots: () => '..',
  'a hundred dots': () => '.'.repeat(100),
  'a header that is no JSON': () =>
    bent((parts) => {
      parts[0] = encode('{');
    }),
  'a header of null': () =>
    bent((parts) => {
      parts[0] = encode('null');
    }),
  'a header that is a list': () =>
    bent((parts) => {
      parts[0] = encode('[]');
    }),
  'a payload that is no JSON': async () => `${encode({ alg: 'RS256', kid: 'rsa' })}.${encode('{')}.AAAA`,
  'a payload of null': () => `${encode({ alg: 'RS256', kid: 'rsa' })}.${encode('null')}.AAAA`,
  'a payload of 12 kB': () => sign({ filler: 'x'.repeat(9000) }, {}, keys.thief.privateKey),
  'base64 with padding': () =>
    bent((parts) => {
      parts[1] = `${parts[1]}==`;
    }),
  'plain base64': () =>
    bent((parts) => {
      parts[2] = `+/${parts[2]?.slice(2)}`;
    }),
  'a card number': () => '5204740000000012',
};
const HEADERS: Readonly<Record<string, (token: string) => string>> = {
  'no scheme': (token) => token,
  Basic: () => 'Basic c3VzYW46c3VzYW4=',
  'a scheme alone': () => 'Bearer',
  'a scheme and a blank': () => 'Bearer ',
  'another scheme': (token) => `Token ${token}`,
  'a scheme that begins alike': (token) => `BearerX ${token}`,
  'two blanks': (token) => `Bearer  ${token}`,
  'a tab': (token) => `Bearer\t${token}`,
  'two tokens': (token) => `Bearer ${token} ${token}`,
  'two tokens with a comma': (token) => `Bearer ${token}, Bearer ${token}`,
  quotes: (token) => `Bearer "${token}"`,
  'the scheme twice': (token) => `Bearer Bearer ${token}`,
  DPoP: (token) => `DPoP ${token}`,
};

function expectUnauthorized(answer: RawAnswer): void {
  expect(faultsOfRefusal(answer)).toEqual([]);
  expect(answer.status).toBe(401);
  expect(answer.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
  expect(bodyOf(answer).errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  expect(bodyOf(answer).errors?.[0]?.message).toBe(
    'The access token is not valid, or has expired. Sign in again.',
  );
}

describe('access tokens', () => {
  it('are accepted when they are good', async () => {
    const ec = await new SignJWT(usual())
      .setProtectedHeader({ alg: 'ES256', kid: 'ec' })
      .sign(keys.ec.privateKey);
    const good = [
      await sign(),
      ec,
      await sign({ aud: ['other', AUDIENCE] }),
      await sign({ nbf: now() - 60 }),
      await sign({ nbf: now() + 3 }),
      await sign({}, { typ: 'JWT' }),
    ];
    for (const token of good) {
      for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
        const answer = await ask(`${scheme} ${token}`);
        expect([answer.status, bodyOf(answer).data?.fundingAccounts?.length]).toEqual([200, 4]);
      }
    }
  });

  it('makes a corpus of at least 40', () => {
    expect(Object.keys(ATTACKS).length + Object.keys(HEADERS).length).toBeGreaterThanOrEqual(40);
  });

  it.each(Object.keys(ATTACKS))('are refused: %s', async (name) => {
    expectUnauthorized(await ask(`Bearer ${await ATTACKS[name]?.()}`));
  });

  it.each(Object.keys(HEADERS))('are refused in a header with %s', async (name) => {
    expectUnauthorized(await ask(HEADERS[name]?.(await sign()) ?? ''));
  });

  it('are refused when two Authorization headers come, whichever is good', async () => {
    const good = `Authorization: Bearer ${await sign()}`;
    const bad = 'Authorization: Bearer garbage';
    for (const pair of [
      [good, bad],
      [bad, good],
      [good, good],
      [good, 'authorization: Basic eDp5'],
    ]) {
      const { host } = new URL(gateway.url);
      const head = [
        `POST /graphql HTTP/1.1`,
        `Host: ${host}`,
        'Content-Type: application/json',
        `Content-Length: ${QUERY.length}`,
        ...pair,
      ];
      const answer = await sendBytes(gateway.url, `${head.join('\r\n')}\r\n\r\n${QUERY}`, { patience: 100 });
      expect(answer).toMatch(/^HTTP\/1\.1 401 /);
      expect(answer).toMatch(/^www-authenticate: Bearer/im);
      expect(answer).not.toContain('card-1');
    }
  });

  it('count for nothing anywhere but in that header', async () => {
    const token = await sign();
    const json = { 'content-type': 'application/json' };
    const elsewhere = [
      { path: `/graphql?access_token=${token}`, headers: json, body: QUERY },
      { path: `/graphql?authorization=Bearer%20${token}`, headers: json, body: QUERY },
      { headers: { ...json, cookie: `access_token=${token}; Authorization=Bearer ${token}` }, body: QUERY },
      { headers: { ...json, 'x-authorization': `Bearer ${token}` }, body: QUERY },
      { headers: { ...json, 'proxy-authorization': `Bearer ${token}` }, body: QUERY },
      {
        headers: json,
        body: JSON.stringify({ query: '{fundingAccounts{id}}', access_token: token, extensions: { token } }),
      },
    ];
    for (const asked of elsewhere) {
      const answer = await send(gateway.url, asked);
      expect(faultsOfRefusal(answer)).toEqual([]);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="token-connect-gateway"');
      expect(bodyOf(answer).errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    }
  });
});

describe('access tokens of a bank', () => {
  it('are needed for every document: without one it is UNAUTHENTICATED, and nobody is asked', async () => {
    const query = `mutation { pushCard(input: { idempotencyKey: "k", tokenRequestorId: "50130000001", fundingAccountIds: ["card-1"] }) { __typename } }`;
    const queries = [
      '{tokenRequestors{id}}',
      '{tokenRequestors(accountRanges:["520474000"]){id}}',
      '{tokenRequestor(id:"50130000001"){id}}',
      '{asset(id:"x"){id}}',
      '{fundingAccounts{id}}',
      '{push(id:"x"){id}}',
      query,
    ];
    for (const document of queries) {
      const answer = await gateway.graphql(document, {}, { token: null });
      expect([answer.status, codes(answer)]).toEqual([401, ['UNAUTHENTICATED']]);
      expect(answer.data).toBeUndefined();
    }
    const calls = await fetch(`${gateway.simulatorUrl}/simulator/calls`);
    expect(await calls.json()).toEqual({
      getEligibleTokenRequestors: 0,
      getAsset: 0,
      pushMultipleAccounts: 0,
    });
  });

  it('of a holder with a strange name are good for that name only', async () => {
    const names = [
      '../susan',
      'susan/../amir',
      'susan&accountHolder=amir',
      'susan#',
      'susan?x',
      'susan%00',
      'su\u0000san',
      'susan\r\nX-Evil: 1',
      'SUSAN',
      ' susan',
      'susan ',
      '__proto__',
      'constructor',
      '*',
      '\ud800',
      '😀',
      's'.repeat(255),
      '4111111111111111',
    ];
    for (const sub of names) {
      const answer = await ask(`Bearer ${await sign({ sub })}`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/card-|account-\d/);
      const { data, errors = [] } = bodyOf(answer);
      const refused = errors.length === 1 && errors[0]?.extensions.code === 'CARD_STORE_UNAVAILABLE';
      expect([sub, refused || data.fundingAccounts.length === 0]).toEqual([sub, true]);
    }
  });

  it('of unknown keys do not make the gateway ask the issuer again and again', async () => {
    const before = fetches;
    for (let i = 0; i < 20; i++)
      await ask(`Bearer ${await sign({}, { kid: `thief-${i}` }, keys.thief.privateKey)}`);
    expect(fetches - before).toBeLessThanOrEqual(1);
  });

  it('never appear in the log', async () => {
    const token = await sign();
    await ask(`Bearer ${token}`);
    expect(gateway.logs.join('\n')).not.toContain(token.split('.')[2]);
    expect(gateway.logs.join('\n')).not.toMatch(/eyJ[\w-]{20}/);
  });
});
