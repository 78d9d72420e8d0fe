/** The settings of the push ledger: where it stands, whose it is, and the keys that hide what is in it. */
import type { TlsSettings } from '../domain/network/outward.js';
import { Secret } from '../domain/secret.js';
import { parseUrl } from '../domain/url.js';
import { readSecretKeys } from './keys/secret-keys.js';
import { readTlsSettings } from './network/tls-settings.js';
import { isProduction } from './rules/embedded-rules.js';
import { urlFault } from './rules/url-rules.js';
import type { SettingReader } from './setting-reader.js';

export interface LedgerSettings {
  /** null: memory. It may hold a password. */
  readonly url: Secret<string> | null;
  readonly tls: TlsSettings;
  /** The issuer's stable name in rows. */
  readonly issuer: string;
  /** 32 bytes each: the first writes, all read. null: made up at start. */
  readonly keys: readonly Secret<Buffer>[] | null;
}

/** What `pg` reads, but for what would change the times in which the ledger answers. */
const PARAMETERS = [
  ...['host', 'port', 'user', 'password', 'client_encoding', 'options'],
  ...['application_name', 'fallback_application_name'],
  ...['ssl', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'sslnegotiation', 'uselibpqcompat'],
];
const ISSUER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export async function readLedgerSettings(reader: SettingReader): Promise<LedgerSettings> {
  const url = readUrl(reader);
  const tls = await readTlsSettings(reader, 'LEDGER');
  if (url !== null && (tls.ca !== null || tls.identity !== null)) requireOneTls(url, reader);
  return { url, tls, issuer: readIssuer(reader), keys: readKeys(reader, url !== null) };
}

function readUrl(reader: SettingReader): Secret<string> | null {
  const text = reader.text('LEDGER_URL');
  if (text === null) {
    if (isProduction(reader)) {
      reader.requiredText(
        'LEDGER_URL',
        'so that no push is sent twice: postgres://user:password@host/database, or memory: by name where one process is all there is',
      );
    }
    return null;
  }
  if (text === 'memory:') return null;
  const url = parseUrl(text);
  if (url !== undefined && /^rediss?:$/.test(url.protocol)) {
    reader.fault(
      'LEDGER_URL is a Redis, which may forget: the ledger stands on PostgreSQL. Set it to postgres://user:password@host/database; Redis stays for CACHE_URL.',
    );
  } else if (
    url === undefined ||
    !/^postgres(ql)?:$/.test(url.protocol) ||
    url.hostname === '' ||
    url.pathname.length < 2
  ) {
    reader.fault('LEDGER_URL must be memory:, or postgres://user:password@host:port/database.');
  } else {
    const fault = urlFault(url, PARAMETERS);
    if (fault !== undefined) reader.fault(`LEDGER_URL ${fault}`);
  }
  return new Secret(text);
}

/** TLS of two sources: one of them would be passed over in silence. */
function requireOneTls(url: Secret<string>, reader: SettingReader): void {
  const said = [...(parseUrl(url.reveal())?.searchParams ?? [])].filter(([name]) =>
    /^ssl|^uselibpq/.test(name),
  );
  if (said.every(([name, value]) => name === 'sslmode' && value === 'verify-full')) return;
  reader.fault(
    'LEDGER_URL has ssl parameters beside the LEDGER_TLS_ settings, which stand for sslmode=verify-full: leave them out of the URL.',
  );
}

function readIssuer(reader: SettingReader): string {
  const text = isProduction(reader)
    ? reader.requiredText('ISSUER_ID', "as the issuer's name in the ledger, which never changes")
    : reader.text('ISSUER_ID');
  if (text !== null && !ISSUER.test(text)) {
    reader.fault(
      'ISSUER_ID takes 1 to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or digit.',
    );
  }
  return text ?? 'issuer';
}

function readKeys(reader: SettingReader, isRequired: boolean): Secret<Buffer>[] | null {
  if (isRequired) {
    reader.requiredText('LEDGER_KEYS', 'beside LEDGER_URL: make one with openssl rand -base64 32');
  }
  return readSecretKeys(reader, 'LEDGER_KEYS');
}
