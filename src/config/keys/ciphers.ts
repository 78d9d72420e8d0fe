/** The ciphers in which keys come, by their object identifiers: those that are opened, and the names of the others. */
import { createDecipheriv } from 'node:crypto';
import { KeyFault } from './key-fault.js';

export interface Cipher {
  readonly keyBytes: number;
  readonly ivBytes: number;
  /** Rejects, or gives rubbish, with a wrong key. */
  open(key: Buffer, iv: Buffer, sealed: Buffer): Promise<Buffer>;
}

export const DES: Cipher = { ...byNode('des-ede3-cbc', 8, 8), open: openDes };
export const TRIPLE_DES = byNode('des-ede3-cbc', 24, 8);
export const TWO_KEY_TRIPLE_DES = byNode('des-ede-cbc', 16, 8);
export const rc2 = (bits: number): Cipher => ({
  keyBytes: bits / 8,
  ivBytes: 8,
  open: (key, iv, sealed) => openRc2(key, iv, sealed, bits),
});

const OPENED: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': byNode('aes-128-cbc', 16, 16),
  '2.16.840.1.101.3.4.1.22': byNode('aes-192-cbc', 24, 16),
  '2.16.840.1.101.3.4.1.42': byNode('aes-256-cbc', 32, 16),
  '1.2.840.113549.3.7': TRIPLE_DES,
  '1.3.14.3.2.7': DES,
  '1.2.392.200011.61.1.1.1.2': byNode('camellia-128-cbc', 16, 16),
  '1.2.392.200011.61.1.1.1.3': byNode('camellia-192-cbc', 24, 16),
  '1.2.392.200011.61.1.1.1.4': byNode('camellia-256-cbc', 32, 16),
  '1.2.410.200046.1.1.2': byNode('aria-128-cbc', 16, 16),
  '1.2.410.200046.1.1.7': byNode('aria-192-cbc', 24, 16),
  '1.2.410.200046.1.1.12': byNode('aria-256-cbc', 32, 16),
  '1.2.156.10197.1.104.2': byNode('sm4-cbc', 16, 16),
};

const NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.12.1.1': 'PBE-SHA1-RC4-128',
  '1.2.840.113549.1.12.1.2': 'PBE-SHA1-RC4-40',
  '1.2.840.113549.1.5.1': 'PBE-MD2-DES',
  '1.2.840.113549.1.5.4': 'PBE-MD2-RC2-64',
  '1.2.840.113549.3.2': 'RC2-CBC',
  '1.2.840.113549.3.4': 'RC4',
  '1.2.410.200004.1.4': 'SEED-CBC',
  '1.3.6.1.4.1.188.7.1.1.2': 'IDEA-CBC',
  '1.2.840.113533.7.66.10': 'CAST5-CBC',
  '1.3.6.1.4.1.3029.1.2': 'BF-CBC',
  '2.16.840.1.101.3.4.1.6': 'AES-128-GCM',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
  '1.2.643.2.2.21': 'GOST 28147-89',
};

export function cipherOf(oid: string): Cipher {
  return OPENED[oid] ?? refuseCipher(oid);
}

/** @param cipher its name or object identifier */
export function refuseCipher(cipher: string): never {
  throw new KeyFault(
    `it is encrypted with ${NAMES[cipher] ?? cipher}, which is not supported: export it again with AES-256.`,
  );
}

function byNode(name: string, keyBytes: number, ivBytes: number): Cipher {
  return { keyBytes, ivBytes, open: async (key, iv, sealed) => openWith(name, key, iv, sealed) };
}

function openWith(name: string, key: Buffer, iv: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(name, key, iv);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}

/** Node has single DES no more; three times the same key is that. */
async function openDes(key: Buffer, iv: Buffer, sealed: Buffer): Promise<Buffer> {
  return openWith('des-ede3-cbc', Buffer.concat([key, key, key]), iv, sealed);
}

/** Nor has it RC2, in which OpenSSL before 3 and Java before 18 wrote. */
async function openRc2(key: Buffer, iv: Buffer, sealed: Buffer, bits: number): Promise<Buffer> {
  const { default: forge } = await import('node-forge');
  const cipher = forge.rc2.createDecryptionCipher(key.toString('latin1'), bits);
  cipher.start(iv.toString('latin1'));
  cipher.update(forge.util.createBuffer(sealed.toString('latin1')));
  if (!cipher.finish()) throw new Error('wrong key');
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}
