/** Who asks: checks bearer access tokens (RFC 6750, RFC 8725) against the issuer's keys. */
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../../domain/clock.js';
import type { Logger } from '../../observability/logger.js';
import { createKeyFetcher } from './fetch-keys.js';
import { GoodTokens } from './good-tokens.js';
import { KeySet, type KeysState, NoKeysKnown } from './key-set.js';

interface SignInDeps {
  readonly clock: Clock;
  readonly log: Logger;
}

interface SignInOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
}

interface SignedIn {
  readonly kind: 'SIGNED_IN';
  readonly accountHolder: string;
  /** The app that the token was issued to; null where it does not say. */
  readonly client: string | null;
}

type SignInResult =
  | SignedIn
  /** No token was sent. */
  | { readonly kind: 'ANONYMOUS' }
  | { readonly kind: 'BAD_TOKEN' }
  /** No key of the issuer is known: nobody can tell whether the token is good. */
  | { readonly kind: 'KEYS_UNAVAILABLE' };

export interface SignIn {
  /** Fetches the keys, and then keeps them fresh; resolves when they have been fetched once, or could not be. */
  start(): Promise<void>;
  check(authorization: string | undefined): Promise<SignInResult>;
  keysState(): KeysState;
  /** Milliseconds; null when none are known. */
  keysAgeMs(): number | null;
  close(): Promise<void>;
}

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;
const MAX_NAME = 255;
/** Seconds. */
const CLOCK_TOLERANCE = 5;

export function createSignIn(deps: SignInDeps, { issuer, audience, jwksUrl }: SignInOptions): SignIn {
  const keySet = new KeySet({ ...deps, fetcher: createKeyFetcher(jwksUrl) });
  const good = new GoodTokens<SignedIn>(CLOCK_TOLERANCE);
  const rules = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'iat', 'sub'],
    clockTolerance: CLOCK_TOLERANCE,
  };
  return {
    start: () => keySet.start(),
    async check(authorization) {
      if (authorization === undefined) return { kind: 'ANONYMOUS' };
      const token = BEARER.exec(authorization)?.[1];
      if (token === undefined) return { kind: 'BAD_TOKEN' };
      const keys = keySet.inUse;
      const known = good.get(token, keys);
      if (known !== undefined) return known;
      try {
        const { payload } = await jwtVerify(token, keySet.keyFor, rules);
        const caller = callerOf(payload);
        // Keys that came in meanwhile have not all been asked.
        const isKept = caller.kind === 'SIGNED_IN' && keys !== undefined && keys === keySet.inUse;
        if (isKept) good.keep(token, keys, payload, caller);
        return caller;
      } catch (error) {
        if (error instanceof NoKeysKnown) return { kind: 'KEYS_UNAVAILABLE' };
        if (error instanceof errors.JOSEError) return { kind: 'BAD_TOKEN' };
        throw error;
      }
    },
    keysState: () => keySet.state(),
    keysAgeMs: () => keySet.ageMs(),
    close: () => keySet.close(),
  };
}

function callerOf({ sub, client_id, azp }: JWTPayload): SignInResult {
  if (!isName(sub)) return { kind: 'BAD_TOKEN' };
  const client = [client_id, azp].find(isName) ?? null;
  return { kind: 'SIGNED_IN', accountHolder: sub, client };
}

function isName(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '' && claim.length <= MAX_NAME;
}
