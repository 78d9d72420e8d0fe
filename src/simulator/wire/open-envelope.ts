/** Opens the encrypted part of a push: RSA-OAEP around an AES key, AES-CBC or AES-GCM around the accounts. */
import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';
import { accept, type Parsed, refuse } from './field-rules.js';
import type { EncryptedPayload } from './push-request.js';
import { type WireError, wireError } from './wire-error.js';

export interface EnvelopeKey {
  readonly privateKey: KeyObject;
  /** SHA-256 of the certificate, hex in lower case. */
  readonly fingerprint: string;
}

export function openEnvelope(key: EnvelopeKey, payload: EncryptedPayload): Parsed<Buffer> {
  const mode = payload.algorithmCipherMode ?? 'CBC';
  const errors = mode === 'GCM' ? checkGcm(payload) : checkCbc(payload);
  if (errors.length > 0) return refuse(...errors);
  // One answer for every failure: which step failed is nothing that a sender may learn.
  if (payload.publicKeyFingerprint.toLowerCase() !== key.fingerprint) return refuse(wireError.cryptography());
  try {
    const aesKey = unwrapKey(key.privateKey, payload);
    return accept(mode === 'GCM' ? openGcm(aesKey, payload) : openCbc(aesKey, payload));
  } catch {
    return refuse(wireError.cryptography());
  }
}

function unwrapKey(privateKey: KeyObject, payload: EncryptedPayload): Buffer {
  const oaepHash = payload.oaepHashingAlgorithm === 'SHA512' ? 'sha512' : 'sha256';
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const aesKey = privateDecrypt({ key: privateKey, padding, oaepHash }, fromHex(payload.encryptedKey));
  if (aesKey.length !== 16 && aesKey.length !== 32) throw new RangeError('an AES key of 128 or 256 bits');
  return aesKey;
}

function openCbc(aesKey: Buffer, payload: EncryptedPayload): Buffer {
  const iv = payload.iv === undefined ? Buffer.alloc(16) : fromHex(payload.iv);
  const decipher = createDecipheriv(aesKey.length === 16 ? 'aes-128-cbc' : 'aes-256-cbc', aesKey, iv);
  return Buffer.concat([decipher.update(fromHex(payload.encryptedData)), decipher.final()]);
}

function openGcm(aesKey: Buffer, payload: EncryptedPayload): Buffer {
  const algorithm = aesKey.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
  const decipher = createDecipheriv(algorithm, aesKey, fromHex(payload.iv ?? ''), { authTagLength: 16 });
  decipher.setAAD(fromHex(payload.aad ?? ''));
  decipher.setAuthTag(fromHex(payload.tag ?? ''));
  return Buffer.concat([decipher.update(fromHex(payload.encryptedData)), decipher.final()]);
}

function checkCbc({ iv, tag, aad }: EncryptedPayload): WireError[] {
  return [
    ...(iv === undefined || iv.length === 32 ? [] : [wireError.length('iv')]),
    ...(tag === undefined ? [] : [wireError.value('tag')]),
    ...(aad === undefined ? [] : [wireError.value('aad')]),
  ];
}

/** INFERRED: an absent iv means zeros for CBC only, and GCM needs tag and aad both; the tag is 16 bytes in hex. */
function checkGcm({ iv, tag, aad }: EncryptedPayload): WireError[] {
  return [
    ...(iv === undefined ? [wireError.missing('iv')] : iv.length === 24 ? [] : [wireError.length('iv')]),
    ...(tag === undefined ? [wireError.missing('tag')] : tag.length === 32 ? [] : [wireError.length('tag')]),
    ...(aad === undefined ? [wireError.missing('aad')] : []),
  ];
}

function fromHex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
