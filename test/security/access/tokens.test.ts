/** Access tokens that somebody forged, bent or stole from elsewhere: none is accepted, none breaks anything, and the log says why. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { codes, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { refusalOf } from '../../support/issuer/refusal-lines.js';
import { AUDIENCE, now, startTokenForge, type TokenForge } from '../../support/issuer/token-forge.js';
import { rowsOf } from '../../support/models.js';
import { bodyOf, faultsOfRefusal, type RawAnswer, send, sendBytes } from '../../support/raw-http.js';
import { type Headers, headersOf } from './tokens/bad-token.js';
import { BAD_TOKENS } from './tokens/bad-tokens.js';

const QUERY = JSON.stringify({ query: '{fundingAccounts{id}}' });

let gateway: TestGateway;
let forge: TokenForge;

beforeAll(async () => {
  forge = await startTokenForge();
  gateway = await startTestGateway({ EXPLORER: 'off', ...forge.environment });
});
afterAll(async () => {
  await gateway.close();
  forge.close();
});

const askWith = (headers: Headers): Promise<RawAnswer> =>
  send(gateway.url, { headers: { 'content-type': 'application/json', ...headers }, body: QUERY });
const ask = (authorization: string): Promise<RawAnswer> => askWith({ authorization });

function expectUnauthorized(answer: RawAnswer): void {
  expect(faultsOfRefusal(answer)).toEqual([]);
  expect(answer.status).toBe(401);
  expect(answer.headers['www-authenticate']).toMatch(/^(Bearer|DPoP) .*error="invalid_token"$/);
  expect(bodyOf(answer).errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  expect(bodyOf(answer).errors?.[0]?.message).toBe(
    'The access token is not valid, or has expired. Sign in again.',
  );
}

describe('access tokens', () => {
  it('are accepted when they are good', async () => {
    const ec = await new SignJWT({ ...forge.usual() })
      .setProtectedHeader({ alg: 'ES256', kid: 'ec' })
      .sign(forge.keys.ec.privateKey);
    const good = [
      await forge.sign(),
      ec,
      await forge.sign({ aud: ['other', AUDIENCE] }),
      await forge.sign({ nbf: now() - 60 }),
      await forge.sign({ nbf: now() + 3 }),
      await forge.sign({ iat: now() + 3 }),
      await forge.sign({ iat: now() - 86_000, exp: now() + 300 }),
      await forge.sign({ exp: now() + 86_400 }),
      await forge.sign({}, { typ: 'JWT' }),
      await forge.sign({}, { typ: 'application/AT+JWT' }),
      await forge.sign({ nonce: 'of a login' }),
      await forge.sign({ nonce: 'of a login', typ: 'Bearer' }, { typ: 'JWT' }),
      await forge.sign({ client_id: undefined, azp: 'app-2' }),
      await forge.sign({ client_id: 'app-1', azp: 'app-2', cid: 'app-1' }),
      await forge.sign({ client_id: undefined, appid: 'app-1' }),
      await forge.sign({}, { kid: undefined }),
    ];
    for (const token of good) {
      for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
        const answer = await ask(`${scheme} ${token}`);
        expect([answer.status, bodyOf(answer).data?.fundingAccounts?.length]).toEqual([200, 4]);
      }
    }
  });

  it('make a corpus of at least 150 bad ones, each of its own name', () => {
    expect(BAD_TOKENS.length).toBeGreaterThanOrEqual(150);
    expect(new Set(BAD_TOKENS.map(([name]) => name)).size).toBe(BAD_TOKENS.length);
  });

  it.each(rowsOf(BAD_TOKENS))('are refused: %s (%s)', async (...bad) => {
    const answer = await askWith(await headersOf(bad, forge, gateway.url));
    expectUnauthorized(answer);
    expect(refusalOf(gateway.logs, answer)?.['reason']).toBe(bad[1]);
  });

  it('are refused when two Authorization headers come, whichever is good', async () => {
    const good = `Authorization: Bearer ${await forge.sign()}`;
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
    const token = await forge.sign();
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
      const answer = await ask(`Bearer ${await forge.sign({ sub })}`);
      expect(answer.status).toBe(200);
      expect(answer.text).not.toMatch(/card-|account-\d/);
      const { data, errors = [] } = bodyOf(answer);
      const refused = errors.length === 1 && errors[0]?.extensions.code === 'CARD_STORE_UNAVAILABLE';
      expect([sub, refused || data.fundingAccounts.length === 0]).toEqual([sub, true]);
    }
  });

  it('of unknown keys do not make the gateway ask the issuer again and again', async () => {
    const before = forge.fetches;
    for (let i = 0; i < 20; i++)
      await ask(`Bearer ${await forge.sign({}, { kid: `thief-${i}` }, forge.keys.thief.privateKey)}`);
    expect(forge.fetches - before).toBeLessThanOrEqual(1);
  });

  it('never appear in the log', async () => {
    const token = await forge.sign();
    await ask(`Bearer ${token}`);
    expect(gateway.logs.join('\n')).not.toContain(token.split('.')[2]);
    expect(gateway.logs.join('\n')).not.toMatch(/eyJ[\w-]{20}/);
  });
});
