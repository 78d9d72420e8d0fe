/** Reads the client certificate that a proxy which ended TLS passes on in a header. */
import { hash, X509Certificate } from 'node:crypto';

/** RFC 9440 has it between colons, HAProxy without. */
const BASE64 = /^(:?)([A-Za-z0-9+/]+={0,2})\1$/;

/** SHA-256 as RFC 8705 has it; undefined where the value is no certificate. */
export function certificateThumbprint(value: string): string | undefined {
  try {
    const [, , der] = BASE64.exec(value) ?? [];
    // Else a PEM, encoded like a part of a URL, as nginx, Envoy and load balancers write it.
    const written = der === undefined ? decodeURIComponent(value) : Buffer.from(der, 'base64');
    return hash('sha256', new X509Certificate(written).raw, 'base64url');
  } catch {
    return undefined;
  }
}
