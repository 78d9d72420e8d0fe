/** The private keys in a file, each opened once it is chosen. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type Asn1, oidOf } from './asn1.js';
import { refuseCipher } from './ciphers.js';
import { KeyFault } from './key-fault.js';
import { type Password, passwordBytes, shutTo, textOf } from './passwords.js';
import type { Piece } from './pieces.js';
import { decryptKey, type Pkcs12 } from './pkcs12.js';
import { refuseAlgorithm } from './rsa-key.js';

export interface PrivateKey {
  readonly name: string | null;
  /** @throws KeyFault */
  open(): Promise<KeyObject>;
}

export const MEND = 'Mastercard wants an RSA key: use the one that belongs to your consumer key.';
const RSA = '1.2.840.113549.1.1.1';
/** Those of DEK-Info that Node still knows. */
const PEM_CIPHERS = /^(?:AES-(?:128|192|256)-|DES-EDE3-|CAMELLIA-|ARIA-)/i;

export function keysInPiece({ kind, asn1, name, encryptedPem }: Piece, password: Password): PrivateKey[] {
  switch (kind) {
    case 'PKCS8':
      return [{ name, open: async () => fromPkcs8(asn1) }];
    case 'PKCS1':
      return [{ name, open: async () => fromDer(asn1, 'pkcs1') }];
    case 'EC':
      return [{ name, open: async () => refuseAlgorithm('ec', MEND) }];
    case 'DSA':
      return [{ name, open: async () => refuseAlgorithm('dsa', MEND) }];
    case 'ENCRYPTED_PKCS8':
      return [
        {
          name,
          open: async () => fromDecrypted((await decryptKey(asn1, password)) ?? thrown(shutTo(password))),
        },
      ];
    case 'ENCRYPTED_PEM':
      return encryptedPem === null
        ? []
        : [{ name, open: async () => fromEncryptedPem(encryptedPem, password) }];
    default:
      return [];
  }
}

export function keysInStore({ keys, opened }: Pkcs12, password: Password): PrivateKey[] {
  const shut = opened
    ? new KeyFault('its key has another password than its certificates: export it with one for both.')
    : shutTo(password);
  return keys.map(({ name, open }) => ({
    name,
    open: async () => fromDecrypted((await open()) ?? thrown(shut)),
  }));
}

/** What was encrypted does not stay in memory in clear. */
function fromDecrypted(info: Asn1): KeyObject {
  try {
    return fromPkcs8(info);
  } finally {
    info.whole.fill(0);
  }
}

function fromPkcs8(info: Asn1): KeyObject {
  const algorithm = info.children[1]?.children[0];
  const oid = algorithm === undefined ? RSA : oidOf(algorithm);
  return oid === RSA ? fromDer(info, 'pkcs8') : (attempt(info, 'pkcs8') ?? refuseAlgorithm(oid, MEND));
}

function fromDer(key: Asn1, type: 'pkcs1' | 'pkcs8'): KeyObject {
  return attempt(key, type) ?? thrown(damagedKey());
}

function attempt({ whole }: Asn1, type: 'pkcs1' | 'pkcs8'): KeyObject | undefined {
  try {
    return createPrivateKey({ key: whole, format: 'der', type });
  } catch {
    return undefined;
  }
}

function fromEncryptedPem(
  { cipher, pem }: NonNullable<Piece['encryptedPem']>,
  password: Password,
): KeyObject {
  if (!PEM_CIPHERS.test(cipher)) refuseCipher(cipher);
  if (password === undefined) throw shutTo(password);
  for (const passphrase of passwordBytes(textOf(password))) {
    try {
      return createPrivateKey({ key: pem, passphrase });
    } catch {
      // The next one may open it.
    }
  }
  throw shutTo(password);
}

export function damagedKey(): KeyFault {
  return new KeyFault('its private key is damaged: export it again.');
}

function thrown(fault: KeyFault): never {
  throw fault;
}
