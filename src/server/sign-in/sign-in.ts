/** Who asks: checks bearer access tokens (RFC 6750, RFC 8725) against the issuer's keys. */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';

interface SignInOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
}

type SignInResult =
  | { readonly kind: 'SIGNED_IN'; readonly accountHolder: string }
  /** No token was sent. */
  | { readonly kind: 'ANONYMOUS' }
  | { readonly kind: 'BAD_TOKEN' }
  /** The issuer's keys cannot be fetched: nobody can tell whether the token is good. */
  | { readonly kind: 'KEYS_UNAVAILABLE'; readonly cause: unknown };

export interface SignIn {
  check(authorization: string | undefined): Promise<SignInResult>;
  close(): void;
}

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;
const MAX_SUBJECT = 255;
const KEY_REFRESH_MS = 600_000;

export function createSignIn({ issuer, audience, jwksUrl }: SignInOptions): SignIn {
  // A key once known stays known when the issuer is away; a new key id makes it fetch, at most every 30 s.
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: Number.POSITIVE_INFINITY,
    cooldownDuration: 30_000,
    timeoutDuration: 2000,
  });
  const refresh = setInterval(() => void keys.reload().catch(() => undefined), KEY_REFRESH_MS).unref();
  const rules = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'iat', 'sub'],
    clockTolerance: 5,
  };
  return {
    async check(authorization) {
      if (authorization === undefined) return { kind: 'ANONYMOUS' };
      const token = BEARER.exec(authorization)?.[1];
      if (token === undefined) return { kind: 'BAD_TOKEN' };
      try {
        return subjectOf((await jwtVerify(token, keys, rules)).payload);
      } catch (error) {
        return isKeyFailure(error) ? { kind: 'KEYS_UNAVAILABLE', cause: error } : { kind: 'BAD_TOKEN' };
      }
    },
    close: () => clearInterval(refresh),
  };
}

function subjectOf({ sub }: JWTPayload): SignInResult {
  return typeof sub === 'string' && sub !== '' && sub.length <= MAX_SUBJECT
    ? { kind: 'SIGNED_IN', accountHolder: sub }
    : { kind: 'BAD_TOKEN' };
}

/** jose calls what is wrong with a token by its name; a timeout and everything else is about fetching the keys. */
function isKeyFailure(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
}
