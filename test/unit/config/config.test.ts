/** The configuration: what it needs, and every fault of it at once. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config/config.js';
import { hasEmbeddedParts } from '../../../src/config/rules/embedded-rules.js';
import { callbackUrl } from '../../../src/server/routes/callback-target.js';
import { configFaults } from '../../support/config-faults.js';

const AUTH = {
  AUTH_ISSUER: 'https://id.bank.example',
  AUTH_AUDIENCE: 'cards',
  AUTH_JWKS_URL: 'https://id.bank.example/jwks',
};

describe('the configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('needs nothing: everything is embedded then', async () => {
    const config = await readConfig({});
    expect(hasEmbeddedParts(config)).toBe(true);
    expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, cache: null, logLevel: 'info' });
  });

  it('reports all faults together, each with its name', async () => {
    const found = await configFaults({
      PORT: '99999',
      LOG_LEVEL: 'loud',
      CACHE_URL: 'http://x',
      MDES_BASE_URL: 'https://sandbox.api.mastercard.com/mdes',
      MDES_ACCOUNT_RANGES: '12345678,x',
      AUTH_ISSUER: 'https://id.bank.example',
      CALLBACK_ALLOWLIST: 'javascript:',
      CORS_ORIGINS: 'https://bank.example/path',
      CARD_VAULT_TOKEN: 'x',
    });
    for (const name of [
      'PORT',
      'LOG_LEVEL',
      'CACHE_URL',
      'MDES_CONSUMER_KEY',
      'MDES_SIGNING_KEY',
      'MDES_ENCRYPTION_CERTIFICATE',
      'MDES_ACCOUNT_RANGES',
      'AUTH_AUDIENCE',
      'AUTH_JWKS_URL',
      'CALLBACK_ALLOWLIST',
      'CORS_ORIGINS',
      'CARD_VAULT_URL',
    ]) {
      expect(found.some((fault) => fault.startsWith(name))).toBe(true);
    }
  });

  it('refuses embedded parts in production, each by name', async () => {
    const production = {
      NODE_ENV: 'production',
      LEDGER_URL: 'memory:',
      ISSUER_ID: 'moon-bank',
      STEP_UP: 'off',
    };
    const found = await configFaults(production);
    expect(found).toHaveLength(3);
    expect(found.join()).toMatch(/simulator.*demo accounts.*demo sign-in/s);
    expect(await configFaults({ ...production, ...AUTH })).toHaveLength(2);
  });

  it('refuses embedded parts where others could reach them', async () => {
    expect(await configFaults({ HOST: '0.0.0.0', PUBLIC_URL: 'https://cards.bank.example' })).toHaveLength(3);
    expect(await configFaults({ HOST: '192.0.2.1' })).toHaveLength(3);
    expect(await configFaults({ HOST: 'localhost' })).toEqual([]);
  });

  it('reads a value from the file that NAME_FILE names, and says when it cannot', async () => {
    const file = join(folder, 'level');
    writeFileSync(file, 'debug\n');
    expect((await readConfig({ LOG_LEVEL_FILE: file })).logLevel).toBe('debug');
    expect(await configFaults({ LOG_LEVEL_FILE: join(folder, 'none') })).toEqual([
      expect.stringMatching(/^LOG_LEVEL_FILE .*ENOENT/),
    ]);
    expect(await configFaults({ LOG_LEVEL_FILE: file, LOG_LEVEL: 'info' })).toEqual([
      expect.stringMatching(/LOG_LEVEL and LOG_LEVEL_FILE/),
    ]);
  });

  it('leaves room in a callback URL for what the gateway adds', async () => {
    const of = (length: number) => `https://cards.bank.example/${'x'.repeat(length - 27)}`;
    const { publicUrl } = await readConfig({ PUBLIC_URL: of(158) });
    expect(callbackUrl(publicUrl ?? '', randomUUID(), 'x'.repeat(22))).toHaveLength(256);
    expect(await configFaults({ PUBLIC_URL: of(159) })).toEqual([
      'PUBLIC_URL takes at most 158 characters: MDES takes 256 for a callback URL.',
    ]);
  });

  it('wants https towards everything that carries secrets', async () => {
    expect(await configFaults({ ...AUTH, AUTH_JWKS_URL: 'http://id.bank.example/jwks' })).toEqual([
      expect.stringMatching(/^AUTH_JWKS_URL must be https/),
    ]);
  });

  it('takes account ranges by commas, one a line, or both, each once', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ranges-')), 'ranges.txt');
    writeFileSync(file, '520474000\r\n520474001,\n\n 520474001 , 5204740020\n');
    const expected = ['5204740000000000000', '5204740010000000000', '5204740020000000000'];
    expect(
      (await readConfig({ MDES_ACCOUNT_RANGES: '520474000,520474001\n520474002' })).accountRanges,
    ).toEqual(expected);
    expect((await readConfig({ MDES_ACCOUNT_RANGES_FILE: file })).accountRanges).toEqual(expected);
  });

  it.each([
    ['LOG_LEVEL', 'silent', 'fatal'],
    ['PUBLIC_URL', 'http://cards.bank.example', 'https://cards.bank.example'],
    ['PUBLIC_URL', 'http://10.0.0.1:4000', 'http://127.0.0.1:4000'],
    [
      'CORS_ORIGINS',
      'https://a.bank.example,http://b.bank.example',
      'https://a.bank.example,http://localhost',
    ],
    ['CACHE_URL', 'redis://:s3cret@redis.bank.example', 'rediss://:s3cret@redis.bank.example'],
    [
      'LEDGER_URL',
      'postgres://u:s3cret@db.bank.example/l',
      'postgres://u:s3cret@db.bank.example/l?sslmode=verify-full',
    ],
    [
      'LEDGER_URL',
      'postgresql://u:s3cret@db.bank.example/l?sslmode=prefer',
      'postgres://u:s3cret@10.0.0.3/l?sslmode=require',
    ],
    ['LEDGER_URL', 'postgres://u:s3cret@localhost/l?host=db.bank.example', 'postgres://u:s3cret@127.0.0.1/l'],
    ['CACHE_URL', 'redis://user:s3cret@10.0.0.2/1', 'redis://redis.bank.example'],
  ] as const)('in production refuses %s=%s, and takes %s', async (name, refused, taken) => {
    const about = async (environment: Readonly<Record<string, string>>) =>
      (await configFaults(environment)).filter((fault) => fault.startsWith(name));
    for (const production of [{ NODE_ENV: 'production' }, { MDES_BASE_URL: 'https://mdes.example' }]) {
      expect(await about({ ...production, [name]: refused })).toHaveLength(1);
      expect((await about({ ...production, [name]: refused })).join()).not.toContain('s3cret');
      expect(await about({ ...production, [name]: taken })).toEqual([]);
    }
    expect(await about({ [name]: refused })).toEqual([]);
  });

  it('never prints a password', async () => {
    const config = await readConfig({ CACHE_URL: 'redis://:pass-word@127.0.0.1:6379' });
    expect(JSON.stringify(config)).not.toContain('pass-word');
    expect((await configFaults({ CACHE_URL: 'rubbish-pass-word' })).join()).not.toContain('pass-word');
  });

  describe('of the ledger', () => {
    const KEY = Buffer.alloc(32, 7).toString('base64');
    const OTHER = Buffer.alloc(32, 8).toString('base64');
    const LEDGER_URL = 'postgres://user:pass-word@127.0.0.1/ledger';
    const PRODUCTION = { NODE_ENV: 'production' };

    it('is memory unless a database is named, whatever the cache stands on', async () => {
      expect((await readConfig({ CACHE_URL: 'redis://127.0.0.1:1' })).ledger).toEqual({
        url: null,
        tls: { ca: null, identity: null },
        issuer: 'issuer',
        keys: null,
      });
      const { ledger } = await readConfig({
        LEDGER_URL,
        LEDGER_KEYS: `${KEY}, ${OTHER}`,
        ISSUER_ID: 'moon-bank',
      });
      expect(ledger.url?.reveal()).toBe(LEDGER_URL);
      expect(ledger.issuer).toBe('moon-bank');
      expect(ledger.keys?.map((key) => key.reveal().toString('base64'))).toEqual([KEY, OTHER]);
      expect(JSON.stringify(ledger)).not.toMatch(/pass-word|BwcH/);
    });

    it.each<[string, Readonly<Record<string, string>>, RegExp]>([
      [
        'a typo in the URL',
        { LEDGER_URL: 'postgre://:pass-word@x/y' },
        /^LEDGER_URL must be memory:, or postgres:/,
      ],
      ['no URL', { LEDGER_URL: 'rubbish-pass-word' }, /^LEDGER_URL must be memory:/],
      ['no database', { LEDGER_URL: 'postgres://:pass-word@x' }, /^LEDGER_URL must be memory:/],
      [
        'a Redis',
        { LEDGER_URL: 'rediss://:pass-word@x:1/2' },
        /^LEDGER_URL is a Redis.*Set it to postgres:\/\//,
      ],
      ['no key', { LEDGER_URL }, /^LEDGER_KEYS is missing: .*openssl rand -base64 32/],
      ['31 bytes', { LEDGER_KEYS: Buffer.alloc(31).toString('base64') }, /^LEDGER_KEYS has 31 bytes, not 32/],
      ['no base64', { LEDGER_KEYS: `${KEY},pass-word!` }, /^Key 2 of LEDGER_KEYS is not base64/],
      ['one key twice', { LEDGER_KEYS: `${KEY},${KEY}` }, /^LEDGER_KEYS names a key twice/],
      ['a strange issuer', { ISSUER_ID: 'moon bank' }, /^ISSUER_ID takes/],
      ['production without a ledger', PRODUCTION, /^LEDGER_URL is missing: .*memory: by name/],
      ['production without a name', PRODUCTION, /^ISSUER_ID is missing/],
    ])('has the fault: %s', async (_, environment, fault) => {
      const base = { LEDGER_KEYS: 'LEDGER_URL' in environment ? KEY : '' };
      const found = await configFaults(
        fault.source.includes('LEDGER_KEYS is missing') ? environment : { ...base, ...environment },
      );
      expect(found.filter((one) => fault.test(one))).toHaveLength(1);
      expect(found.join()).not.toContain('pass-word');
    });

    it('may be memory in production when it is asked for by name', async () => {
      const found = await configFaults({ ...PRODUCTION, LEDGER_URL: 'memory:', ISSUER_ID: 'moon-bank' });
      expect(found.filter((one) => /LEDGER|ISSUER_ID/.test(one))).toEqual([]);
    });
  });

  it('takes an empty file or a key of nothing for a fault, never for a part to embed', async () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, ' \n');
    const base = { NODE_ENV: 'production', MDES_BASE_URL: 'https://sandbox.api.mastercard.com/mdes' };
    expect((await configFaults({ ...base, MDES_SIGNING_KEY_FILE: empty })).join()).toMatch(
      /MDES_SIGNING_KEY_FILE names an empty file/,
    );
    expect(
      (await configFaults({ ...base, MDES_SIGNING_KEY: '!!', MDES_ENCRYPTION_CERTIFICATE: '!!' })).join(),
    ).toMatch(/MDES_SIGNING_KEY: .*MDES_ENCRYPTION_CERTIFICATE: /s);
    expect((await configFaults({ ...base, MDES_SIGNING_KEY: '  ' })).join()).toMatch(
      /MDES_SIGNING_KEY is missing/,
    );
  });

  it('tells everything that a real MDES needs at once', async () => {
    const found = (await configFaults({ MDES_BASE_URL: 'https://sandbox.api.mastercard.com/mdes' })).join(
      '\n',
    );
    for (const what of [
      'MDES_CONSUMER_KEY',
      'MDES_SIGNING_KEY',
      'demo accounts',
      'demo sign-in',
      'MDES_ACCOUNT_RANGES',
    ]) {
      expect(found).toContain(what);
    }
  });

  it('does not ignore a key that has no MDES to go with', async () => {
    expect(await configFaults({ MDES_CONSUMER_KEY: 'x' })).toEqual([
      expect.stringMatching(/^MDES_BASE_URL is missing/),
    ]);
    expect(await configFaults({ MDES_CIPHER_MODE: 'ECB' })).toEqual([
      expect.stringMatching(/^MDES_CIPHER_MODE must be/),
    ]);
  });

  it('takes hosts, URLs and origins as people write them', async () => {
    expect((await readConfig({ HOST: '[::1]' })).host).toBe('::1');
    expect(await configFaults({ PUBLIC_URL: 'https://cards.bank.example/?a=1' })).toEqual([
      expect.stringMatching(/^PUBLIC_URL/),
    ]);
    expect(
      (await readConfig({ ...AUTH, AUTH_JWKS_URL: 'https://id.bank.example/keys/?v=1' })).auth?.jwksUrl,
    ).toBe('https://id.bank.example/keys/?v=1');
    expect(await configFaults({ CACHE_URL: 'redis://localhost/abc' })).toEqual([
      expect.stringMatching(/^CACHE_URL/),
    ]);
    expect((await readConfig({ CORS_ORIGINS: 'capacitor://localhost' })).corsOrigins).toEqual([
      'capacitor://localhost',
    ]);
  });

  it('reads durations, and wants the soft age below the hard one', async () => {
    const config = await readConfig({ CATALOGUE_SOFT_TTL: '90s', CATALOGUE_HARD_TTL: '2d' });
    expect([config.catalogueSoftTtl, config.catalogueHardTtl]).toEqual([90_000, 172_800_000]);
    expect(await configFaults({ CATALOGUE_SOFT_TTL: '12' })).toEqual([
      expect.stringMatching(/^CATALOGUE_SOFT_TTL must be a duration/),
    ]);
    expect(await configFaults({ CATALOGUE_SOFT_TTL: '31d' })).toEqual([
      expect.stringMatching(/must not be longer/),
    ]);
  });
});
