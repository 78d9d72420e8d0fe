/** Reads the key that signs our requests, and says in plain words what is wrong with it. */
import { createPublicKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { KeyFault } from './key-fault.js';
import type { Password } from './passwords.js';
import { type Kind, type Piece, piecesIn } from './pieces.js';
import { openPkcs12, type Pkcs12 } from './pkcs12.js';
import { damagedKey, keysInPiece, keysInStore, MEND, type PrivateKey } from './private-keys.js';
import { requireStrongRsa } from './rsa-key.js';
import { type Validity, validityOf } from './validity.js';

interface SigningKeyOptions {
  readonly password?: Password;
  /** Which of several; null: there is one. */
  readonly alias?: string | null;
}

const NO_KEY: Readonly<Partial<Record<Kind, string>>> = {
  CERTIFICATE: 'it holds a certificate and no key: give the private key that belongs to your consumer key.',
  PUBLIC_KEY: 'it holds a public key: give the private key that belongs to it.',
  REQUEST: 'it is a certificate request: give the private key that it was made with.',
  PKCS7: 'it holds certificates alone (PKCS#7): give the private key that belongs to your consumer key.',
  PKCS12: 'it is a PKCS#12 file without a private key: export it with its key.',
};

/** The key alone. @throws KeyFault */
export async function readSigningKey(bytes: Buffer, options: SigningKeyOptions = {}): Promise<KeyObject> {
  return (await readSigningPair(bytes, options)).key;
}

/** With what the certificate that lies beside the key says of its time; null: none does. @throws KeyFault */
export async function readSigningPair(
  bytes: Buffer,
  { password, alias = null }: SigningKeyOptions = {},
): Promise<{ readonly key: KeyObject; readonly validity: Validity | null }> {
  const pieces = piecesIn(bytes);
  const stores = await Promise.all(
    pieces.filter(({ kind }) => kind === 'PKCS12').map(({ asn1 }) => openPkcs12(asn1, password)),
  );
  const candidates = [
    ...pieces.flatMap((piece) => keysInPiece(piece, password)),
    ...stores.flatMap((store) => keysInStore(store, password)),
  ];
  if (candidates.length === 0) throw whyNone(pieces, stores);
  const key = await choose(candidates, alias).open();
  requireStrongRsa(key, MEND);
  await requireSound(key);
  const loose = pieces.filter(({ kind }) => kind === 'CERTIFICATE').map(({ asn1 }) => asn1.whole);
  const own = ownCertificate(key, [...loose, ...stores.flatMap(({ certificates }) => certificates)]);
  return { key, validity: own === null ? null : validityOf(own) };
}

function whyNone(pieces: readonly Piece[], stores: readonly Pkcs12[]): KeyFault {
  const shut = stores.find((store) => store.shut !== null)?.shut;
  const [said] = pieces.flatMap(({ kind }) => NO_KEY[kind] ?? []);
  return (
    shut ?? new KeyFault(said ?? 'it holds no private key: give the one that belongs to your consumer key.')
  );
}

/** Java writes names in lower case. */
function choose(candidates: readonly PrivateKey[], alias: string | null): PrivateKey {
  const names = candidates.map(({ name }) => name ?? '(without a name)').join(', ');
  const fitting = candidates.filter(
    ({ name }) => alias === null || name?.toLowerCase() === alias.toLowerCase(),
  );
  const [only, ...more] = fitting;
  if (only === undefined) {
    throw new KeyFault(`no key in it has the name that MDES_SIGNING_KEY_ALIAS says, but: ${names}.`);
  }
  if (more.length === 0) return only;
  throw new KeyFault(
    alias === null
      ? `it holds ${candidates.length} private keys: name the one that belongs to your consumer key by MDES_SIGNING_KEY_ALIAS. There are: ${names}.`
      : `it holds ${fitting.length} private keys of the name that MDES_SIGNING_KEY_ALIAS says: leave one in it.`,
  );
}

/** Numbers that do not belong together would sign what nobody can verify. */
async function requireSound(key: KeyObject): Promise<void> {
  const probe = Buffer.from('probe');
  const signature = await promisify(sign)('sha256', probe, key).catch(() => Buffer.alloc(0));
  if (!verify('sha256', probe, createPublicKey(key), signature)) throw damagedKey();
}

/** @throws KeyFault where there are some, but none of this key */
function ownCertificate(key: KeyObject, certificates: readonly Buffer[]): X509Certificate | null {
  if (certificates.length === 0) return null;
  const [own] = certificates.flatMap((der) => ofKey(der, key) ?? []);
  if (own !== undefined) return own;
  throw new KeyFault(
    'no certificate in it belongs to its key: export key and certificate of one pair, or the key alone.',
  );
}

function ofKey(der: Buffer, key: KeyObject): X509Certificate | null {
  try {
    const certificate = new X509Certificate(der);
    return certificate.checkPrivateKey(key) ? certificate : null;
  } catch {
    return null;
  }
}
