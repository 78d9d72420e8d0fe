/** Finds keys and certificates in whatever form files, secret stores and editors hand them on. */
import { decodeText } from '../decode-text.js';
import { type Asn1, parseAsn1, TAG } from './asn1.js';
import { refuseForeign, refusePath } from './foreign-forms.js';
import { KeyFault } from './key-fault.js';

export type Kind =
  | 'PKCS8'
  | 'ENCRYPTED_PKCS8'
  /** PEM with `DEK-Info`, as OpenSSL wrote it before 1.0. */
  | 'ENCRYPTED_PEM'
  | 'PKCS1'
  | 'EC'
  | 'DSA'
  | 'PKCS12'
  | 'CERTIFICATE'
  | 'REQUEST'
  | 'PKCS7'
  | 'PUBLIC_KEY'
  | 'OTHER';

export interface Piece {
  readonly kind: Kind;
  readonly asn1: Asn1;
  /** As `openssl pkcs12` writes it before a key. */
  readonly name: string | null;
  /** Of ENCRYPTED_PEM: the cipher, and the whole as Node takes it. */
  readonly encryptedPem: { readonly cipher: string; readonly pem: string } | null;
}

/** What the parts of each kind are, a letter each, and after a colon those of the first. */
const SHAPES: readonly (readonly [RegExp, Kind])[] = [
  [/^iss?:/, 'PKCS12'],
  [/^iso/, 'PKCS8'],
  [/^so:/, 'ENCRYPTED_PKCS8'],
  [/^i{9}/, 'PKCS1'],
  [/^i{6}:/, 'DSA'],
  [/^io/, 'EC'],
  [/^ssb:iss-$/, 'REQUEST'],
  [/^ssb:/, 'CERTIFICATE'],
  [/^(?:sb|ii):/, 'PUBLIC_KEY'],
  [/^d/, 'PKCS7'],
];
const LETTERS: ReadonlyMap<number, string> = new Map([
  [TAG.integer, 'i'],
  [TAG.sequence, 's'],
  [TAG.octets, 'o'],
  [TAG.bits, 'b'],
  [TAG.oid, 'd'],
]);

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs;
const DEK_INFO = /DEK-Info:\s*([\w-]+),\s*([0-9A-F]+)(.*)$/is;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
/** Shorter, it is a word. */
const SHORTEST_BASE64 = 64;
/** A secret store encodes what somebody had encoded already. */
const MOST_WRAPPINGS = 3;

/** @throws KeyFault when nothing of the kind is in it, or it is damaged */
export function piecesIn(bytes: Buffer, wrappings = 0): readonly Piece[] {
  refuseForeign(bytes);
  if (looksLikeDer(bytes)) return [{ ...pieceOf(bytes), name: null }];
  const text = decodeText(bytes)
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2');
  refusePath(text);
  if (text.includes('-----BEGIN')) return pemPieces(withLineEnds(text));
  const base64 = withLineEnds(text).replace(/\s/g, '');
  if (!BASE64.test(base64) || base64.length < SHORTEST_BASE64 || wrappings === MOST_WRAPPINGS) {
    throw new KeyFault(
      'it is neither PEM, DER nor PKCS#12, nor base64 of one: give the file as it was made.',
    );
  }
  return piecesIn(Buffer.from(base64, 'base64'), wrappings + 1);
}

/** Where many lines had to be one, `\n` stands for their ends. */
function withLineEnds(text: string): string {
  return text.replace(/(?:\\+r)?\\+n/g, '\n');
}

/** A sequence of 128 bytes or more. */
function looksLikeDer([tag, length]: Buffer): boolean {
  return tag === TAG.sequence && length !== undefined && length >= 0x80;
}

function pemPieces(text: string): readonly Piece[] {
  let end = 0;
  const pieces = [...text.matchAll(PEM)].map((match) => {
    const [whole, label = '', body = ''] = match;
    const name = /friendlyName:\s*(.*\S)/.exec(text.slice(end, match.index))?.[1] ?? null;
    end = match.index + whole.length;
    refuseForeign(Buffer.from(whole));
    return { ...pemPiece(label, body), name };
  });
  if (pieces.length === 0)
    throw new KeyFault(
      'its PEM has no END line: give the whole file, with \\n for line ends where it has to be one line.',
    );
  return pieces;
}

/** Lines may have been joined with blanks. */
function pemPiece(label: string, body: string): Omit<Piece, 'name'> {
  const [, cipher, iv, sealed = ''] = DEK_INFO.exec(body) ?? [];
  const base64 = (cipher === undefined ? body : sealed).replace(/\s/g, '');
  const bytes = Buffer.from(base64, 'base64');
  if (!BASE64.test(base64))
    throw new KeyFault('its PEM holds something else than base64: copy the file again.');
  if (cipher === undefined) return pieceOf(bytes);
  const lines = base64.match(/.{1,64}/g)?.join('\n');
  const pem = `-----BEGIN ${label}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher},${iv}\n\n${lines}\n-----END ${label}-----\n`;
  return { kind: 'ENCRYPTED_PEM', asn1: NOTHING, encryptedPem: { cipher, pem } };
}

const NOTHING: Asn1 = { tag: 0, content: Buffer.alloc(0), children: [], whole: Buffer.alloc(0) };

function pieceOf(der: Buffer): Omit<Piece, 'name'> {
  const asn1 = parseAsn1(der);
  // Parameters of curves are a name alone.
  if (asn1?.tag !== TAG.sequence && asn1?.tag !== TAG.oid) {
    throw new KeyFault('its DER is damaged or cut short: copy the file again, in binary mode or as base64.');
  }
  const shape = `${lettersOf(asn1)}:${lettersOf(asn1.children[0])}`;
  return { kind: SHAPES.find(([form]) => form.test(shape))?.[1] ?? 'OTHER', asn1, encryptedPem: null };
}

function lettersOf(asn1: Asn1 | undefined): string {
  return (asn1?.children ?? []).map(({ tag }) => LETTERS.get(tag) ?? '-').join('');
}
