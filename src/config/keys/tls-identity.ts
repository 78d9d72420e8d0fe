/** Reads authorities, client certificates and their keys for TLS, and says in plain words what is wrong with them. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { KeyFault } from './key-fault.js';
import type { Password } from './passwords.js';
import { type Piece, piecesIn } from './pieces.js';
import { openPkcs12 } from './pkcs12.js';
import { damagedKey, keysInPiece, keysInStore, type PrivateKey } from './private-keys.js';

/** PEM, each once, in the order of the file. @throws KeyFault */
export function readAuthorities(bytes: Buffer): string {
  const certificates = certificatesIn(piecesIn(bytes));
  if (certificates.length === 0)
    throw new KeyFault(
      'it holds no certificate: give those of the authorities that are trusted, as PEM or DER.',
    );
  return pemOf(certificates);
}

/**
 * @param certificateBytes null: it is where its key is
 * @throws KeyFault
 */
export async function readTlsIdentity(
  certificateBytes: Buffer | null,
  keyBytes: Buffer,
  password: Password,
): Promise<{ readonly certificate: string; readonly key: KeyObject }> {
  const pieces = piecesIn(keyBytes);
  const stores = await Promise.all(
    pieces.filter(({ kind }) => kind === 'PKCS12').map(({ asn1 }) => openPkcs12(asn1, password)),
  );
  const [only, ...more] = [
    ...pieces.flatMap((piece) => keysOfAnyKind(piece, password)),
    ...stores.flatMap((store) => keysInStore(store, password)),
  ];
  if (only === undefined)
    throw stores[0]?.shut ?? new KeyFault('it holds no private key: give the one of the certificate.');
  if (more.length > 0) throw new KeyFault('it holds several private keys: leave one in it.');
  const key = await only.open();
  const beside = [
    ...certificatesIn(pieces),
    ...stores.flatMap(({ certificates }) => certificates).map(parse),
  ];
  const certificates = certificateBytes === null ? beside : certificatesIn(piecesIn(certificateBytes));
  const own = certificates.find((one) => one.checkPrivateKey(key));
  if (own === undefined) {
    throw new KeyFault(
      certificates.length === 0
        ? 'it has no certificate: give that beside it.'
        : 'no certificate belongs to it: give key and certificate of one pair.',
    );
  }
  // First our own, then whoever has issued it: that is how TLS tells it.
  return { certificate: pemOf([own, ...certificates.filter((one) => one !== own)]), key };
}

/** Elliptic curves too: TLS takes what MDES does not. */
function keysOfAnyKind(piece: Piece, password: Password): PrivateKey[] {
  if (piece.kind !== 'EC') return keysInPiece(piece, password);
  const open = async () => {
    try {
      return createPrivateKey({ key: piece.asn1.whole, format: 'der', type: 'sec1' });
    } catch {
      throw damagedKey();
    }
  };
  return [{ name: piece.name, open }];
}

function certificatesIn(pieces: readonly Piece[]): X509Certificate[] {
  return pieces.filter(({ kind }) => kind === 'CERTIFICATE').map(({ asn1 }) => parse(asn1.whole));
}

function parse(der: Buffer): X509Certificate {
  try {
    return new X509Certificate(der);
  } catch {
    throw new KeyFault('it holds a certificate that cannot be read: copy it again.');
  }
}

function pemOf(certificates: readonly X509Certificate[]): string {
  return [...new Set(certificates.map((one) => one.toString()))].join('');
}
