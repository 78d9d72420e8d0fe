/** What a PKCS#12 file holds. Node opens one for TLS alone, and gives no key back. */
import { bigEndian } from '../decode-text.js';
import { type Asn1, octetsOf, oidOf, parseAsn1, TAG } from './asn1.js';
import { KeyFault } from './key-fault.js';
import { decrypt } from './password-encryption.js';
import { type Password, shutTo, textOf } from './passwords.js';

/** A private key that is opened once it is chosen. */
interface SealedKey {
  readonly name: string | null;
  /** PKCS#8; undefined: the password does not open it. */
  open(): Promise<Asn1 | undefined>;
}

export interface Pkcs12 {
  readonly keys: readonly SealedKey[];
  /** DER. */
  readonly certificates: readonly Buffer[];
  /** Whether the password opened anything. */
  readonly opened: boolean;
  /** Why a part stayed shut; null: none did. */
  readonly shut: KeyFault | null;
}

interface Part {
  readonly bags: readonly Asn1[];
  readonly opened: boolean;
  readonly shut: KeyFault | null;
}

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED = '1.2.840.113549.1.7.6';
const BAG = '1.2.840.113549.1.12.10.1.';
const [KEY, SHROUDED_KEY, CERTIFICATE, NESTED] = ['1', '2', '3', '6'].map((kind) => BAG + kind);
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';

/** @throws KeyFault where no password opens it */
export async function openPkcs12({ children: [, safe] }: Asn1, password: Password): Promise<Pkcs12> {
  const [type, content] = safe === undefined ? [] : contentOf(safe);
  if (type !== DATA || content === undefined) {
    throw new KeyFault('it is closed by a key instead of a password: export it with a password.');
  }
  const sealed = sequenceIn(content).children;
  const parts = await Promise.all(sealed.map((part) => openPart(part, password)));
  const bags = parts.flatMap((part) => part.bags).flatMap(unnest);
  return {
    keys: bags.flatMap((bag) => keysOf(bag, password)),
    certificates: bags.flatMap(certificatesOf),
    opened: parts.some(({ opened }) => opened),
    shut: parts.find(({ shut }) => shut !== null)?.shut ?? null,
  };
}

/** A part that holds certificates alone may stay shut: its cipher, often a weak one, is not the key's. */
async function openPart(part: Asn1, password: Password): Promise<Part> {
  const [type, content] = contentOf(part);
  if (content === undefined) throw damaged();
  if (type === DATA) return { bags: sequenceIn(content).children, opened: false, shut: null };
  if (type !== ENCRYPTED) {
    return {
      bags: [],
      opened: false,
      shut: new KeyFault('it is encrypted for a certificate: export it with a password.'),
    };
  }
  const [, [, algorithm, sealed] = []] = content.children.map(({ children }) => children);
  if (algorithm === undefined || sealed === undefined) throw damaged();
  try {
    const opened = await decrypt(algorithm, octetsOf(sealed), textOf(password));
    return opened === undefined
      ? { bags: [], opened: false, shut: shutTo(password) }
      : { bags: opened.children, opened: true, shut: null };
  } catch (error) {
    if (!(error instanceof KeyFault)) throw error;
    return { bags: [], opened: false, shut: error };
  }
}

function keysOf({ children: [type, value, attributes] }: Asn1, password: Password): SealedKey[] {
  const [info] = value?.children ?? [];
  if (type === undefined || info === undefined) throw damaged();
  const name = attributes === undefined ? null : nameIn(attributes);
  if (oidOf(type) === KEY) return [{ name, open: async () => info }];
  if (oidOf(type) === SHROUDED_KEY) return [{ name, open: () => decryptKey(info, password) }];
  return [];
}

/** An EncryptedPrivateKeyInfo, in a PKCS#12 file or alone; undefined: the password does not open it. */
export async function decryptKey(
  { children: [algorithm, sealed] }: Asn1,
  password: Password,
): Promise<Asn1 | undefined> {
  if (algorithm === undefined || sealed === undefined) throw damaged();
  return decrypt(algorithm, octetsOf(sealed), textOf(password));
}

function certificatesOf({ children: [type, value] }: Asn1): Buffer[] {
  if (type === undefined || oidOf(type) !== CERTIFICATE) return [];
  const certificate = value?.children[0]?.children[1]?.children[0];
  return certificate === undefined ? [] : [octetsOf(certificate)];
}

function unnest(bag: Asn1): Asn1[] {
  const [type, value] = bag.children;
  const isNested = type !== undefined && oidOf(type) === NESTED;
  return isNested ? (value?.children[0]?.children ?? []).flatMap(unnest) : [bag];
}

function nameIn(attributes: Asn1): string | null {
  const found = attributes.children.find(({ children: [type] }) => type && oidOf(type) === FRIENDLY_NAME);
  const text = found?.children[1]?.children[0];
  return text === undefined ? null : bigEndian(text.content);
}

/** Of a ContentInfo: its type, and its octets or sequence. */
function contentOf({
  children: [type, wrapped],
}: Asn1): [type: string | undefined, content: Asn1 | undefined] {
  return [type && oidOf(type), wrapped?.children[0]];
}

function sequenceIn(octets: Asn1): Asn1 {
  const found = parseAsn1(octetsOf(octets));
  if (found?.tag !== TAG.sequence) throw damaged();
  return found;
}

function damaged(): KeyFault {
  return new KeyFault('it is a PKCS#12 file whose inside is damaged: export it again.');
}
