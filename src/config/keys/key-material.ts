/** Reads the keys that an operator configures, and says in plain words what is wrong with them. */
import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Secret } from '../../domain/secret.js';
import { PASSWORD_MISSING, privateKeyFromPkcs12, WRONG_PASSWORD } from './pkcs12.js';

interface EncryptionCertificate {
  readonly key: KeyObject;
  /** Hex, SHA-256 of the DER. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const SMALLEST_KEY_BITS = 2048;

/** PEM (PKCS#1, PKCS#8, encrypted or not) or PKCS#12. @throws Error whose message is for the operator */
export function readSigningKey(bytes: Buffer, password: Secret<string> | undefined): KeyObject {
  if (bytes.length === 0) throw new Error('it is empty: give the RSA private key as PEM or PKCS#12.');
  const key = isPem(bytes) ? privateKeyFromPem(bytes, password) : privateKeyFromPkcs12(bytes, password);
  requireStrongRsa(key, 'Mastercard wants an RSA key: use the one that belongs to your consumer key.');
  return key;
}

/** PEM or DER. @throws Error whose message is for the operator */
export function readEncryptionCertificate(bytes: Buffer): EncryptionCertificate {
  const certificate = parseCertificate(bytes);
  const key = certificate.publicKey;
  requireStrongRsa(
    key,
    "use Mastercard's request encryption certificate (Client Encryption Keys in the portal).",
  );
  return {
    key,
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

function privateKeyFromPem(bytes: Buffer, password: Secret<string> | undefined): KeyObject {
  const text = bytes.toString('latin1');
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    const found = /-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1]?.toLowerCase() ?? 'something else';
    throw new Error(`it holds a ${found}: give the private key that belongs to your consumer key.`);
  }
  const encrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text);
  if (encrypted && password === undefined) throw new Error(PASSWORD_MISSING);
  try {
    return createPrivateKey({
      key: bytes,
      format: 'pem',
      ...(encrypted && password !== undefined && { passphrase: password.reveal() }),
    });
  } catch {
    throw new Error(encrypted ? WRONG_PASSWORD : 'its PEM is damaged: copy the whole file again.');
  }
}

function parseCertificate(bytes: Buffer): X509Certificate {
  if (isPem(bytes) && !/-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----/.test(bytes.toString('latin1'))) {
    throw new Error("it holds a key, not a certificate: give Mastercard's request encryption certificate.");
  }
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new Error('it is no certificate in PEM or DER: download it again.');
  }
}

function requireStrongRsa(key: KeyObject, mend: string): void {
  if (key.asymmetricKeyType !== 'rsa')
    throw new Error(`its key is ${key.asymmetricKeyType ?? 'not RSA'}; ${mend}`);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < SMALLEST_KEY_BITS) {
    throw new Error(
      `its RSA key has ${bits} bits; at least ${SMALLEST_KEY_BITS} are needed: make a new one.`,
    );
  }
}

function isPem(bytes: Buffer): boolean {
  return bytes.includes('-----BEGIN ');
}
