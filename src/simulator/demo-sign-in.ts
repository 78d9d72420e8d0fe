/** A token issuer for demos and tests: real ES256 access tokens, and the key set that verifies them. */
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { sendJson } from './http/answer.js';
import { type ListenOptions, startLocalServer } from './http/local-server.js';

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
const TOKEN_PATH = '/token';

interface DemoSignInOptions extends ListenOptions {
  readonly port?: number;
  /** Its name in tokens; default: where it listens. */
  readonly publicUrl?: string;
  /** Whether it gives a token to whoever asks for `/token?sub=susan`. */
  readonly handsOutTokens?: boolean;
  /** What a gateway asks of a token, beside those that every token has. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export async function startDemoSignIn(options: DemoSignInOptions = {}): Promise<DemoSignIn> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const kid = randomUUID();
  const keySet = { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' }] };
  const server = await startLocalServer(
    async (request, response) => {
      request.resume();
      const { pathname, searchParams } = new URL(`http://sign-in${request.url ?? '/'}`);
      if (request.method === 'GET' && pathname === JWKS_PATH) return sendJson(response, 200, keySet);
      if (options.handsOutTokens === true && request.method === 'GET' && pathname === TOKEN_PATH) {
        const token = await issueToken(searchParams.get('sub') ?? '');
        if (token !== null) return sendJson(response, 200, token);
      }
      sendJson(response, 404, { error: { code: 'NOT_FOUND', message: `the key set is at ${JWKS_PATH}` } });
    },
    options.port,
    options,
  );
  const issuer = options.publicUrl ?? server.url;

  async function issueToken(
    sub: string,
    claims: Readonly<Record<string, unknown>> = {},
  ): Promise<DemoAccessToken | null> {
    if (!DEMO_ACCOUNT_HOLDERS.includes(sub)) return null;
    const iat = Math.floor(Date.now() / 1000);
    const exp = iat + LIFETIME_SECONDS;
    const usual = { iss: issuer, aud: AUDIENCE, sub, iat, exp, jti: randomUUID(), auth_time: iat };
    const payload = { ...usual, ...options.claims, ...claims };
    const access_token = await new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .sign(privateKey);
    const end = typeof payload.exp === 'number' ? payload.exp : exp;
    return { access_token, token_type: 'Bearer', expires_in: end - iat };
  }

  return {
    issuer,
    audience: AUDIENCE,
    jwksUrl: issuer + JWKS_PATH,
    issueToken,
    close: () => server.close(),
  };
}
