/** What leads out of the gateway: http by name, a proxy, authorities and certificates for each destination, the ways to a Redis. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config/config.js';
import { parseRedisUrl } from '../../../src/domain/network/redis-address.js';
import { A_DAY_MS, certify } from '../../faults/support/mdes/certificates.js';
import { configFaults } from '../../support/config-faults.js';

type Environment = Readonly<Record<string, string>>;

const STORE = { CARD_VAULT_TOKEN: 'x', MDES_ACCOUNT_RANGES: '541333900' };
const FAR = { ...STORE, CARD_VAULT_URL: 'https://cards.bank.example' };
const { key, cert } = certify({ host: 'gateway', endsInMs: A_DAY_MS });
const other = certify({ host: 'other', endsInMs: A_DAY_MS });

describe('PLAIN_HTTP_HOSTS', () => {
  const mesh = { ...STORE, CARD_VAULT_URL: 'http://cards.mesh.local:8080' };

  it('lets a host be reached by http, and none beside or below it', async () => {
    expect(
      (await readConfig({ ...mesh, PLAIN_HTTP_HOSTS: 'keys.local, Cards.mesh.local' })).cardStore?.url,
    ).toBe('http://cards.mesh.local:8080');
    for (const hosts of ['mesh.local', 'x.cards.mesh.local']) {
      expect(await configFaults({ ...mesh, PLAIN_HTTP_HOSTS: hosts })).toEqual([
        expect.stringContaining('CARD_VAULT_URL must be https://'),
      ]);
    }
  });

  it.each(['http://cards.local', 'cards.local:8080', '*.local'])(
    'takes hosts alone: not %s',
    async (entry) => {
      expect(await configFaults({ PLAIN_HTTP_HOSTS: entry })).toEqual([
        expect.stringContaining('PLAIN_HTTP_HOSTS must list hosts'),
      ]);
    },
  );
});

describe('HTTPS_PROXY', () => {
  it('is read in small letters too, with NO_PROXY, and is never printed', async () => {
    const environment = { ...FAR, https_proxy: 'u:pass-word@proxy:3128', NO_PROXY: 'a.example, .b.example' };
    const { cardStore } = await readConfig(environment);
    expect(cardStore?.outward?.proxy?.url.reveal()).toBe('http://u:pass-word@proxy:3128');
    expect(cardStore?.outward?.proxy?.except).toEqual(['a.example', '.b.example']);
    expect(JSON.stringify(cardStore)).not.toContain('pass-word');
  });

  it.each<[string, Environment]>([
    ['HTTPS_PROXY must be a URL', { HTTPS_PROXY: 'socks5://pass-word@proxy' }],
    ['HTTPS_PROXY and https_proxy are set, and differ', { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }],
  ])('is refused: %s', async (sentence, environment) => {
    const found = await configFaults(environment);
    expect(found).toEqual([expect.stringContaining(sentence)]);
    expect(found.join()).not.toContain('pass-word');
  });
});

describe('the TLS settings of a destination', () => {
  it('take key and certificate apart or in one file, of RSA and of EC, encrypted or not', async () => {
    const pem = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'pass-word' } as const;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const apart = { CARD_VAULT_TLS_CA: cert, CARD_VAULT_TLS_CERTIFICATE: cert, CARD_VAULT_TLS_KEY: key };
    for (const settings of [apart, { CARD_VAULT_TLS_KEY: key + cert }]) {
      const { cardStore } = await readConfig({ ...FAR, ...settings });
      expect(cardStore?.outward?.tls.identity?.certificate.trim()).toBe(cert.replaceAll('\r', '').trim());
      expect(JSON.stringify(cardStore)).not.toContain('PRIVATE');
    }
    // Opened, and then found to be of another pair.
    for (const text of [privateKey.export({ type: 'sec1', format: 'pem' }), privateKey.export(pem)].map(
      String,
    )) {
      expect(
        await configFaults({
          ...FAR,
          ...apart,
          CARD_VAULT_TLS_KEY: text,
          CARD_VAULT_TLS_KEY_PASSWORD: 'pass-word',
        }),
      ).toEqual(['CARD_VAULT_TLS_KEY: no certificate belongs to it: give key and certificate of one pair.']);
    }
  });

  it.each<[string, Environment]>([
    ['CARD_VAULT_TLS_KEY is missing', { ...FAR, CARD_VAULT_TLS_CERTIFICATE: cert }],
    ['CARD_VAULT_TLS_KEY: it has no certificate', { ...FAR, CARD_VAULT_TLS_KEY: key }],
    [
      'CARD_VAULT_TLS_KEY: no certificate belongs to it',
      { ...FAR, CARD_VAULT_TLS_CERTIFICATE: other.cert, CARD_VAULT_TLS_KEY: key },
    ],
    ['CARD_VAULT_TLS_CA: it holds no certificate', { ...FAR, CARD_VAULT_TLS_CA: key }],
    ['CACHE_TLS_CA is set without CACHE_URL', { CACHE_TLS_CA: cert }],
    [
      'LEDGER_URL and LEDGER_URL_FILE are both set',
      { LEDGER_URL: 'postgres://localhost/l', LEDGER_URL_FILE: '/run/l', LEDGER_TLS_CA: cert },
    ],
    ['CACHE_URL is not encrypted', { CACHE_URL: 'redis://localhost', CACHE_TLS_CA: cert }],
    ['CARD_VAULT_TLS_KEY_PASSWORD is set without', { ...FAR, CARD_VAULT_TLS_KEY_PASSWORD: 'x' }],
    [
      'LEDGER_URL has ssl parameters beside the LEDGER_TLS_ settings',
      {
        LEDGER_KEYS: Buffer.alloc(32, 7).toString('base64'),
        LEDGER_URL: 'postgres://localhost/l?sslmode=require',
        LEDGER_TLS_CA: cert,
      },
    ],
  ])('are refused: %s', async (sentence, environment) => {
    expect(await configFaults(environment)).toEqual([expect.stringContaining(sentence)]);
  });
});

describe('CACHE_URL', () => {
  it.each([
    ['redis://h', 'SERVER', 'h:6379', 0, ''],
    ['rediss://u:p%40@h:1/3', 'SERVER', 'h:1', 3, ''],
    ['redis+sentinel://a,b:2,[::1]:3/cards/4', 'SENTINEL', 'a:26379 b:2 ::1:3', 4, 'cards'],
    ['rediss+cluster://u:p@a:1,b:2', 'CLUSTER', 'a:1 b:2', 0, ''],
  ])('%s leads to a %s', async (url, kind, hosts, database, primary) => {
    expect(await configFaults({ CACHE_URL: url })).toEqual([]);
    const address = parseRedisUrl(url);
    expect(address).toMatchObject({ kind, database, primary });
    expect(address?.hosts.map(({ host, port }) => `${host}:${port}`).join(' ')).toBe(hosts);
  });

  it.each([
    'redis://a,b',
    'redis://pass-word@',
    'redis+sentinel://a',
    'redis+sentinel://:pass-word@a/',
    'redis+cluster://a/3',
    'redis+cluster://a,,b',
    'redis+sentinels://a/b',
    'redis+cluster://a:99999',
  ])('%s is none', async (url) => {
    const found = await configFaults({ CACHE_URL: url });
    expect(found).toEqual([expect.stringContaining('CACHE_URL must be memory:, or redis://host:port')]);
    expect(found.join()).not.toContain('pass-word');
  });

  it('with several hosts is refused for what nobody reads, like any other', async () => {
    expect(await configFaults({ CACHE_URL: 'redis+sentinel://a,b/cards?db=2' })).toEqual([
      expect.stringContaining('CACHE_URL has a parameter that nobody reads (db)'),
    ]);
    expect(await configFaults({ CACHE_URL: 'redis+sentinel://u:5%@a,b/cards' })).toEqual([
      expect.stringContaining('CACHE_URL has a % that encodes nothing'),
    ]);
  });
});
