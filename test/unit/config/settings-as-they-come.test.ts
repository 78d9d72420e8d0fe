/** Settings as env files, secret stores and Windows editors hand them on: read, or a fault that says what to mend. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config/config.js';
import { configFaults } from '../../support/config-faults.js';

type Environment = Readonly<Record<string, string>>;

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const LEDGER = { LEDGER_KEYS: Buffer.alloc(32, 7).toString('base64') };
const AUTH = { AUTH_ISSUER: 'https://id.bank.example', AUTH_AUDIENCE: 'cards' };
const JWKS = { AUTH_JWKS_URL: 'https://id.bank.example/jwks' };
const REAL = { MDES_BASE_URL: 'https://mdes.example' };
const KEY_TEXT = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----';

describe('a value', () => {
  it.each<[string, string | Buffer]>([
    ['a line end, as in a Kubernetes secret', 'debug\n'],
    ['CRLF', 'debug\r\n'],
    ['a byte order mark', '\ufeffdebug\r\n'],
    ['UTF-16 as PowerShell writes it', Buffer.from('\ufeffdebug\r\n', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffdebug', 'utf16le').swap16()],
  ])('is read from a file with %s', async (name, content) => {
    const config = await readConfig({ LOG_LEVEL_FILE: file(name.replaceAll(' ', '-'), content) });
    expect(config.logLevel).toBe('debug');
  });

  it('is read with what an env file of Windows leaves at its end', async () => {
    expect((await readConfig({ LOG_LEVEL: 'debug\r', PORT: ' 4001 \r' })).port).toBe(4001);
  });

  it.each<[string, Environment]>([
    [
      'CACHE_URL has a parameter that nobody reads (db): take it out.',
      { CACHE_URL: 'redis://localhost/0?db=2' },
    ],
    ['CACHE_URL has a fragment', { CACHE_URL: 'redis://localhost/0#2' }],
    ['CACHE_URL has a % that encodes nothing', { CACHE_URL: 'redis://:100%@localhost' }],
    ['CACHE_URL has a % that encodes nothing', { CACHE_URL: 'redis://u:%ff@localhost' }],
    ['LEDGER_URL has a % that encodes nothing', { ...LEDGER, LEDGER_URL: 'postgres://u:5%x@localhost/l' }],
    [
      'LEDGER_URL has a parameter that nobody reads (target_session_attrs)',
      { ...LEDGER, LEDGER_URL: 'postgres://localhost/l?target_session_attrs=any' },
    ],
    [
      'LEDGER_URL has a parameter that nobody reads (query_timeout)',
      { ...LEDGER, LEDGER_URL: 'postgres://localhost/l?sslmode=require&query_timeout=1' },
    ],
    ['LEDGER_URL has a fragment', { ...LEDGER, LEDGER_URL: 'postgres://localhost/l#x' }],
    [
      'AUDIT_LOG has a parameter that nobody reads (facility)',
      { AUDIT_LOG: 'syslog://127.0.0.1?facility=1' },
    ],
    ['AUTH_JWKS_URL has a fragment', { ...AUTH, AUTH_JWKS_URL: 'https://id.bank.example/jwks#keys' }],
    ['PUBLIC_URL has a % that encodes nothing', { PUBLIC_URL: 'https://cards.bank.example/%zz' }],
    ['CORS_ORIGINS holds a *', { CORS_ORIGINS: 'https://*.bank.example' }],
    ['CALLBACK_ALLOWLIST holds a *', { CALLBACK_ALLOWLIST: 'https://www.bank.example/*' }],
    ['CALLBACK_ALLOWLIST holds a *', { CALLBACK_ALLOWLIST: 'https://*.bank.example/' }],
    ['AUTH_CLIENTS holds a *', { ...AUTH, ...JWKS, AUTH_CLIENTS: '*' }],
    ['AUTH_AUDIENCE holds a *', { ...AUTH, ...JWKS, AUTH_AUDIENCE: 'cards, *' }],
    ['NODE_TLS_REJECT_UNAUTHORIZED is 0', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['PORT begins and ends with a quotation mark', { PORT: '“4000”' }],
    ['PORT has a byte order mark or a blank beside its name', { '\ufeffPORT': '4001' }],
    ['MDES_BASE_URL has a byte order mark or a blank beside its name', { 'MDES_BASE_URL ': 'x' }],
    ['LOG_LEVEL_FILE names a file that cannot be read (EISDIR)', { LOG_LEVEL_FILE: folder }],
  ])('is refused: %s', async (sentence, environment) => {
    const found = await configFaults(environment);
    expect(found).toEqual([expect.stringContaining(sentence)]);
    expect(found.join()).not.toMatch(/100%|5%x/);
  });

  it('is refused where a file is far too large for one', async () => {
    const large = file('large', '');
    truncateSync(large, 2_000_000);
    expect(await configFaults({ LOG_LEVEL_FILE: large })).toEqual([
      expect.stringContaining('LOG_LEVEL_FILE names a file of more than 1 MB'),
    ]);
  });

  it('of a key is refused by the place where it stands', async () => {
    const path = file('path', '/etc/keys/signing.p12\n');
    const about = async (environment: Environment) =>
      (await configFaults({ ...REAL, ...environment })).filter((fault) =>
        fault.startsWith('MDES_SIGNING_KEY'),
      );
    expect(await about({ MDES_SIGNING_KEY_FILE: KEY_TEXT })).toEqual([
      expect.stringContaining('MDES_SIGNING_KEY_FILE takes the path of a file'),
    ]);
    for (const environment of [
      { MDES_SIGNING_KEY: '/etc/keys/signing.p12' },
      { MDES_SIGNING_KEY_FILE: path },
    ]) {
      expect(await about(environment)).toEqual([
        expect.stringContaining('MDES_SIGNING_KEY: it is the path of a file'),
      ]);
    }
  });

  it.each<[string, Environment]>([
    ['an encoded password', { CACHE_URL: 'redis://u:5%25%40@localhost/3' }],
    [
      'what a database client reads',
      { ...LEDGER, LEDGER_URL: 'postgres://u@localhost/l?sslmode=require&application_name=x' },
    ],
    ['a key set with a query', { ...AUTH, AUTH_JWKS_URL: 'https://id.bank.example/keys?p=b2c' }],
    ['a verdict that Node takes for yes', { NODE_TLS_REJECT_UNAUTHORIZED: '1' }],
  ])('is taken: %s', async (_, environment) => {
    expect(await configFaults(environment)).toEqual([]);
  });
});
