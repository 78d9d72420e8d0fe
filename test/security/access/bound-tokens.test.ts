/** Tokens that are bound to an app's key (DPoP) or certificate are good for that app alone, each time, however well they are known. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { refusalOf } from '../../support/issuer/refusal-lines.js';
import { startTokenForge, type TokenForge } from '../../support/issuer/token-forge.js';
import { type RawAnswer, send } from '../../support/raw-http.js';
import type { Headers } from './tokens/bad-token.js';

/** Public: its answer is kept as bytes. */
const KEPT = '{"query":"{tokenRequestors(accountRanges:[\\"520474000\\"]){id}}"}';

let forge: TokenForge;
let gateway: TestGateway;
let url: string;

beforeAll(async () => {
  forge = await startTokenForge();
  gateway = await startTestGateway({ EXPLORER: 'off', ...forge.environment });
  url = `${gateway.url}/graphql`;
});
afterAll(async () => {
  await gateway.close();
  forge.close();
});

const ask = (headers: Headers, base = gateway.url): Promise<RawAnswer> =>
  send(base, { headers: { 'content-type': 'application/json', ...headers }, body: KEPT });
const statusOf = async (headers: Headers, base?: string) => (await ask(headers, base)).status;
const withKey = () => forge.sign({ cnf: { jkt: forge.jkt } });
const withCertificate = () => forge.sign({ cnf: { 'x5t#S256': forge.certificate.thumbprint } });

describe('a token that is bound to a key', () => {
  it('is taken with a fresh proof each time, by every name of the scheme', async () => {
    const token = await withKey();
    for (const scheme of ['DPoP', 'dpop', 'DPOP']) {
      const dpop = await forge.proof(token, url);
      expect(await statusOf({ authorization: `${scheme} ${token}`, dpop })).toBe(200);
    }
  });

  it('is taken with proofs that name the URL in another form of it', async () => {
    const token = await withKey();
    for (const htu of [`${url}?x=1`, `${url}#x`, url.replace('http:', 'HTTP:'), `${gateway.url}/./graphql`]) {
      expect(await statusOf({ authorization: `DPoP ${token}`, dpop: await forge.proof(token, htu) })).toBe(
        200,
      );
    }
  });

  it('is taken by GET with a proof for GET, and needs no other header against CSRF', async () => {
    const token = await withKey();
    const path = `/graphql?query=${encodeURIComponent('{__typename}')}`;
    const get = async (htm: string) => {
      const dpop = await forge.proof(token, url, { htm });
      return send(gateway.url, { method: 'GET', path, headers: { authorization: `DPoP ${token}`, dpop } });
    };
    expect([(await get('GET')).status, (await get('POST')).status]).toEqual([200, 401]);
  });

  it('is taken once with each proof, also where two come at once', async () => {
    const token = await withKey();
    const headers = { authorization: `DPoP ${token}`, dpop: await forge.proof(token, url) };
    const answers = await Promise.all([ask(headers), ask(headers), ask(headers)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    const again = await ask(headers);
    expect([again.status, refusalOf(gateway.logs, again)?.['reason']]).toEqual([401, 'PROOF_REPLAYED']);
  });

  it('is known after its first use, and still refused without its proof, also where the answer is kept', async () => {
    const token = await withKey();
    const proved = async () => ({ authorization: `DPoP ${token}`, dpop: await forge.proof(token, url) });
    for (const _ of [1, 2, 3]) expect(await statusOf(await proved())).toBe(200);
    expect(gateway.logs.some((line) => line.includes('"kept":true'))).toBe(true);
    const { dpop } = await proved();
    expect(await statusOf({ authorization: `Bearer ${token}` })).toBe(401);
    expect(await statusOf({ authorization: `Bearer ${token}`, dpop })).toBe(401);
    expect(await statusOf({ authorization: `DPoP ${token}` })).toBe(401);
    expect(await statusOf({ authorization: `DPoP ${token}`, dpop: await forge.proof('other', url) })).toBe(
      401,
    );
    expect(await statusOf(await proved())).toBe(200);
  });

  it('is answered in its own scheme when it is refused, and the log says what differs', async () => {
    const token = await withKey();
    const dpop = await forge.proof(token, 'https://cards.bank.example/graphql');
    const answer = await ask({ authorization: `DPoP ${token}`, dpop });
    expect(answer.headers['www-authenticate']).toMatch(
      /^DPoP realm="[\w-]+", algs="[\w ]*ES256[\w ]*", error="invalid_token"$/,
    );
    expect(refusalOf(gateway.logs, answer)).toMatchObject({
      reason: 'PROOF_INVALID',
      because: 'htu',
      expected: url,
      found: 'https://cards.bank.example/graphql',
    });
  });
});

describe('a token that is bound to a certificate', () => {
  it('is taken in each form in which a proxy passes the certificate on', async () => {
    const { base64, pem } = forge.certificate;
    const token = await withCertificate();
    const forms = [
      `:${base64}:`,
      base64,
      encodeURIComponent(pem),
      encodeURIComponent(pem).replaceAll('%2B', '+'),
    ];
    for (const form of forms) {
      expect(await statusOf({ authorization: `Bearer ${token}`, 'client-cert': form })).toBe(200);
    }
    expect(await statusOf({ authorization: `Bearer ${token}` })).toBe(401);
  });

  it('is taken when it is bound to both, with both', async () => {
    const token = await forge.sign({ cnf: { jkt: forge.jkt, 'x5t#S256': forge.certificate.thumbprint } });
    const headers = async () => ({ authorization: `DPoP ${token}`, dpop: await forge.proof(token, url) });
    const certificate = { 'client-cert': `:${forge.certificate.base64}:` };
    expect(await statusOf({ ...(await headers()), ...certificate })).toBe(200);
    expect(await statusOf(await headers())).toBe(401);
  });

  it('is refused where whoever passes the certificate on is not trusted, or no header is named', async () => {
    const headers = {
      authorization: `Bearer ${await withCertificate()}`,
      'client-cert': `:${forge.certificate.base64}:`,
    };
    const { AUTH_CLIENT_CERT_HEADER: _, ...unnamed } = forge.environment;
    for (const [environment, because] of [
      [{ ...forge.environment, TRUSTED_PROXIES: '192.0.2.1' }, 'it does not come from TRUSTED_PROXIES'],
      [unnamed, 'AUTH_CLIENT_CERT_HEADER is not set'],
    ] as const) {
      const other = await startTestGateway({ EXPLORER: 'off', ...environment });
      try {
        const answer = await ask(headers, other.url);
        expect(answer.status).toBe(401);
        expect(refusalOf(other.logs, answer)).toMatchObject({ reason: 'CERTIFICATE_MISSING', because });
      } finally {
        await other.close();
      }
    }
  });
});
