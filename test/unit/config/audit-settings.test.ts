/** Where audit lines go, and the keys that chain them. */
import { describe, expect, it } from '@jest/globals';
import { readAuditKeys, readAuditSettings } from '../../../src/config/audit-settings.js';
import { readEnvironment } from '../../../src/config/env.js';
import { SettingReader } from '../../../src/config/setting-reader.js';

const KEY = Buffer.alloc(32, 1).toString('base64');
const OTHER = Buffer.alloc(32, 2).toString('base64');
const PRODUCTION = { NODE_ENV: 'production' };

function read(environment: Readonly<Record<string, string>>) {
  const reader = new SettingReader(readEnvironment(environment));
  return { ...readAuditSettings(reader), faults: reader.faults };
}

describe('AUDIT_LOG', () => {
  it('is off unless it is set, and stdout in production', () => {
    expect(read({})).toMatchObject({ target: null, faults: [] });
    expect(read(PRODUCTION)).toMatchObject({ target: { kind: 'STDOUT' }, faults: [] });
    const real = { MDES_BASE_URL: 'https://sandbox.api.mastercard.com/mdes' };
    expect(read(real)).toMatchObject({ target: { kind: 'STDOUT' } });
  });

  it.each([
    ['off', null],
    ['stdout', { kind: 'STDOUT' }],
    ['file:/var/log/audit.log', { kind: 'FILE', path: '/var/log/audit.log' }],
    ['file:///var/log/audit.log', { kind: 'FILE', path: '/var/log/audit.log' }],
    ['syslog://127.0.0.1', { kind: 'SYSLOG', host: '127.0.0.1', port: 514 }],
    ['syslog://[::1]:5514', { kind: 'SYSLOG', host: '::1', port: 5514 }],
    ['syslog://localhost:5514', { kind: 'SYSLOG', host: 'localhost', port: 5514 }],
  ])('takes %s', (AUDIT_LOG, target) => {
    expect(read({ AUDIT_LOG })).toMatchObject({ target, faults: [] });
  });

  it.each([
    ['off', PRODUCTION, /^AUDIT_LOG is off: in production .* cannot be switched off/],
    ['file:audit.log', {}, /^AUDIT_LOG must name a file by its whole path/],
    ['file:', {}, /^AUDIT_LOG must name a file/],
    ['syslog://10.0.0.7:514', {}, /^AUDIT_LOG names a syslog on another machine/],
    ['syslog:', {}, /^AUDIT_LOG must be stdout, file:\/path, syslog/],
    ['syslog://127.0.0.1/x', {}, /^AUDIT_LOG must be/],
    ['/var/log/audit.log', {}, /^AUDIT_LOG must be/],
    ['none', {}, /^AUDIT_LOG must be/],
  ])('does not take %s', (AUDIT_LOG, more, fault) => {
    expect(read({ ...more, AUDIT_LOG }).faults).toEqual([expect.stringMatching(fault)]);
  });
});

describe('the keys of the audit trail', () => {
  it('are AUDIT_KEYS, else LEDGER_KEYS, else none', () => {
    const keysOf = (environment: Readonly<Record<string, string>>) =>
      read(environment).keys.map((key) => key.reveal().toString('base64'));
    expect(keysOf({ AUDIT_KEYS: `${KEY},${OTHER}` })).toEqual([KEY, OTHER]);
    expect(keysOf({ AUDIT_KEYS: KEY, LEDGER_KEYS: OTHER })).toEqual([KEY]);
    expect(keysOf({ LEDGER_KEYS: OTHER })).toEqual([OTHER]);
    expect(keysOf({})).toEqual([]);
    expect(read({ AUDIT_KEYS: 'c2hvcnQ=' }).faults).toEqual([
      'AUDIT_KEYS has 5 bytes, not 32. Make one with openssl rand -base64 32.',
    ]);
  });

  it('are all that an auditor needs of the configuration', () => {
    const { keys, faults } = readAuditKeys({ ...PRODUCTION, AUDIT_KEYS: KEY, LEDGER_KEYS: OTHER, PORT: 'x' });
    expect([keys.length, faults]).toEqual([2, []]);
    expect(readAuditKeys({ AUDIT_KEYS: 'x y' }).faults).toHaveLength(1);
    expect(readAuditKeys({ AUDIT_KEYS_FILE: '/nowhere', MDES_SIGNING_KEY_FILE: '/nowhere' }).faults).toEqual([
      expect.stringMatching(/^AUDIT_KEYS_FILE names a file that cannot be read/),
    ]);
  });
});

describe('what the trail tells of the configuration', () => {
  it('names the settings, never a value, and differs as soon as one of them does', () => {
    const settings = { AUDIT_KEYS: KEY, CARD_VAULT_TOKEN: 'a-secret', LOG_LEVEL: 'info' };
    const { configuration } = read(settings);
    expect(configuration.settings).toEqual(['AUDIT_KEYS', 'CARD_VAULT_TOKEN', 'LOG_LEVEL']);
    expect(JSON.stringify(configuration)).not.toContain('a-secret');
    expect(read(settings).configuration).toEqual(configuration);
    const changed = read({ ...settings, LOG_LEVEL: 'warn' }).configuration;
    expect(changed.fingerprint).not.toBe(configuration.fingerprint);
    expect(read({}).configuration.fingerprint).toBeNull();
  });
});
