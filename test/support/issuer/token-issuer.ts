/** A bank's own sign-in: a key set over HTTP, and access tokens made with its key. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { rsaKeyPair } from '../keys.js';

export interface TokenIssuer {
  /** AUTH_ settings for a gateway. */
  readonly environment: Readonly<Record<string, string>>;
  token(accountHolder: string): Promise<string>;
  close(): Promise<void>;
}

const AUDIENCE = 'bank-cards';

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = rsaKeyPair('token issuer');
  const keys = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'bank-1', alg: 'RS256', use: 'sig' }],
  });
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end(keys),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: { AUTH_ISSUER: issuer, AUTH_AUDIENCE: AUDIENCE, AUTH_JWKS_URL: `${issuer}/keys` },
    token: (accountHolder) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'RS256', kid: 'bank-1' })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(accountHolder)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
