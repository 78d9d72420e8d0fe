/** Who may talk to the simulator: every way to sign wrongly, and what the gateway in front of MDES says to it. */

import { describe, expect, it } from '@jest/globals';
import { createNonceMemory } from '../../src/simulator/api-gateway/nonce-memory.js';
import { rsaKeyPair } from '../support/keys.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import {
  type Answer,
  ASSET,
  at,
  authorization,
  ELIGIBLE,
  gatewayError,
  PUSH,
  type SignedRequest,
  send,
} from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const body = JSON.stringify({ requestId: '1', accountRanges: ['520474000'] });
const LARKS_LOGO = `${ASSET}/0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001`;

const ask = (request: SignedRequest = {}, path = ELIGIBLE): Promise<Answer> =>
  send(simulator(), path, { body, ...request });
const replace =
  (from: RegExp, to: string) =>
  (header: string): string =>
    header.replace(from, to);

describe('a request that Mastercard’s own signer signed', () => {
  it('passes, with a body and without', async () => {
    expect((await ask()).status).toBe(200);
    expect((await ask({ body: null }, LARKS_LOGO)).status).toBe(200);
  });

  it('passes with query parameters, which are signed too', async () => {
    expect((await ask({}, `${ELIGIBLE}?b=2&a=1&a=0&empty`)).status).toBe(200);
  });

  it('is refused when a query parameter was added afterwards', async () => {
    const signedUrl = `${simulator().mdes.baseUrl}${ELIGIBLE}?a=1`;
    expect(gatewayError(await ask({ signedUrl }, `${ELIGIBLE}?a=1&b=2`))).toBe('403 AUTHENTICATION_FAILED');
  });

  it('passes when its header values are percent-encoded, as old signers have them', async () => {
    // An old signer encodes the body hash before it signs: only what stands in the header counts.
    const consumerKey = encodeURIComponent(simulator().mdes.consumerKey).replace('!', '%21');
    expect((await ask({ consumerKey })).status).toBe(200);
  });
});

describe('the Authorization header', () => {
  it('must be there', async () => {
    const answer = await ask({ spoil: () => undefined });
    expect(gatewayError(answer)).toBe('400 INVALID_AUTH_HEADER');
    expect(at(answer.json, 'Errors', 'Error', 0)).toEqual({
      Source: 'Gateway',
      ReasonCode: 'INVALID_AUTH_HEADER',
      Description: 'Bad Request - No Authorization header set',
      Recoverable: false,
      Details: null,
    });
  });

  it.each([
    ['of another scheme', () => 'Bearer abc'],
    ['without parameters', () => 'OAuth '],
    ['with a parameter that is not quoted', replace(/oauth_version="1.0"/, 'oauth_version=1.0')],
    ['with a parameter twice', (header: string) => `${header},oauth_version="1.0"`],
  ])('is refused %s', async (_, spoil) => {
    expect(gatewayError(await ask({ spoil }))).toBe('400 INVALID_AUTH_HEADER');
  });

  it.each([
    'oauth_consumer_key',
    'oauth_nonce',
    'oauth_timestamp',
    'oauth_signature_method',
    'oauth_signature',
    'oauth_version',
    'oauth_body_hash',
  ])('is refused without %s', async (name) => {
    const spoil = (header: string): string =>
      header.replace(new RegExp(`,?${name}="[^"]*"`), '').replace('OAuth ,', 'OAuth ');
    const answer = await ask({ spoil });
    expect(gatewayError(answer)).toBe('400 INVALID_OAUTH_SBS');
    expect(answer.text).toContain(`Missing ${name}`);
  });

  it.each([
    ['another OAuth version', replace(/oauth_version="1.0"/, 'oauth_version="2.0"')],
    ['another signature method', replace(/RSA-SHA256/, 'HMAC-SHA256')],
    ['a timestamp that is no number', replace(/oauth_timestamp="\d+"/, 'oauth_timestamp="now"')],
  ])('is refused with %s', async (_, spoil) => {
    expect(gatewayError(await ask({ spoil }))).toBe('400 INVALID_OAUTH_SBS');
  });

  it('is refused when signed with RSA-PSS', async () => {
    const header = authorization(simulator(), ELIGIBLE, { body }, 'RSA-PSS-SHA256');
    expect(gatewayError(await ask({ spoil: () => header }))).toBe('400 INVALID_OAUTH_SBS');
  });
});

