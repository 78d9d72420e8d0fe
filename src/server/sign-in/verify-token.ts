/** Verifies access tokens with jose (RFC 7519, RFC 8725), and gives each refusal its one reason. */
import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  type JWTVerifyResult,
  jwtVerify,
} from 'jose';
import { type RefusalReason, shown, TokenRefused } from './refusal-reason.js';
import { requireType, type TokenRules } from './token-rules.js';

/** What proofs may be signed with, too. */
export const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];
/** Seconds. */
export const CLOCK_TOLERANCE = 5;
/** For a token that does not say which key is its own. */
const MOST_KEYS_TRIED = 10;

/** @throws TokenRefused, and whatever `keyFor` throws that is not jose's */
export async function verifyToken(
  token: string,
  keyFor: JWTVerifyGetKey,
  rules: TokenRules,
): Promise<JWTVerifyResult<JWTPayload>> {
  const options = {
    issuer: rules.issuer,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'iat', 'sub'],
    clockTolerance: CLOCK_TOLERANCE,
    maxTokenAge: rules.maxAgeSeconds,
  };
  try {
    return await verifyBySomeKey(token, keyOfType(keyFor, rules), options);
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refusalOf(error, token, rules);
    throw error;
  }
}

/** What a token is for is looked at first: no key is asked for on behalf of another kind. */
function keyOfType(keyFor: JWTVerifyGetKey, rules: TokenRules): JWTVerifyGetKey {
  return (header, token) => {
    requireType(header, rules);
    return keyFor(header, token);
  };
}

async function verifyBySomeKey(
  token: string,
  keyFor: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult<JWTPayload>> {
  try {
    return await jwtVerify(token, keyFor, options);
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    let tried = 0;
    for await (const key of error) {
      tried += 1;
      try {
        return await jwtVerify(token, key, options);
      } catch (other) {
        const isOfAnother = other instanceof errors.JWSSignatureVerificationFailed;
        if (!isOfAnother || tried === MOST_KEYS_TRIED) throw other;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

const OF_CLAIM: Readonly<Record<string, RefusalReason>> = {
  sub: 'SUBJECT_INVALID',
  nbf: 'NOT_YET_VALID',
  iat: 'NOT_YET_VALID',
};

function refusalOf(error: errors.JOSEError, token: string, rules: TokenRules): TokenRefused {
  if (error instanceof errors.JWTExpired) {
    return new TokenRefused(error.claim === 'iat' ? 'TOO_OLD' : 'EXPIRED');
  }
  if (error instanceof errors.JWTClaimValidationFailed) return refusalOfClaim(error, rules);
  const { alg, kid } = headerOf(token);
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return new TokenRefused('ALGORITHM_NOT_ALLOWED', { found: shown(alg) });
  }
  if (error instanceof errors.JWKSNoMatchingKey) {
    return new TokenRefused('KEY_UNKNOWN', { found: `${shown(kid)}, ${shown(alg)}` });
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new TokenRefused('SIGNATURE_INVALID', { found: `${shown(kid)}, ${shown(alg)}` });
  }
  return new TokenRefused('MALFORMED_TOKEN');
}

function refusalOfClaim(
  { claim, reason, payload }: errors.JWTClaimValidationFailed,
  { issuer }: TokenRules,
): TokenRefused {
  if (claim === 'iss') {
    const { iss } = payload;
    const isBySlash = typeof iss === 'string' && (`${iss}/` === issuer || iss === `${issuer}/`);
    return new TokenRefused(isBySlash ? 'ISSUER_DIFFERS_BY_SLASH' : 'ISSUER_DIFFERS', {
      expected: shown(issuer),
      found: shown(iss),
    });
  }
  const isOfDate = claim !== 'sub' && reason !== 'check_failed';
  return new TokenRefused(isOfDate ? 'DATE_INVALID' : (OF_CLAIM[claim] ?? 'MALFORMED_TOKEN'));
}

function headerOf(token: string): { readonly alg?: unknown; readonly kid?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return {};
  }
}
