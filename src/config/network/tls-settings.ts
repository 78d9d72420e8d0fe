/** The _TLS_ settings: whom we trust and what we show of ourselves, for each whom we connect to. */
import type { TlsSettings } from '../../domain/network/outward.js';
import { Secret } from '../../domain/secret.js';
import { KeyFault } from '../keys/key-fault.js';
import { readAuthorities, readTlsIdentity } from '../keys/tls-identity.js';
import type { SettingReader } from '../setting-reader.js';
import type { SettingName } from '../settings.js';

export type TlsDestination = 'MDES' | 'CARD_VAULT' | 'AUTH_JWKS' | 'CACHE' | 'LEDGER';

/** Where the destination's URL stands, without which the others mean nothing. */
export const TLS_URLS = {
  MDES: 'MDES_BASE_URL',
  CARD_VAULT: 'CARD_VAULT_URL',
  AUTH_JWKS: 'AUTH_JWKS_URL',
  CACHE: 'CACHE_URL',
  LEDGER: 'LEDGER_URL',
} as const;

export async function readTlsSettings(reader: SettingReader, to: TlsDestination): Promise<TlsSettings> {
  const names = {
    ca: `${to}_TLS_CA`,
    certificate: `${to}_TLS_CERTIFICATE`,
    key: `${to}_TLS_KEY`,
    password: `${to}_TLS_KEY_PASSWORD`,
  } as const;
  const stray = Object.values(names).find((name) => reader.has(name));
  if (stray !== undefined && !reader.isMeant(TLS_URLS[to])) {
    reader.fault(`${stray} is set without ${TLS_URLS[to]}: nobody would read it. Set ${TLS_URLS[to]}.`);
  }
  return { ca: await readCa(reader, names.ca), identity: await readIdentity(reader, names) };
}

function readCa(reader: SettingReader, name: SettingName): Promise<string | null> {
  const bytes = reader.bytes(name);
  return bytes === null ? Promise.resolve(null) : attempt(reader, name, async () => readAuthorities(bytes));
}

async function readIdentity(
  reader: SettingReader,
  names: Readonly<Record<'certificate' | 'key' | 'password', SettingName>>,
): Promise<TlsSettings['identity']> {
  const certificate = reader.bytes(names.certificate);
  if (certificate === null && !reader.has(names.key)) {
    if (reader.has(names.password))
      reader.fault(`${names.password} is set without ${names.key}: there is nothing to open. Take it out.`);
    return null;
  }
  const key = reader.requiredBytes(names.key, `beside ${names.certificate}`);
  if (key === null) return null;
  const password = reader.text(names.password);
  return attempt(reader, names.key, async () => {
    const read = await readTlsIdentity(
      certificate,
      key,
      password === null ? undefined : new Secret(password),
    );
    const pem = read.key.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { certificate: read.certificate, key: new Secret(pem) };
  });
}

async function attempt<T>(
  reader: SettingReader,
  name: SettingName,
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    const said = error instanceof KeyFault ? error.message : 'it cannot be read.';
    // What opens keys was made for the one that signs.
    reader.fault(`${name}: ${said.replaceAll('MDES_SIGNING_KEY', name)}`);
    return null;
  }
}
