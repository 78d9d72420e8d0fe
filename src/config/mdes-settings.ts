/** The MDES_ settings, read into the identity that the MDES client is made with. */
import { Secret } from '../domain/secret.js';
import { readEncryptionCertificate, readSigningKey } from './key-material.js';
import type { MdesIdentity } from './mdes-identity.js';
import type { SettingReader } from './setting-reader.js';

const FINGERPRINT = /^[0-9a-f]{32,64}$/i;
const WHY = 'once MDES_BASE_URL is set';

/** null when MDES is embedded, or when a fault has been noted. */
export function readMdesIdentity(reader: SettingReader): MdesIdentity | null {
  if (!reader.has('MDES_BASE_URL')) return null;
  const baseUrl = reader.httpUrl('MDES_BASE_URL');
  const consumerKey = reader.requiredText('MDES_CONSUMER_KEY', WHY);
  const keyBytes = reader.requiredBytes('MDES_SIGNING_KEY', WHY);
  const certificateBytes = reader.requiredBytes('MDES_ENCRYPTION_CERTIFICATE', WHY);
  const password = reader.text('MDES_SIGNING_KEY_PASSWORD');
  const signingKey = attempt(reader, 'MDES_SIGNING_KEY', keyBytes, (bytes) =>
    readSigningKey(bytes, password === null ? undefined : new Secret(password)),
  );
  const certificate = attempt(
    reader,
    'MDES_ENCRYPTION_CERTIFICATE',
    certificateBytes,
    readEncryptionCertificate,
  );
  const fingerprint = reader.text('MDES_ENCRYPTION_FINGERPRINT');
  if (fingerprint !== null && !FINGERPRINT.test(fingerprint)) {
    reader.fault('MDES_ENCRYPTION_FINGERPRINT must be 32 to 64 hexadecimal digits.');
  }
  const cipherMode = reader.choice('MDES_CIPHER_MODE', ['CBC', 'GCM']) ?? 'CBC';
  const oaepHash = reader.choice('MDES_OAEP_HASH', ['SHA256', 'SHA512']) ?? 'SHA512';
  if (baseUrl === null || signingKey === null || certificate === null) return null;
  return {
    baseUrl,
    consumerKey: new Secret(consumerKey),
    signingKey,
    encryptionKey: certificate.key,
    encryptionFingerprint: fingerprint ?? certificate.fingerprint,
    cipherMode,
    oaepHash,
  };
}

function attempt<T>(
  reader: SettingReader,
  name: string,
  bytes: Buffer,
  read: (bytes: Buffer) => T,
): T | null {
  if (bytes.length === 0) return null;
  try {
    return read(bytes);
  } catch (error) {
    reader.fault(`${name}: ${error instanceof Error ? error.message : 'cannot be read'}`);
    return null;
  }
}
