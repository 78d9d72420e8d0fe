/** Reads the certificate that Mastercard's payloads are encrypted for, and says in plain words what is wrong with it. */
import { createHash, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { KeyFault } from './key-fault.js';
import { type Kind, piecesIn } from './pieces.js';
import { requireStrongRsa } from './rsa-key.js';
import { type Validity, validityOf } from './validity.js';

export interface EncryptionCertificate extends Validity {
  readonly key: KeyObject;
  readonly der: Buffer;
  /** Hex, SHA-256 of the DER. */
  readonly fingerprint: string;
}

const WANTED = "give Mastercard's request encryption certificate (Client Encryption Keys in the portal).";
const A_KEY = `it holds a private key and no certificate: ${WANTED}`;
const NO_CERTIFICATE: Readonly<Partial<Record<Kind, string>>> = {
  PKCS8: A_KEY,
  ENCRYPTED_PKCS8: A_KEY,
  ENCRYPTED_PEM: A_KEY,
  PKCS1: A_KEY,
  EC: A_KEY,
  DSA: A_KEY,
  PKCS12: `it is a PKCS#12 file, in which keys are kept: ${WANTED}`,
  REQUEST: `it is a certificate request of your own: ${WANTED}`,
  PKCS7: 'it is PKCS#7: take the certificate out of it with openssl pkcs7 -print_certs.',
  PUBLIC_KEY: `it holds a public key without its certificate: ${WANTED}`,
};

/**
 * @param signingKey ours, whose certificate it must not be
 * @throws KeyFault
 */
export function readEncryptionCertificate(
  bytes: Buffer,
  signingKey: KeyObject | null = null,
): EncryptionCertificate {
  const pieces = piecesIn(bytes);
  const certificates = pieces
    .filter(({ kind }) => kind === 'CERTIFICATE')
    .map(({ asn1 }) => parse(asn1.whole));
  const [said] = pieces.flatMap(({ kind }) => NO_CERTIFICATE[kind] ?? []);
  if (certificates.length === 0) throw new KeyFault(said ?? `it holds no certificate: ${WANTED}`);
  const certificate = leafOf(certificates);
  const key = certificate.publicKey;
  requireStrongRsa(key, WANTED);
  if (signingKey !== null && key.equals(createPublicKey(signingKey))) {
    throw new KeyFault(
      `it belongs to your own signing key, so that Mastercard could open nothing: ${WANTED}`,
    );
  }
  return {
    key,
    der: certificate.raw,
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
    ...validityOf(certificate),
  };
}

/** Of a chain, in whatever order: the one that has issued none of the others. */
function leafOf(certificates: readonly X509Certificate[]): X509Certificate {
  const unlike = [...new Map(certificates.map((one) => [one.fingerprint256, one])).values()];
  const leaves = unlike.filter((one) => !unlike.some((other) => other !== one && other.checkIssued(one)));
  const [leaf, ...more] = leaves;
  if (leaf !== undefined && more.length === 0) return leaf;
  throw new KeyFault(
    `it holds ${unlike.length} certificates that are no chain: leave Mastercard's alone in it.`,
  );
}

function parse(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw new KeyFault('it holds no certificate that can be read: download it again.');
  }
}
