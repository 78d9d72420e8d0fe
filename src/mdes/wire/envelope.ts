/** Encrypts a push for MDES: AES-128 in CBC or GCM mode under a fresh key, which is wrapped with RSA-OAEP. */
import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import type { MdesIdentity } from '../../config/mdes-identity.js';

/** As it stands on the wire; all values are hexadecimal but for the two names of algorithms. */
export interface EncryptedPayload {
  readonly encryptedData: string;
  readonly publicKeyFingerprint: string;
  readonly encryptedKey: string;
  readonly oaepHashingAlgorithm: 'SHA256' | 'SHA512';
  readonly iv: string;
  readonly algorithmCipherMode?: 'GCM';
  readonly tag?: string;
  readonly aad?: string;
}

type EnvelopeKeys = Pick<MdesIdentity, 'encryptionKey' | 'encryptionFingerprint' | 'cipherMode' | 'oaepHash'>;

/** Takes `plain` over: it is all zeros afterwards. */
export function sealEnvelope(plain: Buffer, keys: EnvelopeKeys): EncryptedPayload {
  const key = randomBytes(16);
  try {
    const sealed = keys.cipherMode === 'GCM' ? sealWithGcm(key, plain) : sealWithCbc(key, plain);
    return {
      ...sealed,
      publicKeyFingerprint: keys.encryptionFingerprint,
      // `oaepHash` sets the hash of the mask generation function too, as MDES wants it.
      encryptedKey: publicEncrypt(
        {
          key: keys.encryptionKey,
          padding: constants.RSA_PKCS1_OAEP_PADDING,
          oaepHash: keys.oaepHash.toLowerCase(),
        },
        key,
      ).toString('hex'),
      oaepHashingAlgorithm: keys.oaepHash,
    };
  } finally {
    plain.fill(0);
    key.fill(0);
  }
}

function sealWithCbc(key: Buffer, plain: Buffer) {
  const iv = randomBytes(16);
  return { encryptedData: aesCbc(key, iv, plain).toString('hex'), iv: iv.toString('hex') };
}

function sealWithGcm(key: Buffer, plain: Buffer) {
  const iv = randomBytes(12);
  // MDES does not say what to authenticate besides the data, only that tag and aad go together, 18 bytes at most.
  const aad = randomBytes(16);
  const { ciphertext, tag } = aesGcm(key, iv, aad, plain);
  return {
    encryptedData: ciphertext.toString('hex'),
    iv: iv.toString('hex'),
    algorithmCipherMode: 'GCM' as const,
    tag: tag.toString('hex'),
    aad: aad.toString('hex'),
  };
}

function aesCbc(key: Buffer, iv: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

export function aesGcm(
  key: Buffer,
  iv: Buffer,
  aad: Buffer,
  plain: Buffer,
): { readonly ciphertext: Buffer; readonly tag: Buffer } {
  const cipher = createCipheriv('aes-128-gcm', key, iv, { authTagLength: 16 });
  cipher.setAAD(aad);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { ciphertext, tag: cipher.getAuthTag() };
}
