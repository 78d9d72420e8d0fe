/** Settings that hold secret keys: comma-separated, 32 bytes each in base64; the first writes, all read. */
import { Secret } from '../../domain/secret.js';
import type { SettingReader } from '../setting-reader.js';
import type { SettingName } from '../settings.js';

const KEY = /^[A-Za-z0-9+/_-]+={0,2}$/;
const KEY_BYTES = 32;
const MAKE_ONE = 'Make one with openssl rand -base64 32.';

/** null: not set. */
export function readSecretKeys(reader: SettingReader, name: SettingName): Secret<Buffer>[] | null {
  const list = reader.list(name);
  if (list === null) return null;
  const keys = list.map((text, index) => {
    const bytes = Buffer.from(text, 'base64');
    const place = list.length === 1 ? name : `Key ${index + 1} of ${name}`;
    if (!KEY.test(text)) reader.fault(`${place} is not base64. ${MAKE_ONE}`);
    else if (bytes.length !== KEY_BYTES) {
      reader.fault(`${place} has ${bytes.length} bytes, not 32. ${MAKE_ONE}`);
    }
    return bytes;
  });
  if (keys.length === 0) reader.fault(`${name} holds no key. ${MAKE_ONE}`);
  if (new Set(keys.map((key) => key.toString('base64'))).size !== keys.length) {
    reader.fault(`${name} names a key twice. Name each once.`);
  }
  return keys.map((key) => new Secret(key));
}
