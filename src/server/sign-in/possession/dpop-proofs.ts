/** Checks DPoP proofs (RFC 9449): that a request comes from whoever has the key that its token is bound to. */
import { hash } from 'node:crypto';
import {
  calculateJwkThumbprint,
  decodeProtectedHeader,
  EmbeddedJWK,
  errors,
  type JWK,
  jwtVerify,
} from 'jose';
import { parseUrl } from '../../../domain/url.js';
import { type RefusalDetails, shown, TokenRefused } from '../refusal-reason.js';
import { ALGORITHMS } from '../verify-token.js';
import { PROOF_WINDOW, type ProofMemory } from './seen-proofs.js';

interface Use {
  /** Of the key that the token is bound to. */
  readonly thumbprint: string;
  readonly token: string;
  readonly accountHolder: string;
  readonly method: string;
  readonly url: string;
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const RULES = {
  typ: 'dpop+jwt',
  algorithms: ALGORITHMS,
  requiredClaims: ['jti', 'htm', 'htu', 'iat', 'ath'],
  maxTokenAge: 0,
  clockTolerance: PROOF_WINDOW,
};

export class DpopProofs {
  readonly #seen: ProofMemory;

  constructor(seen: ProofMemory) {
    this.#seen = seen;
  }

  /** @param proofs the values of the header. @throws TokenRefused */
  async require([proof, ...others]: readonly string[], use: Use): Promise<void> {
    if (proof === undefined) throw new TokenRefused('PROOF_MISSING');
    if (others.length > 0) throw invalid('two headers');
    await requireKey(proof, use.thumbprint);
    const { jti, htm, htu, iat, ath } = await verified(proof);
    if (typeof jti !== 'string' || jti === '') throw invalid('jti');
    if (!Number.isSafeInteger(iat)) throw invalid('iat');
    if (htm !== use.method) throw invalid('htm', { expected: use.method, found: shown(htm) });
    if (!isUrl(htu, use.url)) throw invalid('htu', { expected: shown(use.url), found: shown(htu) });
    if (ath !== hash('sha256', use.token, 'base64url')) throw invalid('ath');
    const name = hash('sha256', JSON.stringify([use.thumbprint, jti]), 'base64url');
    const outcome = await this.#seen.add(name, use.accountHolder);
    if (outcome === 'SEEN') throw new TokenRefused('PROOF_REPLAYED');
    if (outcome === 'FULL') throw new TokenRefused('TOO_MANY_PROOFS');
  }
}

/** Before the signature is looked at: a stranger's key, which may be of any size, is never used. */
async function requireKey(proof: string, thumbprint: string): Promise<void> {
  const jwk = keyIn(proof);
  if (jwk === undefined || PRIVATE_MEMBERS.some((member) => member in jwk)) throw invalid('jwk');
  const found = await calculateJwkThumbprint(jwk, 'sha256').catch(() => undefined);
  if (found !== thumbprint) throw invalid('another key');
}

function keyIn(proof: string): JWK | undefined {
  try {
    const { jwk } = decodeProtectedHeader(proof);
    // jose gives it as it was written.
    return typeof jwk === 'object' && jwk !== null ? jwk : undefined;
  } catch {
    return undefined;
  }
}

async function verified(proof: string) {
  try {
    return (await jwtVerify(proof, EmbeddedJWK, RULES)).payload;
  } catch (error) {
    const isOfClaim = error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed;
    // A key that no algorithm takes is told by a TypeError.
    throw invalid(isOfClaim ? shown(error.claim) : 'no proof, or not signed by its key');
  }
}

/** As RFC 9449 compares: without query and fragment, in the normal form of URLs. */
function isUrl(htu: unknown, expected: string): boolean {
  const url = typeof htu === 'string' && /^https?:\/\/[\x21-\x7e]+$/i.test(htu) ? parseUrl(htu) : undefined;
  const ours = parseUrl(expected);
  return (
    url !== undefined &&
    ours !== undefined &&
    url.username === '' &&
    url.password === '' &&
    url.origin === ours.origin &&
    url.pathname === ours.pathname
  );
}

function invalid(because: string, details: RefusalDetails = {}): TokenRefused {
  return new TokenRefused('PROOF_INVALID', { because, ...details });
}
