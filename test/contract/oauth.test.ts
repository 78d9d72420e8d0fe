/** The signature against others' code: Mastercard's signer, and a verifier that is written from the facts alone. */
import { createHash, createVerify, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { authorizationHeader } from '../../src/mdes/http/oauth.js';
import { CONSUMER_KEY, makeTestKeys, type TestKeys } from '../support/mdes/mdes-fixtures.js';
import { mastercardAuthorization } from '../support/mdes/mdes-mastercard.js';

const URLS = [
  'https://sandbox.api.mastercard.com/mdes/connect/1/0/getEligibleTokenRequestors',
  'http://127.0.0.1:8080/connect/1/0/pushMultipleAccounts',
  'https://api.mastercard.com/mdes/issuer-assets/1/0/asset/tokenrequestor/554dbc44-496a-4896-b41c-dd431e25d5e4',
];
const BODY = Buffer.from('{"requestId":"123456","name":"Sunrise Café / Ltd"}');
const AT = Date.parse('2026-03-01T12:00:00.900Z');

let keys: TestKeys;

beforeAll(() => {
  keys = makeTestKeys();
});

function sign(url: string, body = BODY, method: 'GET' | 'POST' = 'POST'): Promise<string> {
  const signer = { consumerKey: CONSUMER_KEY, key: keys.identity('').signingKey };
  return authorizationHeader({ method, url: new URL(url), body, at: AT }, signer);
}

function signAsMastercard(url: string): string {
  const signingKeyPem = keys.identity('').signingKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const consumerKey = CONSUMER_KEY;
  return mastercardAuthorization({ url, method: 'POST', body: BODY.toString(), consumerKey, signingKeyPem });
}

interface Verdict {
  readonly parameters: ReadonlyMap<string, string>;
  readonly signatureFits: boolean;
  readonly bodyFits: boolean;
}

/** Takes the header's values as they stand, as Mastercard's gateway does. */
function verify(header: string, method: string, url: string, body: Buffer, key: KeyObject): Verdict {
  const encode = (text: string) =>
    [...Buffer.from(text)]
      .map((byte) => {
        const character = String.fromCharCode(byte);
        return /[A-Za-z0-9._~-]/.test(character)
          ? character
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      })
      .join('');
  const parameters = new Map<string, string>();
  for (const [, name = '', value = ''] of header.matchAll(/([a-z_]+)="([^"]*)"/g))
    parameters.set(name, value);
  const sorted = [...parameters]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  const base = [method, encode(url), encode(sorted)].join('&');
  const signature = decodeURIComponent(parameters.get('oauth_signature') ?? '');
  return {
    parameters,
    signatureFits: createVerify('RSA-SHA256').update(base).verify(key, signature, 'base64'),
    bodyFits: parameters.get('oauth_body_hash') === createHash('sha256').update(body).digest('base64'),
  };
}

describe.each(URLS)('a request to %s', (url) => {
  it('carries a signature that fits method, URL and body', async () => {
    const verdict = verify(await sign(url), 'POST', url, BODY, keys.verifyingKey);
    expect(verdict).toMatchObject({ signatureFits: true, bodyFits: true });
  });

  it.each([
    ['another method', 'PUT', ''],
    ['another path', 'POST', '/more'],
  ])('is not taken for %s', async (_, method, suffix) => {
    const verdict = verify(await sign(url), method, url + suffix, BODY, keys.verifyingKey);
    expect(verdict.signatureFits).toBe(false);
  });

  it("is signed over the same things as with Mastercard's own signer", async () => {
    const our = verify(await sign(url), 'POST', url, BODY, keys.verifyingKey);
    const their = verify(signAsMastercard(url), 'POST', url, BODY, keys.verifyingKey);
    expect(their).toMatchObject({ signatureFits: true, bodyFits: true });
    expect([...our.parameters.keys()].sort()).toEqual([...their.parameters.keys()].sort());
    for (const name of ['oauth_body_hash', 'oauth_consumer_key', 'oauth_signature_method', 'oauth_version']) {
      expect(our.parameters.get(name)).toBe(their.parameters.get(name));
    }
  });
});

describe('signing', () => {
  it('hashes the empty body of a GET', async () => {
    const url = URLS[2] ?? '';
    const verdict = verify(
      await sign(url, Buffer.alloc(0), 'GET'),
      'GET',
      url,
      Buffer.alloc(0),
      keys.verifyingKey,
    );
    expect(verdict).toMatchObject({ signatureFits: true, bodyFits: true });
    expect(verdict.parameters.get('oauth_body_hash')).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });

  it('drops a default port and the case of the host, as the verifier does', async () => {
    const verdict = verify(
      await sign('https://SANDBOX.api.mastercard.com:443/mdes/connect/1/0/x'),
      'POST',
      'https://sandbox.api.mastercard.com/mdes/connect/1/0/x',
      BODY,
      keys.verifyingKey,
    );
    expect(verdict.signatureFits).toBe(true);
  });

  it('takes whole seconds from the clock and a new nonce of at least 16 characters each time', async () => {
    const url = URLS[0] ?? '';
    const nonces = new Set<string>();
    for (let i = 0; i < 10; i++) {
      const { parameters } = verify(await sign(url), 'POST', url, BODY, keys.verifyingKey);
      expect(parameters.get('oauth_timestamp')).toBe(String(Math.floor(AT / 1000)));
      expect(parameters.get('oauth_nonce')).toMatch(/^[A-Za-z0-9]{16,}$/);
      nonces.add(parameters.get('oauth_nonce') ?? '');
    }
    expect(nonces.size).toBe(10);
  });
});
