/** The settings of scopes and of the sign-in that a push needs: what they take, what they are without, and what is a fault. */
import { describe, expect, it } from '@jest/globals';
import { type AccessSettings, readAccessSettings } from '../../../src/config/access-settings.js';
import { readEnvironment } from '../../../src/config/env.js';
import { SettingReader } from '../../../src/config/setting-reader.js';

type Environment = Readonly<Record<string, string>>;

const OWN = { AUTH_ISSUER: 'https://id.bank.example' };
const PRODUCTION = { ...OWN, NODE_ENV: 'production' };

function read(environment: Environment): { access: AccessSettings; faults: readonly string[] } {
  const reader = new SettingReader(readEnvironment(environment));
  return { access: readAccessSettings(reader), faults: reader.faults };
}
const access = (environment: Environment) => {
  const { access: it, faults } = read(environment);
  expect(faults).toEqual([]);
  return it;
};

describe('scopes', () => {
  it.each<[string, Environment, boolean]>([
    ['on in production', { ...PRODUCTION, STEP_UP: 'off' }, true],
    ['on with a real MDES', { ...OWN, MDES_BASE_URL: 'https://mdes.example', STEP_UP: 'off' }, true],
    ['on with the demo sign-in', {}, true],
    ["off while a bank's own sign-in is tried", OWN, false],
    ['on where it is said where they are', { ...OWN, AUTH_SCOPE_CLAIMS: 'permissions' }, true],
    ['on where it is said what they are called', { ...OWN, AUTH_SCOPE_MAP: 'push:write=x' }, true],
    ['off by name all the same', { ...OWN, AUTH_SCOPE_MAP: 'push:write=x', AUTH_SCOPES: 'off' }, false],
    ['on by name', { ...OWN, AUTH_SCOPES: 'on' }, true],
    ['off by name, in production too', { ...PRODUCTION, STEP_UP: 'off', AUTH_SCOPES: 'off' }, false],
  ])('are %s', (_, environment, areOn) => {
    expect(access(environment).scopes !== null).toBe(areOn);
  });

  it('are found in scope and scp, under our names, unless told otherwise', () => {
    expect(access({}).scopes).toEqual({
      claims: ['scope', 'scp'],
      names: {
        'token-requestors:read': ['token-requestors:read'],
        'assets:read': ['assets:read'],
        'accounts:read': ['accounts:read'],
        'push:read': ['push:read'],
        'push:write': ['push:write'],
      },
    });
    const { scopes } = access({
      ...OWN,
      AUTH_SCOPES: 'on',
      AUTH_SCOPE_CLAIMS: 'permissions, realm_access.roles https://bank.example/roles',
      AUTH_SCOPE_MAP:
        'push:write=bank.cards.push a=b, push:write=admin,\npush:read = https://bank.example/push',
    });
    expect(scopes?.claims).toEqual(['permissions', 'realm_access.roles', 'https://bank.example/roles']);
    expect(scopes?.names).toMatchObject({
      'push:write': ['bank.cards.push', 'a=b', 'admin'],
      'push:read': ['https://bank.example/push'],
      'accounts:read': ['accounts:read'],
    });
  });

  it.each(['push:write', 'push:write=', '=x', 'push:admin=x', 'PUSH:WRITE=x', 'push:write=a"b', 'x'])(
    'have the fault %j in their map',
    (AUTH_SCOPE_MAP) => {
      expect(read({ AUTH_SCOPE_MAP }).faults).toEqual([
        expect.stringMatching(/^AUTH_SCOPE_MAP must list .*push:write=bank\.cards\.push; ours are token-req/),
      ]);
    },
  );

  it('have to be where the demo sign-in writes them', () => {
    expect(read({ AUTH_SCOPE_CLAIMS: 'permissions' }).faults).toEqual([
      expect.stringMatching(/^AUTH_SCOPE_CLAIMS must name scope/),
    ]);
  });
});

describe('the sign-in that a push needs', () => {
  it.each<[string, Environment, AccessSettings['stepUp']]>([
    ['as the demo has it', {}, { acrValues: ['urn:openbanking:psd2:sca'], maxAgeSeconds: 3600 }],
    [
      'of the demo, and younger',
      { STEP_UP_MAX_AGE: '30s' },
      { acrValues: ['urn:openbanking:psd2:sca'], maxAgeSeconds: 30 },
    ],
    ['any, where the demo says so', { STEP_UP: 'off' }, null],
    ["any, while a bank's own sign-in is tried", OWN, null],
    ['strong', { ...OWN, STEP_UP_ACR: 'a, b\nc' }, { acrValues: ['a', 'b', 'c'], maxAgeSeconds: null }],
    ['fresh', { ...OWN, STEP_UP_MAX_AGE: '300' }, { acrValues: null, maxAgeSeconds: 300 }],
    [
      'both',
      { ...PRODUCTION, STEP_UP_ACR: 'a', STEP_UP_MAX_AGE: '5m' },
      { acrValues: ['a'], maxAgeSeconds: 300 },
    ],
    ['any, by name in production', { ...PRODUCTION, STEP_UP: 'off', STEP_UP_ACR: 'a' }, null],
  ])('is %s', (_, environment, expected) => {
    expect(access(environment).stepUp).toEqual(expected);
  });

  it.each<[Environment, readonly string[]]>([
    [PRODUCTION, ['STEP_UP_ACR', 'STEP_UP_MAX_AGE']],
    [{ NODE_ENV: 'production' }, ['STEP_UP_ACR', 'STEP_UP_MAX_AGE']],
    [{ ...OWN, MDES_BASE_URL: 'https://mdes.example' }, ['STEP_UP_ACR', 'STEP_UP_MAX_AGE']],
    [{ ...PRODUCTION, STEP_UP: 'on', STEP_UP_ACR: 'a' }, ['STEP_UP_MAX_AGE']],
    [{ ...OWN, STEP_UP: 'on', STEP_UP_MAX_AGE: '1' }, ['STEP_UP_ACR']],
  ])('has to be said: %j', (environment, names) => {
    expect(read(environment).faults).toEqual(
      names.map((name) => expect.stringMatching(new RegExp(`^${name} is missing: .*STEP_UP=off`))),
    );
  });

  it.each<[Environment, RegExp]>([
    [{ STEP_UP_ACR: 'a"b' }, /^STEP_UP_ACR must list acr values/],
    [{ STEP_UP_ACR: 'sür' }, /^STEP_UP_ACR must list acr values/],
    [{ STEP_UP_ACR: ',' }, /^STEP_UP_ACR must list acr values/],
    [{ STEP_UP_MAX_AGE: '0' }, /^STEP_UP_MAX_AGE must be a duration/],
    [{ STEP_UP_MAX_AGE: '-1' }, /^STEP_UP_MAX_AGE must be a duration/],
    [{ STEP_UP_MAX_AGE: '0s' }, /^STEP_UP_MAX_AGE must be a duration/],
    [{ STEP_UP_MAX_AGE: '1.5' }, /^STEP_UP_MAX_AGE must be a duration/],
    [{ STEP_UP_MAX_AGE: 'never' }, /^STEP_UP_MAX_AGE must be a duration/],
    [{ STEP_UP: 'no' }, /^STEP_UP must be one of on, off/],
    [{ AUTH_SCOPES: 'yes' }, /^AUTH_SCOPES must be one of on, off/],
  ])('has the fault %j', (environment, fault) => {
    expect(read(environment).faults).toEqual([expect.stringMatching(fault)]);
  });
});
