/** Names that look like settings and are none, and values that a shell would have taken the quotes off. */
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfig } from '../../../src/config/config.js';
import { unknownSettings } from '../../../src/config/rules/unknown-settings.js';
import { SETTINGS } from '../../../src/config/settings.js';

describe('a name that is no setting', () => {
  it.each([
    ['MDES_CIPHERMODE', 'MDES_CIPHER_MODE'],
    ['LEDGER_URI', 'LEDGER_URL'],
    ['MDES_CONSUMERKEY', 'MDES_CONSUMER_KEY'],
    ['MDES_SIGNING_KEYS', 'MDES_SIGNING_KEY'],
    ['MDES_KEY_SIGNING', 'MDES_SIGNING_KEY'],
    ['MDES_SIGNING_KEY_FLIE', 'MDES_SIGNING_KEY_FILE'],
    ['AUTH_AUDIENCES', 'AUTH_AUDIENCE'],
    ['AUTH_JWKS_URI', 'AUTH_JWKS_URL'],
    ['CACHE_URLS', 'CACHE_URL'],
    ['CARD_VAULT_TOKE', 'CARD_VAULT_TOKEN'],
    ['CALLBACK_ALLOW_LIST', 'CALLBACK_ALLOWLIST'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['RATE_LIMIT_S', 'RATE_LIMITS'],
    ['AUDIT_KEY', 'AUDIT_KEYS'],
    ['STEP_UP_MAXAGE', 'STEP_UP_MAX_AGE'],
  ])('%s is said to be %s', (name, meant) => {
    expect(unknownSettings({ [name]: 'x' })).toEqual([`${name} is no setting. Did you mean ${meant}?`]);
  });

  it('without one like it is told to go', () => {
    expect(unknownSettings({ MDES_SOMETHING_ELSE_ENTIRELY: 'x' })).toEqual([
      'MDES_SOMETHING_ELSE_ENTIRELY is no setting. Take it out; docs/operating.md lists those that there are.',
    ]);
  });

  it('is none of ours, of Kubernetes, or empty', () => {
    const harmless = {
      ...Object.fromEntries(SETTINGS.flatMap((name) => [name, `${name}_FILE`]).map((name) => [name, 'x'])),
      PATH: 'x',
      HOSTNAME: 'x',
      LOG_LEVELS: 'x',
      mdes_base_url: 'x',
      LEDGER_SERVICE_HOST: '10.0.0.1',
      LEDGER_SERVICE_PORT: '5432',
      LEDGER_SERVICE_PORT_POSTGRES: '5432',
      LEDGER_PORT: 'tcp://10.0.0.1:5432',
      CACHE_PORT_6379_TCP: 'tcp://10.0.0.1:6379',
      CACHE_PORT_6379_TCP_ADDR: '10.0.0.1',
      MDES_NOTHING: ' ',
    };
    expect(unknownSettings(harmless)).toEqual([]);
  });

  it('is a fault among the others, and tells no value', async () => {
    try {
      await readConfig({ MDES_CIPHERMODE: 's3cret', PORT: 'x' });
      throw new Error('it was taken');
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as Error).message).toContain(
        'MDES_CIPHERMODE is no setting. Did you mean MDES_CIPHER_MODE?',
      );
      expect((error as ConfigurationError).faults).toHaveLength(2);
      expect((error as Error).message).not.toContain('s3cret');
    }
  });
});

describe('a value in quotes', () => {
  const faults = async (environment: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    try {
      await readConfig(environment);
      return [];
    } catch (error) {
      return (error as ConfigurationError).faults;
    }
  };

  it.each(['"4000"', "'4000'", ' "4000" ', '""'])('%p is a fault that says so', async (value) => {
    expect(await faults({ PORT: value })).toEqual([
      expect.stringMatching(/^PORT begins and ends with a quotation mark/),
    ]);
  });

  it.each(['{"50130000001":{"IOS":{"sdk":"Kit"}}}'])('but %p is JSON', async (value) => {
    expect(await faults({ HAND_OFF_PROFILES: value })).toEqual([]);
  });
});
