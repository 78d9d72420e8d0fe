/** Who asks: checks access tokens, of whoever has them (RFC 6750) or bound to a key or certificate (RFC 9449, RFC 8705). */
import type { ScopeSettings } from '../../config/access-settings.js';
import type { Clock } from '../../domain/clock.js';
import type { Grant } from '../../domain/grant.js';
import type { Outward } from '../../domain/network/outward.js';
import type { Logger } from '../../observability/logger.js';
import type { Telemetry } from '../../observability/telemetry.js';
import type { ClientAddresses } from '../client-address.js';
import { readGrant } from './claims.js';
import { createKeyFetcher } from './fetch-keys.js';
import { GoodTokens } from './good-tokens.js';
import { KeySet, type KeysState, NoKeysKnown } from './key-set.js';
import { type Confirmation, Possession, readConfirmation } from './possession/possession.js';
import type { ProofMemory } from './possession/seen-proofs.js';
import { type RefusalDetails, type RefusalReason, TokenRefused } from './refusal-reason.js';
import { presentedToken, type TokenRequest } from './token-request.js';
import { callerOf, type TokenRules } from './token-rules.js';
import { CLOCK_TOLERANCE, verifyToken } from './verify-token.js';

interface SignInDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly telemetry?: Telemetry;
  /** The URL that clients see, without trailing slash. */
  readonly publicUrl: () => string;
  readonly isProxy: ClientAddresses['isProxy'];
  /** Proofs that have been used. */
  readonly proofs: ProofMemory;
}

interface SignInOptions extends TokenRules {
  readonly jwksUrl: string;
  readonly outward?: Outward;
  /** In which trusted proxies pass client certificates on; null: in none. */
  readonly certificateHeader: string | null;
  /** null: they are not looked at. */
  readonly scopes: ScopeSettings | null;
}

export interface SignedIn {
  readonly kind: 'SIGNED_IN';
  readonly accountHolder: string;
  /** The app that the token was issued to; null where it does not say. */
  readonly client: string | null;
  readonly grant: Grant;
}

type SignInResult =
  | SignedIn
  /** No token was sent. */
  | { readonly kind: 'ANONYMOUS' }
  /** The reason is for the log and the audit stream: the caller hears none. */
  | { readonly kind: 'BAD_TOKEN'; readonly reason: RefusalReason; readonly details: RefusalDetails }
  /** No key of the issuer is known: nobody can tell whether the token is good. */
  | { readonly kind: 'KEYS_UNAVAILABLE' };

export interface SignIn {
  /** Fetches the keys, and then keeps them fresh; resolves when they have been fetched once, or could not be. */
  start(): Promise<void>;
  check(request: TokenRequest): Promise<SignInResult>;
  /**
   * What `check` would find for a token that was verified before and is whoever's has it; undefined for any other.
   * @param authorization the one header of that name
   */
  atHand(authorization: string): SignedIn | undefined;
  keysState(): KeysState;
  /** Milliseconds; null when none are known. */
  keysAgeMs(): number | null;
  close(): Promise<void>;
}

/** What one good token has said; whoever uses it shows each time that it is bound to him. */
interface GoodToken {
  readonly caller: SignedIn;
  readonly confirmation: Confirmation | null;
}

const BEARER = 'Bearer ';

export function createSignIn(deps: SignInDeps, options: SignInOptions): SignIn {
  const fetcher = createKeyFetcher(options.jwksUrl, deps.telemetry, options.outward);
  const keySet = new KeySet({ ...deps, fetcher });
  const good = new GoodTokens<GoodToken>(CLOCK_TOLERANCE);
  const possession = new Possession(deps, options.certificateHeader);

  async function verified(token: string): Promise<GoodToken> {
    const keys = keySet.inUse;
    const known = good.get(token, keys);
    if (known !== undefined) return known;
    const { protectedHeader, payload } = await verifyToken(token, keySet.keyFor, options);
    const { accountHolder, client } = callerOf(protectedHeader, payload, options);
    const grant = readGrant(payload, options.scopes);
    const caller = { kind: 'SIGNED_IN', accountHolder, client, grant } as const;
    const found = { caller, confirmation: readConfirmation(payload['cnf']) };
    // Keys that came in meanwhile have not all been asked. Its end is no later than its greatest age.
    if (keys !== undefined && keys === keySet.inUse) good.keep(token, keys, payload, found);
    return found;
  }

  return {
    start: () => keySet.start(),
    async check(request) {
      try {
        const presented = presentedToken(request);
        if (presented === undefined) return { kind: 'ANONYMOUS' };
        const { caller, confirmation } = await verified(presented.token);
        await possession.require({ accountHolder: caller.accountHolder, confirmation }, presented, request);
        return caller;
      } catch (error) {
        if (error instanceof NoKeysKnown) return { kind: 'KEYS_UNAVAILABLE' };
        if (!(error instanceof TokenRefused)) throw error;
        return { kind: 'BAD_TOKEN', reason: error.reason, details: error.details };
      }
    },
    atHand(authorization) {
      if (!authorization.startsWith(BEARER)) return undefined;
      const known = good.get(authorization.slice(BEARER.length), keySet.inUse);
      return known?.confirmation === null ? known.caller : undefined;
    },
    keysState: () => keySet.state(),
    keysAgeMs: () => keySet.ageMs(),
    close: () => keySet.close(),
  };
}
