/** What the sign-in may answer in place of its key set: no answer breaks anything, and none throws a good key away. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { postGraphQL, startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { within } from '../../support/measurements.js';

const MINUTE = 60_000;
const PRIVATE = { kty: 'EC', crv: 'P-256', kid: 'p', d: 'AQ', x: 'AQ', y: 'AQ' };
/** RFC 8037's. */
const ED25519 = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

type Stand = NonNullable<TokenIssuer['stand']>;
const answer =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Stand =>
  (_request, response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));

const BROKEN: Readonly<Record<string, Stand>> = {
  'an empty object': answer({}),
  'no keys': answer({ keys: [] }),
  'keys that are no list': answer({ keys: { a: ED25519 } }),
  'keys of null': answer({ keys: null }),
  'a key that is none': answer({ keys: [{}] }),
  'a key of text': answer({ keys: ['bank-1'] }),
  'a key of null': answer({ keys: [null] }),
  'a secret key': answer({ keys: [{ kty: 'oct', k: 'AAAA', kid: 'bank-1' }] }),
  'a private key': answer({ keys: [PRIVATE] }),
  'a key for encryption': answer({ keys: [{ ...ED25519, use: 'enc' }] }),
  'a key to sign with': answer({ keys: [{ ...ED25519, key_ops: ['sign'] }] }),
  'a key that lies on no curve': answer({ keys: [{ kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ' }] }),
  'a key of another curve': answer({ keys: [{ ...ED25519, crv: 'X25519' }] }),
  'an RSA key of 512 bits': answer({ keys: [{ kty: 'RSA', e: 'AQAB', n: `${'_'.repeat(85)}w` }] }),
  '101 keys': answer({ keys: Array(101).fill(ED25519) }),
  'a list': answer([ED25519]),
  null: answer('null'),
  nothing: answer(''),
  HTML: answer('<html>Sign in</html>', 200, { 'content-type': 'text/html' }),
  'half a set': answer('{"keys":[{"kty":"OKP"'),
  'a status of 500': answer({ keys: [ED25519] }, 500),
  'a status of 204': answer('', 204),
  'a status of 404': answer({ keys: [ED25519] }, 404),
  'the way elsewhere': answer('', 302, { location: '/other' }),
  'a megabyte': answer({ keys: [{ ...ED25519, x5c: ['A'.repeat(1_000_000)] }] }),
  'a connection that breaks': (request) => request.socket.destroy(),
  'half an answer': (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"keys":[');
    setTimeout(() => response.destroy(), 20);
  },
  'what is not HTTP': (request) => request.socket.end('-----BEGIN PUBLIC KEY-----\r\n\r\n'),
  'a status of 500 that never ends': (_request, response) => response.writeHead(500).write('x'),
};

let issuer: TokenIssuer;
let gateway: TestGateway;
let now = Date.now();
const lost: unknown[] = [];
const remember = (error: unknown) => lost.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', remember);
  issuer = await startTokenIssuer();
  gateway = await startTestGateway({ EXPLORER: 'off', ...issuer.environment }, { clock: { now: () => now } });
});
beforeEach(async () => {
  issuer.stand = null;
  await issuer.publish('bank-1');
  now += 20 * MINUTE;
  // Whatever was before: these keys are known now.
  await ask('whoever');
});
afterAll(async () => {
  await gateway.close();
  await issuer.close();
  process.off('unhandledRejection', remember);
  expect(lost).toEqual([]);
});

const ask = async (kid: string) =>
  postGraphQL(gateway.url, '{ fundingAccounts { id } }', {}, await issuer.token('susan', kid));
const readyz = async () => (await fetch(`${gateway.url}/readyz`)).json();

describe('a key set that is answered with', () => {
  it.each(Object.keys(BROKEN))('%s throws no good key away', async (name) => {
    issuer.stand = BROKEN[name] ?? null;
    const before = issuer.fetches;
    now += 31_000;
    const unknown = await ask('unknown');
    expect([unknown.status, unknown.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(issuer.fetches - before).toBe(1);
    expect((await ask('bank-1')).data.fundingAccounts).toHaveLength(4);
    expect(await readyz()).toMatchObject({ keys: 'stale', keysAgeSeconds: 31, degraded: true });
  });

  it('a good key between broken ones is taken for that key', async () => {
    await issuer.publish('bank-2');
    const good: unknown = await (await fetch(issuer.environment['AUTH_JWKS_URL'] ?? '')).json();
    const { keys } = good as { keys: unknown[] };
    issuer.stand = answer({ keys: [null, {}, PRIVATE, ...keys, 'x', { ...ED25519, use: 'enc' }] });
    now += 31_000;
    expect((await ask('bank-2')).status).toBe(200);
    expect((await ask('bank-1')).status).toBe(401);
    expect(await readyz()).toMatchObject({ keys: 'ok', keysAgeSeconds: 0 });
  });

  it('nothing at all holds up unknown keys for 2 s, and known ones not at all', async () => {
    issuer.stand = () => undefined;
    now += 31_000;
    const startedAt = performance.now();
    const unknown = ask('unknown');
    expect((await ask('bank-1')).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect((await unknown).status).toBe(401);
    expect(performance.now() - startedAt).toBeLessThan(within(2500));
  });
});

describe('without any key', () => {
  it('nobody can be signed in, which is said as what it is, and asked once', async () => {
    issuer.stand = answer({}, 500);
    const before = issuer.fetches;
    const other = await startTestGateway({ EXPLORER: 'off', ...issuer.environment });
    try {
      for (const kid of ['bank-1', 'unknown', 'bank-1']) {
        const refused = await postGraphQL(other.url, '{ __typename }', {}, await issuer.token('susan', kid));
        expect(refused.status).toBe(503);
        expect(refused.headers.get('retry-after')).toBe('5');
        expect(refused.errors?.[0]?.extensions).toMatchObject({
          code: 'UPSTREAM_UNAVAILABLE',
          retryAfter: 5,
        });
      }
      expect(issuer.fetches - before).toBe(1);
      const health = await (await fetch(`${other.url}/readyz`)).json();
      expect(health).toMatchObject({ status: 'ready', keys: 'empty', keysAgeSeconds: null, degraded: true });
      const lines = other.logs.filter((line) => line.includes('the keys of the token issuer'));
      expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
        'the keys of the token issuer cannot be fetched',
      ]);
    } finally {
      await other.close();
    }
  });
});
