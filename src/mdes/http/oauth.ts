/**
 * Signs a request to MDES: OAuth 1.0a, one-legged, RSA-SHA256 with a hash of the body.
 *
 * Not with Mastercard's `mastercard-oauth1-signer`: it wants the private key as PEM text and parses it anew for every
 * call, signs synchronously, and keeps an explicit default port in the base string. Here the key stays a KeyObject and
 * the signature is made off the event loop. The contract tests hold both against each other.
 */
import { createHash, type KeyObject, randomUUID, sign } from 'node:crypto';

interface Signer {
  readonly consumerKey: string;
  readonly key: KeyObject;
}

interface RequestToSign {
  readonly method: 'GET' | 'POST';
  /** Exactly the URL that is sent; MDES's operations take no query. */
  readonly url: URL;
  /** Exactly the bytes that are sent; empty for a GET. */
  readonly body: Buffer;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The value of the `Authorization` header; good for one request. */
export async function authorizationHeader(request: RequestToSign, signer: Signer): Promise<string> {
  const parameters = [
    ['oauth_body_hash', createHash('sha256').update(request.body).digest('base64')],
    ['oauth_consumer_key', signer.consumerKey],
    ['oauth_nonce', randomUUID().replaceAll('-', '')],
    ['oauth_signature_method', 'RSA-SHA256'],
    ['oauth_timestamp', String(Math.floor(request.at / 1000))],
    ['oauth_version', '1.0'],
  ] as const;
  const signature = await rsaSha256(signatureBaseString(request, parameters), signer.key);
  // As Mastercard's current signers do: the parameters stand in the header as they are, only the signature is encoded.
  const pairs = [...parameters, ['oauth_signature', percentEncode(signature)] as const];
  return `OAuth ${pairs.map(([name, value]) => `${name}="${value}"`).join(',')}`;
}

function signatureBaseString(
  { method, url }: RequestToSign,
  parameters: readonly (readonly [string, string])[],
): string {
  const sorted = parameters
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  // `URL` has already lower-cased scheme and host and dropped a default port.
  return [method, percentEncode(url.origin + url.pathname), percentEncode(sorted)].join('&');
}

function rsaSha256(text: string, key: KeyObject): Promise<string> {
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text), key, (error, signature) => {
      if (error === null) resolve(signature.toString('base64'));
      else reject(error);
    });
  });
}

/** RFC 3986: everything but the unreserved characters. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
