/** A token issuer for demos and tests: real ES256 access tokens, and the key set that verifies them. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { sendJson } from './http/answer.js';
import { startLocalServer } from './http/local-server.js';

interface DemoAccessToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

export interface DemoSignIn {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /**
   * Null for somebody who has no account here.
   * @param claims put over the usual ones, e.g. an `exp` in the past; undefined takes a claim away
   */
  issueToken(sub: string, claims?: Readonly<Record<string, unknown>>): Promise<DemoAccessToken | null>;
  close(): Promise<void>;
}

const DEMO_ACCOUNT_HOLDERS: readonly string[] = ['susan', 'amir'];

const AUDIENCE = 'token-connect-gateway';
const LIFETIME_SECONDS = 3600;
const JWKS_PATH = '/.well-known/jwks.json';

interface DemoSignInOptions {
  readonly port?: number;
  /** What a gateway asks of a token, beside those that every token has. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export async function startDemoSignIn(options: DemoSignInOptions = {}): Promise<DemoSignIn> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const kid = randomUUID();
  const keySet = { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' }] };
  const server = await startLocalServer(async (request, response) => {
    request.resume();
    if (request.method === 'GET' && request.url === JWKS_PATH) return sendJson(response, 200, keySet);
    sendJson(response, 404, { error: { code: 'NOT_FOUND', message: `the key set is at ${JWKS_PATH}` } });
  }, options.port);

  return {
    issuer: server.url,
    audience: AUDIENCE,
    jwksUrl: server.url + JWKS_PATH,
    async issueToken(sub, claims = {}) {
      if (!DEMO_ACCOUNT_HOLDERS.includes(sub)) return null;
      const iat = Math.floor(Date.now() / 1000);
      const exp = iat + LIFETIME_SECONDS;
      const usual = { iss: server.url, aud: AUDIENCE, sub, iat, exp, jti: randomUUID(), auth_time: iat };
      const payload = { ...usual, ...options.claims, ...claims };
      const access_token = await new SignJWT(payload)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
        .sign(privateKey);
      const end = typeof payload.exp === 'number' ? payload.exp : exp;
      return { access_token, token_type: 'Bearer', expires_in: end - iat };
    },
    close: () => server.close(),
  };
}
