/** A certificate authority that gateways are told to trust, and certificates of those that they should not. */
import { A_DAY_MS, certify, type TlsIdentity } from '../mdes/certificates.js';

export interface Authority {
  readonly cert: string;
  certificate(host: string): TlsIdentity;
  /** Signed by itself. */
  stranger(host: string): TlsIdentity;
}

export function makeAuthority(): Authority {
  const issuer = certify({ host: 'Fault suite', endsInMs: A_DAY_MS, isAuthority: true });
  return {
    cert: issuer.cert,
    certificate: (host) => certify({ host, endsInMs: A_DAY_MS, issuer }),
    stranger: (host) => certify({ host, endsInMs: A_DAY_MS }),
  };
}
