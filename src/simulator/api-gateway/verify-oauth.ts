/** Decides whether a request is signed as Mastercard's gateway wants it. */
import { createHash, createVerify, type KeyObject } from 'node:crypto';
import type { ApiGatewayError } from './api-gateway-error.js';
import type { NonceMemory } from './nonce-memory.js';
import { type OAuthParameters, parseOAuthHeader } from './oauth-header.js';
import { type SignedRequest, signatureBaseString } from './signature-base-string.js';

export interface OAuthVerifier {
  readonly consumerKey: string;
  /** The issuer's own, and those that were trusted since. */
  readonly signingPublicKeys: readonly KeyObject[];
  readonly nonces: NonceMemory;
}

interface IncomingSignedRequest extends SignedRequest {
  readonly authorization: string | undefined;
  readonly body: Buffer;
}

/** INFERRED: Mastercard has a window but does not publish it. */
const TIMESTAMP_WINDOW_SECONDS = 300;

const REQUIRED = [
  'oauth_consumer_key',
  'oauth_nonce',
  'oauth_timestamp',
  'oauth_signature_method',
  'oauth_signature',
  'oauth_version',
  'oauth_body_hash',
] as const;

/** `undefined` when all is well. Always judged by real time. */
export function verifyOAuth(
  verifier: OAuthVerifier,
  request: IncomingSignedRequest,
): ApiGatewayError | undefined {
  if (request.authorization === undefined) return badHeader('Bad Request - No Authorization header set');
  const oauth = parseOAuthHeader(request.authorization);
  if (oauth === undefined) return badHeader('Bad Request - The Authorization header cannot be read');
  const value = (name: (typeof REQUIRED)[number]): string => oauth.get(name) ?? '';

  const missing = REQUIRED.find((name) => value(name) === '');
  if (missing !== undefined) return badBaseString(`Missing ${missing}`);
  if (value('oauth_version') !== '1.0') return badBaseString('oauth_version must be 1.0');
  if (value('oauth_signature_method') !== 'RSA-SHA256') {
    return badBaseString('oauth_signature_method must be RSA-SHA256');
  }
  if (!/^\d{1,12}$/.test(value('oauth_timestamp'))) {
    return badBaseString('oauth_timestamp must be seconds since 1970');
  }
  // INFERRED: the HTTP status of INVALID_KEY is not public.
  if (!spellings(value('oauth_consumer_key')).includes(verifier.consumerKey)) {
    return { status: 401, reasonCode: 'INVALID_KEY', description: 'The signing certificate is not valid.' };
  }
  return (
    checkBodyHash(value('oauth_body_hash'), request.body) ?? checkSignature(verifier, request, oauth, value)
  );
}

function checkSignature(
  verifier: OAuthVerifier,
  request: IncomingSignedRequest,
  oauth: OAuthParameters,
  value: (name: (typeof REQUIRED)[number]) => string,
): ApiGatewayError | undefined {
  const now = Date.now() / 1000;
  const timestamp = Number(value('oauth_timestamp'));
  if (Math.abs(now - timestamp) > TIMESTAMP_WINDOW_SECONDS) {
    return authenticationFailed('The oauth_timestamp is outside the accepted window');
  }
  const text = signatureBaseString(request, oauth);
  const signature = spellings(value('oauth_signature')).at(-1) ?? '';
  const isSignedWith = (key: KeyObject) =>
    createVerify('RSA-SHA256').update(text).verify(key, signature, 'base64');
  if (!verifier.signingPublicKeys.some(isSignedWith)) {
    return authenticationFailed(`OAuth signatures did not match. Acceptable signature base string: ${text}`);
  }
  // Last, so that nobody without the key can use up a nonce.
  const forgetAt = timestamp + TIMESTAMP_WINDOW_SECONDS;
  return verifier.nonces.use(verifier.consumerKey, value('oauth_nonce'), forgetAt, now)
    ? undefined
    : authenticationFailed('The oauth_nonce was used before');
}

function checkBodyHash(received: string, body: Buffer): ApiGatewayError | undefined {
  const calculated = createHash('sha256').update(body).digest('base64');
  if (spellings(received).includes(calculated)) return undefined;
  return {
    status: 400,
    reasonCode: 'INVALID_BODY_HASH',
    description: `The provided oauth_body_hash does not match the SHA256 hash of the request payload. Calculated: ${calculated}, Received: ${received}`,
  };
}

/** As written, and percent-decoded: old signers encode header values. */
function spellings(value: string): readonly string[] {
  try {
    return [value, decodeURIComponent(value)];
  } catch {
    return [value];
  }
}

function badHeader(description: string): ApiGatewayError {
  return { status: 400, reasonCode: 'INVALID_AUTH_HEADER', description };
}

function badBaseString(problem: string): ApiGatewayError {
  const description = `Problem with signature base string. ${problem}`;
  return { status: 400, reasonCode: 'INVALID_OAUTH_SBS', description };
}

function authenticationFailed(description: string): ApiGatewayError {
  return { status: 403, reasonCode: 'AUTHENTICATION_FAILED', description };
}
