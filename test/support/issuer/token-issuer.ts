/** A bank's own sign-in: a key set over HTTP, and access tokens made with its keys. */
import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type JWK, SignJWT } from 'jose';

export interface TokenIssuer {
  /** AUTH_ settings for a gateway. */
  readonly environment: Readonly<Record<string, string>>;
  /** How often its keys have been asked for. */
  readonly fetches: number;
  /** Stands in for the key set; null: the keys again. */
  stand: ((request: IncomingMessage, response: ServerResponse) => unknown) | null;
  /** From now on these are its keys; `bank-1` at first. */
  publish(...kids: string[]): Promise<void>;
  /** Signed with that key, published or not; `claims` beside those that every token has. */
  token(
    accountHolder: string,
    kid?: string,
    claims?: Readonly<Record<string, unknown>>,
    /** As jose takes it: seconds since the epoch, or from now on in words. */
    expires?: number | string,
  ): Promise<string>;
  close(): Promise<void>;
}

const AUDIENCE = 'bank-cards';

export interface IssuerKeys {
  of(kid: string): KeyPairKeyObjectResult;
  /** As a key set holds it. */
  publicJwk(kid: string): Promise<JWK>;
}

/** A key pair for each id, made when it is first named. */
export function makeIssuerKeys(): IssuerKeys {
  const made = new Map<string, KeyPairKeyObjectResult>();
  const of = (kid: string) => {
    const pair = made.get(kid) ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
    made.set(kid, pair);
    return pair;
  };
  return {
    of,
    publicJwk: async (kid) => ({ ...(await exportJWK(of(kid).publicKey)), kid, alg: 'ES256', use: 'sig' }),
  };
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const keys = makeIssuerKeys();
  let published = '';
  let fetches = 0;
  const server = createServer((request, response) => {
    fetches++;
    if (self.stand !== null) self.stand(request, response);
    else response.setHeader('content-type', 'application/json').end(published);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const self: TokenIssuer = {
    environment: { AUTH_ISSUER: issuer, AUTH_AUDIENCE: AUDIENCE, AUTH_JWKS_URL: `${issuer}/keys` },
    get fetches() {
      return fetches;
    },
    stand: null,
    async publish(...kids) {
      published = JSON.stringify({ keys: await Promise.all(kids.map(keys.publicJwk)) });
    },
    token: (accountHolder, kid = 'bank-1', claims = {}, expires = '5m') =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(accountHolder)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(keys.of(kid).privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await self.publish('bank-1');
  return self;
}
