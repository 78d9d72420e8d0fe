/** Each reason for which an access token is refused, in words for operators, and what to mend. */
import type { RefusalReason } from '../server/sign-in/refusal-reason.js';

const OTHER_TOKEN = 'Have the app send the access token that the sign-in issues for this API, as it stands.';
const APP = 'Look at how the app sends its tokens.';
const CLOCKS = 'Compare the clocks; else take a token that is good now.';

export const REFUSAL_WORDS: Readonly<Record<RefusalReason, readonly [says: string, mend: string]>> = {
  TWO_AUTHORIZATION_HEADERS: ['There is more than one Authorization header', APP],
  MALFORMED_AUTHORIZATION: [
    'It holds characters that no token has, or more than one word',
    'Give the token alone, in one line.',
  ],
  MALFORMED_TOKEN: ['It is no signed JWT: opaque, encrypted, or cut short', OTHER_TOKEN],
  ALGORITHM_NOT_ALLOWED: [
    'It is signed in a way that is not taken',
    'Have the sign-in use RS256, PS256, ES256 or EdDSA.',
  ],
  TYPE_NOT_ALLOWED: [
    'Its typ is not among those that are taken',
    'Add it to AUTH_TOKEN_TYPES, if it is that of access tokens there.',
  ],
  NOT_AN_ACCESS_TOKEN: ['It is an ID token or another kind, and no access token', OTHER_TOKEN],
  KEY_UNKNOWN: [
    'It is signed with a key that is not in the key set',
    'It may be of another environment, or AUTH_JWKS_URL of another realm.',
  ],
  SIGNATURE_INVALID: ['Its signature does not fit: it was changed, or signed by somebody else', OTHER_TOKEN],
  ISSUER_DIFFERS: [
    'It is issued by another than AUTH_ISSUER',
    "Set AUTH_ISSUER to the token's iss, if that is your sign-in.",
  ],
  ISSUER_DIFFERS_BY_SLASH: [
    'Its issuer and AUTH_ISSUER differ by the slash at the end',
    'Write AUTH_ISSUER exactly as the token has it.',
  ],
  AUDIENCE_DIFFERS: [
    'It is issued for another API than AUTH_AUDIENCE says',
    'Have the app ask for this audience, or list what the token has in AUTH_AUDIENCE if that is this API.',
  ],
  CLIENT_NOT_ALLOWED: [
    'It is of an app that AUTH_CLIENTS does not list',
    'Add the app there, if it is one of the bank.',
  ],
  SUBJECT_INVALID: [
    'It says nothing of whose it is, in sub',
    'Have the sign-in put the account holder into sub.',
  ],
  DATE_INVALID: ['One of its dates is missing, or no whole number', 'Have the sign-in write iat and exp.'],
  EXPIRED: ['It has expired', CLOCKS],
  NOT_YET_VALID: ['It is not valid yet', CLOCKS],
  TOO_OLD: ['It was issued too long ago', 'Take a fresh one, or raise AUTH_MAX_TOKEN_AGE.'],
  LIFETIME_TOO_LONG: [
    'It lives longer than is taken',
    'Shorten the life of tokens in the sign-in, or raise AUTH_MAX_TOKEN_AGE.',
  ],
  CONFIRMATION_UNKNOWN: [
    'It is bound in a way that cannot be checked here',
    'Taken are DPoP (jkt) and client certificates (x5t#S256).',
  ],
  BOUND_TOKEN_AS_BEARER: [
    'It is good, and bound to a key: only with a DPoP proof of that key is it taken',
    'The app sends it with the scheme DPoP, and a proof.',
  ],
  UNBOUND_TOKEN_AS_DPOP: ['It is not bound to a key', APP],
  PROOF_MISSING: ['Its DPoP proof is missing', APP],
  PROOF_INVALID: ['Its DPoP proof does not fit', APP],
  PROOF_REPLAYED: ['Its DPoP proof has been used before', APP],
  TOO_MANY_PROOFS: ['Too many DPoP proofs have come in', 'Look again in two minutes.'],
  CERTIFICATE_MISSING: [
    'It is good, and bound to a client certificate: only over a connection with that certificate is it taken',
    'The proxy passes the certificate on in the header that AUTH_CLIENT_CERT_HEADER names.',
  ],
  CERTIFICATE_DIFFERS: ['It is bound to another client certificate', APP],
};
