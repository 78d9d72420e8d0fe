/** The rules of access tokens, as they are configured: what is read, and which settings ask for others. */
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfig } from '../../../src/config/config.js';

const AUTH = {
  AUTH_ISSUER: 'https://id.bank.example',
  AUTH_AUDIENCE: 'cards',
  AUTH_JWKS_URL: 'https://id.bank.example/jwks',
};

async function faults(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  try {
    await readConfig({ ...AUTH, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

describe('the rules of access tokens', () => {
  it('have defaults that take what real sign-ins send', async () => {
    const { auth, tokens } = await readConfig(AUTH);
    expect(auth).toEqual({
      issuer: 'https://id.bank.example',
      audiences: ['cards'],
      outward: { proxy: null, tls: { ca: null, identity: null } },
      withoutAudience: false,
      jwksUrl: 'https://id.bank.example/jwks',
    });
    expect(tokens).toEqual({
      types: ['at+jwt', 'jwt', 'none'],
      maxAgeSeconds: 86_400,
      clients: null,
      certificateHeader: null,
    });
  });

  it('are read from lists, in the form in which they are compared', async () => {
    const { auth, tokens } = await readConfig({
      ...AUTH,
      AUTH_AUDIENCE: 'cards, none, https://cards.bank.example',
      AUTH_CLIENTS: 'app-1,app-2',
      AUTH_TOKEN_TYPES: 'application/AT+JWT',
      AUTH_MAX_TOKEN_AGE: '1h',
      AUTH_CLIENT_CERT_HEADER: 'Client-Cert',
      TRUSTED_PROXIES: '10.0.0.0/8',
    });
    expect(auth).toMatchObject({ audiences: ['cards', 'https://cards.bank.example'], withoutAudience: true });
    expect(tokens).toEqual({
      types: ['at+jwt'],
      maxAgeSeconds: 3600,
      clients: ['app-1', 'app-2'],
      certificateHeader: 'client-cert',
    });
  });

  it.each([
    ['AUTH_CLIENTS is missing', { AUTH_AUDIENCE: 'none' }],
    ['AUTH_AUDIENCE must list', { AUTH_AUDIENCE: ',' }],
    ['AUTH_CLIENTS must list', { AUTH_CLIENTS: ',' }],
    ['AUTH_TOKEN_TYPES must list', { AUTH_TOKEN_TYPES: ',' }],
    ['AUTH_TOKEN_TYPES must list', { AUTH_TOKEN_TYPES: 'at+jwt, Logout+JWT' }],
    ['AUTH_TOKEN_TYPES must list', { AUTH_TOKEN_TYPES: 'application/dpop+jwt' }],
    ['AUTH_TOKEN_TYPES must list', { AUTH_TOKEN_TYPES: 'at jwt' }],
    ['AUTH_MAX_TOKEN_AGE must be 30d at most', { AUTH_MAX_TOKEN_AGE: '31d' }],
    ['AUTH_MAX_TOKEN_AGE must be a duration', { AUTH_MAX_TOKEN_AGE: 'forever' }],
    ['TRUSTED_PROXIES is missing', { AUTH_CLIENT_CERT_HEADER: 'Client-Cert' }],
    [
      'AUTH_CLIENT_CERT_HEADER must be the name',
      { AUTH_CLIENT_CERT_HEADER: 'Client Cert', TRUSTED_PROXIES: '10.0.0.1' },
    ],
    [
      'AUTH_CLIENT_CERT_HEADER must be the name',
      { AUTH_CLIENT_CERT_HEADER: 'Authorization', TRUSTED_PROXIES: '10.0.0.1' },
    ],
  ])('say "%s" of %j, and nothing else', async (says, environment) => {
    expect(await faults(environment)).toEqual([expect.stringContaining(says)]);
  });

  it('leave room for the tokens of the demo sign-in', async () => {
    const faultsOfDemo = async (environment: Readonly<Record<string, string>>) => {
      try {
        await readConfig(environment);
        return [];
      } catch (error) {
        return error instanceof ConfigurationError ? error.faults : [error];
      }
    };
    expect(
      await faultsOfDemo({ AUTH_CLIENTS: 'app', AUTH_TOKEN_TYPES: 'JWT, none', AUTH_MAX_TOKEN_AGE: '59m' }),
    ).toEqual([
      'AUTH_TOKEN_TYPES must list at+jwt beside the demo sign-in, all of whose tokens would be refused.',
      'AUTH_MAX_TOKEN_AGE must be 1h at least beside the demo sign-in, all of whose tokens would be refused.',
      'AUTH_CLIENTS must not be set beside the demo sign-in, all of whose tokens would be refused: they name no client.',
    ]);
    expect(await faultsOfDemo({ AUTH_TOKEN_TYPES: 'JWT, AT+JWT', AUTH_MAX_TOKEN_AGE: '1h' })).toEqual([]);
  });
});