describe('the signature', () => {
  it('must come from a known consumer', async () => {
    expect(gatewayError(await ask({ consumerKey: 'somebody!else' }))).toBe('401 INVALID_KEY');
  });

  it('must cover the body that was sent, to the byte', async () => {
    const answer = await ask({ signedBody: body, body: `${body} ` });
    expect(gatewayError(answer)).toBe('400 INVALID_BODY_HASH');
    expect(answer.text).toMatch(/Calculated: .+, Received: .+/);
  });

  it('must cover the empty body of a GET', async () => {
    expect(gatewayError(await ask({ body: null, method: 'GET', signedBody: 'x' }, LARKS_LOGO))).toBe(
      '400 INVALID_BODY_HASH',
    );
  });

  it.each([
    ['another key', { signingKeyPem: strangersKey() }],
    ['another method', { signedMethod: 'PUT' }],
    ['another host', { signedUrl: `https://sandbox.api.mastercard.com/mdes${ELIGIBLE}` }],
    ['another path', { signedUrl: `http://127.0.0.1${PUSH}` }],
    ['another nonce', { spoil: replace(/oauth_nonce="\w/, 'oauth_nonce="-') }],
    ['nothing at all', { spoil: replace(/oauth_signature="[^"]*"/, 'oauth_signature="AAAA"') }],
  ] satisfies [string, SignedRequest][])('is refused when made for %s', async (_, request) => {
    const answer = await ask(request);
    expect(gatewayError(answer)).toBe('403 AUTHENTICATION_FAILED');
    expect(answer.text).toContain('OAuth signatures did not match. Acceptable signature base string: POST&');
  });

  it.each([-301, 330])('is refused %i seconds off', async (seconds) => {
    const real = Date.now;
    Date.now = () => real() + seconds * 1000;
    let header: string;
    try {
      header = authorization(simulator(), ELIGIBLE, { body });
    } finally {
      Date.now = real;
    }
    const answer = await ask({ spoil: () => header });
    expect(gatewayError(answer)).toBe('403 AUTHENTICATION_FAILED');
    expect(answer.text).toContain('oauth_timestamp');
  });

  it('is good once only', async () => {
    const header = authorization(simulator(), ELIGIBLE, { body });
    expect((await ask({ spoil: () => header })).status).toBe(200);
    const again = await ask({ spoil: () => header });
    expect(gatewayError(again)).toBe('403 AUTHENTICATION_FAILED');
    expect(again.text).toContain('oauth_nonce');
  });
});

describe('what never gets to MDES', () => {
  it.each([
    ['an unknown path', '/connect/1/0/pushAccounts', 'POST', '404 RESOURCE_UNKNOWN'],
    ['a path in the wrong case', '/connect/1/0/PushMultipleAccounts', 'POST', '404 RESOURCE_UNKNOWN'],
    ['the deprecated single push', '/connect/1/0/pushAccount', 'POST', '404 RESOURCE_UNKNOWN'],
    ['a read of a write', PUSH, 'PUT', '405 METHOD_NOT_ALLOWED'],
    ['a write of a read', LARKS_LOGO, 'POST', '405 METHOD_NOT_ALLOWED'],
  ])('is %s', async (_, path, method, expected) => {
    expect(gatewayError(await ask({ method }, path))).toBe(expected);
  });

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/json; charset=iso-8859-1' },
    { 'content-encoding': 'gzip' },
  ])('is a body with %o', async (headers) => {
    expect(gatewayError(await ask({ headers }))).toBe('415 UNSUPPORTED_MEDIA_TYPE');
  });

  it('is a body of more than a megabyte', async () => {
    expect(gatewayError(await ask({ body: 'x'.repeat(1_000_001) }))).toBe('413 REQUEST_TOO_LARGE');
  });
});

describe('a simulator behind a rewriting proxy', () => {
  const proxied = simulatorForTests({ publicUrl: 'HTTPS://Partner.Example:443/some/prefix/' });

  it('takes what is signed for the public URL, its prefix included', async () => {
    expect(proxied().mdes.baseUrl).toBe('https://partner.example/some/prefix');
    expect((await send(proxied(), ELIGIBLE, { body })).status).toBe(200);
  });

  it('refuses what is signed for where it listens', async () => {
    const signedUrl = proxied().url + ELIGIBLE;
    expect(gatewayError(await send(proxied(), ELIGIBLE, { body, signedUrl }))).toBe(
      '403 AUTHENTICATION_FAILED',
    );
  });
});

describe('the memory of nonces', () => {
  it('forgets a nonce when its timestamp could not pass any more', () => {
    const nonces = createNonceMemory();
    expect(nonces.use('me', 'a', 100, 50)).toBe(true);
    expect(nonces.use('me', 'a', 100, 99)).toBe(false);
    expect(nonces.use('me', 'a', 200, 101)).toBe(true);
    expect(nonces.use('you', 'a', 200, 101)).toBe(true);
  });

  it('holds no more than its limit, the oldest going first', () => {
    const nonces = createNonceMemory(2);
    for (const nonce of ['a', 'b', 'c']) expect(nonces.use('me', nonce, 100, 1)).toBe(true);
    expect(nonces.use('me', 'c', 100, 1)).toBe(false);
    expect(nonces.use('me', 'a', 100, 1)).toBe(true);
  });
});

function strangersKey(): string {
  const { privateKey } = rsaKeyPair('stranger');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
