/** The MDES_ settings, read into the identity that the MDES client is made with. */
import type { Outward, ProxySettings } from '../domain/network/outward.js';
import { Secret } from '../domain/secret.js';
import { type EncryptionCertificate, readEncryptionCertificate } from './keys/encryption-certificate.js';
import { KeyFault } from './keys/key-fault.js';
import { readSigningPair } from './keys/signing-key.js';
import type { Validity } from './keys/validity.js';
import type { CipherMode, MdesIdentity, OaepHash } from './mdes-identity.js';
import { readTlsSettings } from './network/tls-settings.js';
import type { SettingReader } from './setting-reader.js';
import type { SettingName } from './settings.js';

const FINGERPRINT = /^([0-9a-f]{2}){16,32}$/i;
const WHY = 'once MDES_BASE_URL is set';
const NEEDS_BASE_URL = ['MDES_CONSUMER_KEY', 'MDES_SIGNING_KEY', 'MDES_ENCRYPTION_CERTIFICATE'] as const;

export interface MdesSettings {
  /** null: the embedded simulator, or a fault has been noted. */
  readonly identity: MdesIdentity | null;
  readonly cipherMode: CipherMode;
  readonly oaepHash: OaepHash;
  readonly certificates: Certificates;
}

export interface Certificates {
  /** Mastercard's, for encryption; null with the embedded simulator. */
  readonly encryption: EncryptionCertificate | null;
  /** Ours, that of the signing key; null where there is none beside it. */
  readonly signing: Validity | null;
}

export async function readMdesSettings(
  reader: SettingReader,
  proxy: ProxySettings | null,
): Promise<MdesSettings> {
  const outward = { proxy, tls: await readTlsSettings(reader, 'MDES') };
  const cipherMode = reader.choice('MDES_CIPHER_MODE', ['CBC', 'GCM']) ?? 'CBC';
  const oaepHash = reader.choice('MDES_OAEP_HASH', ['SHA256', 'SHA512']) ?? 'SHA512';
  // As openssl prints it, a fingerprint has its name before it, and colons.
  const fingerprint = reader.text('MDES_ENCRYPTION_FINGERPRINT')?.replace(/^.*=|[:\s]/g, '') ?? null;
  if (fingerprint !== null && !FINGERPRINT.test(fingerprint)) {
    reader.fault('MDES_ENCRYPTION_FINGERPRINT must be 32 to 64 hexadecimal digits.');
  }
  const read = await readIdentity(reader, { cipherMode, oaepHash, fingerprint, outward });
  return {
    identity: read?.identity ?? null,
    cipherMode,
    oaepHash,
    certificates: read?.certificates ?? { encryption: null, signing: null },
  };
}

async function readIdentity(
  reader: SettingReader,
  settings: {
    readonly cipherMode: CipherMode;
    readonly oaepHash: OaepHash;
    readonly fingerprint: string | null;
    readonly outward: Outward;
  },
): Promise<{ readonly identity: MdesIdentity; readonly certificates: Certificates } | null> {
  if (!reader.has('MDES_BASE_URL')) {
    const stray = NEEDS_BASE_URL.filter((name) => reader.has(name));
    if (stray.length > 0)
      reader.fault(`MDES_BASE_URL is missing: ${stray.join(', ')} mean nothing without it.`);
    return null;
  }
  const baseUrl = reader.httpUrl('MDES_BASE_URL');
  const consumerKey = reader.requiredText('MDES_CONSUMER_KEY', WHY);
  const keyBytes = reader.requiredBytes('MDES_SIGNING_KEY', WHY);
  const certificateBytes = reader.requiredBytes('MDES_ENCRYPTION_CERTIFICATE', WHY);
  const password = reader.text('MDES_SIGNING_KEY_PASSWORD');
  const alias = reader.text('MDES_SIGNING_KEY_ALIAS');
  const signing = await attempt(reader, 'MDES_SIGNING_KEY', keyBytes, (bytes) =>
    readSigningPair(bytes, { alias, password: password === null ? undefined : new Secret(password) }),
  );
  const certificate = await attempt(reader, 'MDES_ENCRYPTION_CERTIFICATE', certificateBytes, (bytes) =>
    readEncryptionCertificate(bytes, signing?.key ?? null),
  );
  if (baseUrl === null || consumerKey === null || signing === null || certificate === null) return null;
  const identity: MdesIdentity = {
    baseUrl,
    consumerKey: new Secret(consumerKey),
    signingKey: signing.key,
    encryptionKey: certificate.key,
    encryptionFingerprint: settings.fingerprint ?? certificate.fingerprint,
    cipherMode: settings.cipherMode,
    oaepHash: settings.oaepHash,
    outward: settings.outward,
  };
  return { identity, certificates: { encryption: certificate, signing: signing.validity } };
}

/** A key that cannot be read is a fault; one that is missing has its fault already. */
async function attempt<T>(
  reader: SettingReader,
  name: SettingName,
  bytes: Buffer | null,
  read: (bytes: Buffer) => T | Promise<T>,
): Promise<T | null> {
  if (bytes === null) return null;
  try {
    return await read(bytes);
  } catch (error) {
    reader.fault(`${name}: ${error instanceof KeyFault ? error.message : 'it cannot be read.'}`);
    return null;
  }
}
