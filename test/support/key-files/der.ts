/** Writes what no tool writes: files that are closed in odd ways. */

export const NOTHING = Buffer.alloc(0);

const oid = (hex: string) => Buffer.from(hex, 'hex');

/** With tag and length. */
export const OID = {
  data: oid('06092a864886f70d010701'),
  signed: oid('06092a864886f70d010702'),
  enveloped: oid('06092a864886f70d010703'),
  pbes2: oid('06092a864886f70d01050d'),
  pbkdf2: oid('06092a864886f70d01050c'),
  scrypt: oid('06092b06010401da47040b'),
  aes256: oid('060960864801650304012a'),
  /** A hash of China, which Node's PBKDF2 would know and PKCS#8 hardly ever names. */
  sm3: oid('060a2a811ccf550183110301'),
} as const;

export const sequence = (...parts: Buffer[]) => wrap(0x30, ...parts);
export const octets = (content: Buffer) => wrap(0x04, content);
export const tagged = (content: Buffer) => wrap(0xa0, content);

export function integer(value: number): Buffer {
  const hex = value.toString(16);
  return wrap(0x02, Buffer.from(hex.padStart(2 * Math.ceil((hex.length + 1) / 2), '0'), 'hex'));
}

/** An EncryptedPrivateKeyInfo that says so of its derivation. */
export function sealedKey(name: Buffer, derivation: readonly Buffer[]): Buffer {
  const scheme = sequence(
    sequence(name, sequence(...derivation)),
    sequence(OID.aes256, octets(Buffer.alloc(16))),
  );
  return sequence(sequence(OID.pbes2, scheme), octets(Buffer.alloc(128)));
}

/** A PKCS#12 file without a check sum. */
export function storeOf(type: Buffer, content: Buffer): Buffer {
  const padding = octets(Buffer.alloc(128));
  return sequence(integer(3), sequence(type, tagged(content)), sequence(padding));
}

function wrap(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
