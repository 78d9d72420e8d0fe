/** A certificate authority of the suite's own, and certificates of every kind that a TLS client must judge. */
import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** PEM both. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

interface CertificateWish {
  readonly host: string;
  /** From now; in the past when negative. */
  readonly endsInMs: number;
  /** From now; absent: two days ago. */
  readonly beginsInMs?: number;
  /** Absent: it signs itself. */
  readonly issuer?: TlsIdentity;
  readonly isAuthority?: boolean;
}

export const A_DAY_MS = 24 * 3_600_000;
const SERIAL_BYTES = 8;

export function certify({
  host,
  endsInMs,
  beginsInMs = -2 * A_DAY_MS,
  issuer,
  isAuthority = false,
}: CertificateWish): TlsIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  const subject = [{ name: 'commonName', value: host }];
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(SERIAL_BYTES))}`;
  certificate.validity.notBefore = new Date(Date.now() + beginsInMs);
  certificate.validity.notAfter = new Date(Date.now() + endsInMs);
  certificate.setSubject(subject);
  certificate.setIssuer(
    issuer === undefined ? subject : forge.pki.certificateFromPem(issuer.cert).subject.attributes,
  );
  certificate.setExtensions([
    { name: 'basicConstraints', cA: isAuthority, critical: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.key ?? privateKey), forge.md.sha256.create());
  return { key: privateKey, cert: forge.pki.certificateToPem(certificate) };
}
