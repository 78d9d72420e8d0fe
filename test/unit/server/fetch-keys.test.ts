/** What comes back from the address of a key set: the keys that a token can be checked with, or the reason why there is none. */
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { KEYS_FETCH_MS } from '../../../src/resilience/time-limits.js';
import { createKeyFetcher } from '../../../src/server/sign-in/fetch-keys.js';
import { within } from '../../support/measurements.js';

const RSA = rsa(2048);
const EC = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });
const ED25519 = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });

let answer: (response: ServerResponse) => void;
let asked: { url: string; headers: IncomingHttpHeaders } | undefined;
const server = createServer(({ url = '', headers }, response) => {
  asked = { url, headers };
  answer(response);
});
let origin = '';

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

function rsa(modulusLength: number): JsonWebKey {
  return generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' });
}

/** Its keys, or the message of what is thrown. */
async function fetched(how: string | ((response: ServerResponse) => void), url = `${origin}/keys?of=bank`) {
  answer = typeof how === 'string' ? (response) => response.end(how) : how;
  const fetcher = createKeyFetcher(url);
  try {
    return (await fetcher.fetch()).keys;
  } catch (error) {
    return String(error);
  } finally {
    await fetcher.close();
  }
}
const keysOf = (...keys: readonly unknown[]) => fetched(JSON.stringify({ keys }));

it.each<[string, JsonWebKey]>([
  ['RSA of 2,048 bits', RSA],
  ['of the curve P-256', EC('P-256')],
  ['of the curve P-384', EC('P-384')],
  ['of the curve P-521', EC('P-521')],
  ['of Ed25519', ED25519],
  ['that says that it signs', { ...RSA, use: 'sig' }],
  ['that says that it verifies, too', { ...RSA, key_ops: ['sign', 'verify'] }],
  ['with members that we do not know', { ...RSA, kid: 'one', x5t: 'abc' }],
])('takes a key %s', async (_name, key) => {
  expect(await keysOf(key)).toEqual([key]);
});

it.each<[string, unknown]>([
  ['RSA of 1,024 bits', rsa(1024)],
  ['that encrypts', { ...RSA, use: 'enc' }],
  ['that does not verify', { ...RSA, key_ops: ['encrypt'] }],
  ['that is private', { ...RSA, d: 'AQAB' }],
  ['that is a secret of both', { kty: 'oct', k: 'c2VjcmV0' }],
  ['of a curve that signs nothing of ours', EC('secp256k1')],
  ['of a curve that only agrees', generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' })],
  ['without its number', { kty: 'RSA', e: 'AQAB' }],
  ['that is none', 'key'],
])('leaves out a key %s, and says so where there is no other', async (_name, key) => {
  expect(await keysOf(key, ED25519)).toEqual([ED25519]);
  expect(await keysOf(key)).toBe('KeySetError: the key set has no key that a token could be checked with');
});

const NO_SET = 'KeySetError: the answer is no key set of 1 to 100 keys';
it.each<[string, string, string]>([
  ['no JSON', '<html>', 'KeySetError: the answer is not JSON'],
  ['a list', '[]', NO_SET],
  ['no keys', '{"keys":[]}', NO_SET],
  ['one thing for many', '{"keys":{}}', NO_SET],
  ['more than anybody has', JSON.stringify({ keys: Array.from({ length: 101 }, () => ED25519) }), NO_SET],
])('is none where there is %s', async (_name, text, reason) => {
  expect(await fetched(text)).toBe(reason);
});

it('may have a hundred', async () => {
  expect(await keysOf(...Array.from({ length: 100 }, () => ED25519))).toHaveLength(100);
});

it('is asked for by its whole address, and as what it is', async () => {
  await keysOf(RSA);
  expect(asked?.url).toBe('/keys?of=bank');
  expect(asked?.headers).toMatchObject({
    accept: 'application/jwk-set+json, application/json',
    'user-agent': 'token-connect-gateway',
  });
});

it.each([302, 404, 500])('HTTP %i is no answer, whatever it holds', async (status) => {
  const body = JSON.stringify({ keys: [RSA] });
  expect(await fetched((response) => response.writeHead(status).end(body))).toBe(
    `KeySetError: HTTP ${status}`,
  );
});

it('says what kept it from coming', async () => {
  expect(await fetched('', 'http://127.0.0.1:9/keys')).toBe('KeySetError: no answer: ECONNREFUSED');
  expect(await fetched((response) => response.destroy())).toBe('KeySetError: no answer: UND_ERR_SOCKET');
  expect(await fetched(JSON.stringify({ keys: [RSA] }).padEnd(500_001))).toMatch(
    /^KeySetError: no answer: UND_ERR_RES_EXCEEDED_MAX_SIZE/,
  );
});

it('is not waited for any longer than it may take, and leaves no connection behind', async () => {
  const startedAt = performance.now();
  expect(await fetched(() => undefined)).toBe('KeySetError: no answer in time');
  expect(performance.now() - startedAt).toBeLessThan(within(KEYS_FETCH_MS + 500));
  server.closeIdleConnections();
  await once(server.close(), 'close');
});
