/** The settings of limits: what they take, what they are without, and what is a fault. */
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config/config.js';
import { readEnvironment } from '../../../src/config/env.js';
import { readLimitSettings } from '../../../src/config/limit-settings.js';
import { SettingReader } from '../../../src/config/setting-reader.js';
import { configFaults } from '../../support/config-faults.js';

type Environment = Readonly<Record<string, string>>;

const limits = async (environment: Environment) => (await readConfig(environment)).limits;

describe('the settings of limits', () => {
  it('are off on a developer’s machine', async () => {
    expect(await limits({})).toEqual({
      requests: [],
      pushes: [],
      pushesWithoutCache: 'count-alone',
      trustedProxies: [],
    });
  });

  it('are a list of counts, times and dimensions', async () => {
    expect(
      (await limits({ PUSH_LIMITS: '20/h per account-holder, 3/10m per account,100/2d per token-requestor' }))
        .pushes,
    ).toEqual([
      { dimension: 'account-holder', count: 20, seconds: 3600 },
      { dimension: 'account', count: 3, seconds: 600 },
      { dimension: 'token-requestor', count: 100, seconds: 172_800 },
    ]);
    expect(await limits({ RATE_LIMITS: 'off', PUSH_LIMITS: 'off' })).toMatchObject({
      requests: [],
      pushes: [],
    });
  });

  it.each([
    '20',
    '0/h per account',
    '20/0h per account',
    '20/h per card',
    '20/h',
    '20/y per account',
    '20/8d per account',
    '-1/h per account',
    '1.5/h per account',
    '20/h per account off',
    'none',
    '20/h per account;3/h per client',
  ])('refuse “%s”, and say what they take', async (text) => {
    expect(await configFaults({ PUSH_LIMITS: text })).toEqual([
      expect.stringMatching(/^PUSH_LIMITS must be off, or limits like 20\/h per account-holder/),
    ]);
  });

  it('count requests by account holder, client and address only', async () => {
    for (const dimension of ['account', 'token-requestor']) {
      expect(await configFaults({ RATE_LIMITS: `5/m per ${dimension}` })).toHaveLength(1);
    }
  });

  it.each<Environment>([
    { NODE_ENV: 'production' },
    { MDES_BASE_URL: 'https://sandbox.api.mastercard.com/mdes' },
  ])('have defaults in production, unless they are off by name: %j', (production) => {
    const read = (more: Environment) =>
      readLimitSettings(new SettingReader(readEnvironment({ ...production, ...more })));
    expect(read({})).toMatchObject({
      requests: [
        { dimension: 'account-holder', count: 600, seconds: 60 },
        { dimension: 'client', count: 60_000, seconds: 60 },
        { dimension: 'address', count: 6000, seconds: 60 },
      ],
      pushes: [
        { dimension: 'account-holder', count: 20, seconds: 3600 },
        { dimension: 'account', count: 10, seconds: 3600 },
      ],
    });
    expect(read({ RATE_LIMITS: 'off', PUSH_LIMITS: 'off' })).toMatchObject({ requests: [], pushes: [] });
  });

  it('take proxies by address and network, never all of them', async () => {
    const list = ['10.0.0.7', '10.1.0.0/16', '::1', 'fd00::/8'];
    expect((await limits({ TRUSTED_PROXIES: list.join(', ') })).trustedProxies).toEqual(list);
    for (const bad of [
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/33',
      'proxy.bank.example',
      '10.0.0',
      '*',
      '10.0.0.1/',
    ]) {
      expect(await configFaults({ TRUSTED_PROXIES: bad })).toEqual([
        expect.stringMatching(/^TRUSTED_PROXIES must list/),
      ]);
    }
  });

  it('say what holds without Redis', async () => {
    expect((await limits({ PUSH_LIMITS_WITHOUT_CACHE: 'refuse' })).pushesWithoutCache).toBe('refuse');
    expect(await configFaults({ PUSH_LIMITS_WITHOUT_CACHE: 'allow' })).toHaveLength(1);
  });
});
