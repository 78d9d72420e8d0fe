/** The demo sign-in issues tokens that a careful verifier takes, and ones that it must not. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from 'jose';
import { type DemoSignIn, startDemoSignIn } from '../../src/simulator/demo-sign-in.js';

let signIn: DemoSignIn;
beforeAll(async () => {
  signIn = await startDemoSignIn();
});
afterAll(() => signIn.close());

async function verify(token: string | undefined): Promise<JWTPayload> {
  const { payload } = await jwtVerify(String(token), createRemoteJWKSet(new URL(signIn.jwksUrl)), {
    issuer: signIn.issuer,
    audience: signIn.audience,
    algorithms: ['ES256'],
    typ: 'at+jwt',
    requiredClaims: ['exp', 'iat', 'sub', 'jti'],
  });
  return payload;
}

describe('a token of the demo sign-in', () => {
  it.each(['susan', 'amir'])('is a real JWT for %s, good for an hour', async (sub) => {
    const token = await signIn.issueToken(sub);
    expect(token).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600 });
    const { exp = 0, iat = 0, ...payload } = await verify(token?.access_token);
    expect(payload.sub).toBe(sub);
    expect(exp - iat).toBe(3600);
    expect(decodeProtectedHeader(String(token?.access_token))).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
  });

  it('is not given to a stranger', async () => {
    expect(await signIn.issueToken('mallory')).toBeNull();
  });

  it('can be spoilt on purpose', async () => {
    const past = Math.floor(Date.now() / 1000) - 60;
    for (const claims of [
      { exp: past },
      { aud: 'somebody-else' },
      { iss: 'http://evil.example' },
      { exp: undefined },
    ]) {
      const token = await signIn.issueToken('susan', claims);
      await expect(verify(token?.access_token)).rejects.toThrow();
    }
  });

  it('has no path but that of the key set', async () => {
    expect((await fetch(`${signIn.issuer}/token`)).status).toBe(404);
    const { keys } = (await (await fetch(signIn.jwksUrl)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });
});
