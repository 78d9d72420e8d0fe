/** Set-ups in which nothing is wrong, each in its own way. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { startTestGateway } from '../gateway.js';
import { tlsEnvironment } from '../tls/bank-authority.js';
import type { Case } from './set-up.js';
import { behindTls, certificatesOf, tlsRedis } from './tls-world.js';

export const RIGHT: readonly Case[] = [
  { name: 'nothing at all', codes: [], make: () => ({ environment: {} }) },
  { name: 'MDES alone', codes: [], make: ({ environment }) => ({ environment: mdesOf(environment) }) },
  {
    name: 'GCM, SHA-256, an encrypted key, and the fingerprint as openssl prints it',
    codes: [],
    make: ({ environment, keys }) => ({
      environment: {
        ...environment,
        MDES_CIPHER_MODE: 'GCM',
        MDES_OAEP_HASH: 'SHA256',
        MDES_ENCRYPTION_FINGERPRINT: `sha256 Fingerprint=${new X509Certificate(keys.encryptionCertificatePem).fingerprint256}`,
        MDES_SIGNING_KEY_PASSWORD: 'ein Schlüssel',
        MDES_SIGNING_KEY: createPrivateKey(keys.signingKeyPem)
          .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'ein Schlüssel' })
          .toString(),
      },
    }),
  },
  {
    name: 'card store, sign-in, a token, Redis and a way back',
    codes: [],
    async make(world) {
      const gateway = await startTestGateway();
      world.owns(() => gateway.close());
      return {
        environment: { ...world.environment, CACHE_URL: (await world.redis()).url, PUBLIC_URL: gateway.url },
        token: await world.signIn.token('susan'),
      };
    },
  },
  {
    name: 'production, with a database that has its tables',
    // What a single server does not guarantee is said of the rightest one.
    codes: ['LEDGER_CAVEAT'],
    async make(world) {
      const { url } = await world.postgres();
      return {
        environment: {
          ...world.environment,
          NODE_ENV: 'production',
          ISSUER_ID: 'moon-bank',
          LEDGER_URL: url,
          LEDGER_KEYS: Buffer.alloc(32, 7).toString('base64'),
          STEP_UP: 'off',
          AUDIT_KEYS: Buffer.alloc(32, 9).toString('base64'),
        },
        token: await world.signIn.token('susan', 'bank-1', { scope: 'all' }),
      };
    },
  },
  {
    name: 'TLS all the way, with an authority and a client certificate of the bank',
    codes: [],
    async make(world) {
      const { bank, server, ours } = certificatesOf(world);
      const options = { ...server, ca: [bank.cert], requestCert: true, rejectUnauthorized: true };
      const { environment } = world;
      const shown = { ca: bank.cert, identity: ours };
      return {
        environment: {
          ...environment,
          CARD_VAULT_URL: await behindTls(world, environment['CARD_VAULT_URL'] ?? '', options),
          AUTH_JWKS_URL: await behindTls(world, environment['AUTH_JWKS_URL'] ?? '', options),
          CACHE_URL: (await tlsRedis(world)).url,
          ...tlsEnvironment('CARD_VAULT', shown),
          ...tlsEnvironment('AUTH_JWKS', shown),
          ...tlsEnvironment('CACHE', shown),
        },
        token: await world.signIn.token('susan'),
      };
    },
  },
];

function mdesOf(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('MDES_')));
}
