/** Set-ups whose settings, card store, sign-in, Redis, database or public address are broken. */
import { createPrivateKey } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Secret } from '../../../src/domain/secret.js';
import { migrateLedger, withClient } from '../../../src/push/ledger/postgres/operate.js';
import { selfSignedCertificate } from '../../../src/simulator/self-signed-certificate.js';
import { freePort } from '../redis-server.js';
import type { DoctorWorld } from './doctor-world.js';
import type { Case, SetUp } from './set-up.js';

const LEDGER_KEYS = Buffer.alloc(32, 7).toString('base64');

const BROKEN_SETTINGS: readonly Case[] = [
  {
    name: 'a setting whose name is misspelt',
    codes: ['SETTING'],
    says: /MDES_CIPHER_MODE/,
    make: ({ environment }) => ({ environment: { ...environment, MDES_CIPHERMODE: 'GCM' } }),
  },
  {
    name: 'the wrong password of a key',
    codes: ['SETTING'],
    says: /MDES_SIGNING_KEY.*password/i,
    make: ({ environment, keys }) => ({
      environment: {
        ...environment,
        MDES_SIGNING_KEY: createPrivateKey(keys.signingKeyPem)
          .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right one' })
          .toString(),
        MDES_SIGNING_KEY_PASSWORD: 'wrong one',
      },
    }),
  },
  {
    name: 'a certificate where the key belongs',
    codes: ['SETTING'],
    says: /MDES_SIGNING_KEY: it holds a certificate and no key/,
    make: ({ environment, keys }) => ({
      environment: { ...environment, MDES_SIGNING_KEY: keys.encryptionCertificatePem },
    }),
  },
  {
    name: 'our own certificate as encryption certificate',
    codes: ['SETTING'],
    says: /belongs to your own signing key/,
    make: ({ environment, keys }) => {
      const own = createPrivateKey(keys.signingKeyPem).export({ type: 'pkcs1', format: 'pem' }).toString();
      return {
        environment: { ...environment, MDES_ENCRYPTION_CERTIFICATE: selfSignedCertificate(own, 'ours') },
      };
    },
  },
];

const BROKEN_CARD_STORE: readonly Case[] = [
  {
    name: "the card store's token of yesterday",
    codes: ['CARD_STORE_TOKEN'],
    make: ({ environment }) => ({ environment: { ...environment, CARD_VAULT_TOKEN: 'yesterday' } }),
  },
  {
    name: 'a card store that answers otherwise than its contract says',
    codes: ['CARD_STORE_CONTRACT'],
    make: ({ environment, cardStore }) => {
      cardStore.answerNext('list', (response) => response.end('{"accounts":[]}'));
      return { environment };
    },
  },
  {
    name: 'a card store that knows no operation at its address',
    codes: ['CARD_STORE_PATH'],
    make: ({ environment, mdes }) => ({ environment: { ...environment, CARD_VAULT_URL: mdes.url } }),
  },
  {
    name: 'a card store that is away',
    codes: ['NOBODY_LISTENS'],
    make: async ({ environment }) => ({
      environment: { ...environment, CARD_VAULT_URL: `http://127.0.0.1:${await freePort()}` },
    }),
  },
  {
    name: 'accounts in ranges that are not listed',
    codes: ['ACCOUNTS_OUTSIDE_RANGES'],
    make: async ({ environment, signIn }) => ({
      environment: { ...environment, MDES_ACCOUNT_RANGES: '520474000' },
      token: await signIn.token('susan'),
    }),
  },
];

const BROKEN_SIGN_IN: readonly Case[] = [
  {
    name: 'a key set that is not there',
    codes: ['KEY_SET_PATH'],
    make: keySet((response) => response.writeHead(404).end()),
  },
  {
    name: 'a page where the key set belongs',
    codes: ['KEY_SET_FORM'],
    make: keySet((response) => response.end('<html>Sign in</html>')),
  },
  {
    name: 'a key set of keys for encryption',
    codes: ['KEY_SET_USELESS'],
    make: keySet((response) => response.end('{"keys":[{"kty":"EC","use":"enc"}]}')),
  },
  { name: 'a token that has expired', codes: ['EXPIRED'], make: token({}, 'bank-1', 1_700_000_000) },
  {
    name: 'a token of another API',
    codes: ['AUDIENCE_DIFFERS'],
    make: otherwise({ AUTH_AUDIENCE: 'other' }),
  },
  {
    name: 'an issuer that differs by its slash',
    codes: ['ISSUER_DIFFERS_BY_SLASH'],
    make: otherwise(({ signIn }) => ({ AUTH_ISSUER: `${signIn.environment['AUTH_ISSUER']}/` })),
  },
  { name: 'a token of a key that is not published', codes: ['KEY_UNKNOWN'], make: token({}, 'bank-2') },
  { name: 'an ID token', codes: ['NOT_AN_ACCESS_TOKEN'], make: token({ nonce: 'n' }) },
  {
    name: 'a token without scopes',
    codes: ['SCOPES_MISSING'],
    says: /lacks .*push:write/,
    make: otherwise({ AUTH_SCOPES: 'on' }),
  },
  {
    name: 'a token of a weak sign-in',
    codes: ['STEP_UP_NEEDED'],
    make: otherwise({ STEP_UP_ACR: 'strong', STEP_UP_MAX_AGE: '5m' }),
  },
];

const BROKEN_REDIS: readonly Case[] = [
  {
    name: 'a Redis that is away',
    codes: ['NOBODY_LISTENS'],
    make: async (world) => cached(world, `redis://127.0.0.1:${await freePort()}`),
  },
  {
    name: 'the wrong password of Redis',
    codes: ['REDIS_CREDENTIALS'],
    make: async (world) => {
      const { port } = await world.redis('--requirepass', 'right-password');
      return cached(world, `redis://:wrong-password@127.0.0.1:${port}`);
    },
  },
  {
    name: 'a Redis without TLS where the URL says rediss',
    codes: ['NO_TLS'],
    make: async (world) => cached(world, (await world.redis()).url.replace('redis:', 'rediss:')),
  },
  {
    name: 'a replica of Redis',
    codes: ['REDIS_REPLICA'],
    make: async (world) => {
      const { port } = await world.redis();
      const replica = await world.redis('--replicaof', '127.0.0.1', String(port));
      return cached(world, replica.url);
    },
  },
  {
    name: 'a user of Redis who may not run scripts',
    codes: ['REDIS_RIGHTS'],
    says: /eval/,
    make: async (world) => {
      const redis = await world.redis(
        '--user',
        'gateway',
        'on',
        '>its-password',
        '~*',
        '+@all',
        '-@scripting',
      );
      return cached(world, `redis://gateway:its-password@127.0.0.1:${redis.port}`);
    },
  },
  {
    name: 'a node of a cluster',
    codes: ['REDIS_CLUSTER'],
    make: async (world) => cached(world, (await world.redis('--cluster-enabled', 'yes')).url),
  },
  {
    name: 'a Redis that is never emptied',
    codes: ['REDIS_KEEPS_ALL'],
    make: async (world) => cached(world, (await world.redis('--maxmemory', '10mb')).url),
  },
];

const BROKEN_LEDGER: readonly Case[] = [
  {
    name: 'a database that there is not',
    codes: ['LEDGER_UNFIT'],
    says: /no database of that name/,
    make: async (world) => remembered(world, (await world.postgres()).url.replace(/\/postgres$/, '/nowhere')),
  },
  {
    name: 'a user who may not make tables, where there are none',
    codes: ['LEDGER_CAVEAT', 'LEDGER_TABLES'],
    make: async (world) => {
      const postgres = await world.postgres();
      await postgres.query('drop role if exists reader').catch(() => undefined);
      await postgres.query("create role reader login password 'its-password'");
      await postgres.query('revoke create on schema public from public');
      return remembered(world, postgres.url.replace('postgres@', 'reader:its-password@'));
    },
  },
  {
    name: 'a user who may not delete from the tables',
    codes: ['LEDGER_CAVEAT', 'LEDGER_RIGHTS'],
    says: /rights on the tables: delete on ledger_key, delete on ledger_push\./,
    make: async (world) => {
      const postgres = await world.postgres();
      await postgres.query('create database granted');
      const url = postgres.url.replace(/\/postgres$/, '/granted');
      await migrateLedger(new Secret(url));
      await withClient({ url: new Secret(url) }, async (client) => {
        await client.query("create role keeper login password 'its-password'");
        await client.query('grant select, insert, update on all tables in schema public to keeper');
      });
      return remembered(world, url.replace('postgres@', 'keeper:its-password@'));
    },
  },
  {
    name: 'a ledger that a gateway has found restored',
    codes: ['LEDGER_UNFIT'],
    says: /gone back in time.*--accept-restore/,
    make: async (world) => {
      const postgres = await world.postgres();
      await postgres.query('create database restored');
      const url = postgres.url.replace(/\/postgres$/, '/restored');
      await migrateLedger(new Secret(url));
      await withClient({ url: new Secret(url) }, (client) =>
        client.query(
          "insert into ledger_progress (issuer, counter, gone_back_at) values ('issuer', 1, now())",
        ),
      );
      return remembered(world, url);
    },
  },
  {
    name: 'a database that is read-only',
    codes: ['LEDGER_UNFIT'],
    says: /read-only/,
    make: async (world) =>
      remembered(world, `${(await world.postgres()).url}?options=-c%20default_transaction_read_only%3Don`),
  },
];

const BROKEN_ADDRESS: readonly Case[] = [
  {
    name: 'a public address that leads to something else',
    codes: ['CALLBACK_ELSEWHERE'],
    make: (world) => ({ environment: { ...world.environment, PUBLIC_URL: world.mdes.simulator.url } }),
  },
];

export const BROKEN_PARTS: readonly Case[] = [
  ...BROKEN_SETTINGS,
  ...BROKEN_CARD_STORE,
  ...BROKEN_SIGN_IN,
  ...BROKEN_REDIS,
  ...BROKEN_LEDGER,
  ...BROKEN_ADDRESS,
];

function keySet(answer: (response: ServerResponse) => unknown) {
  return ({ environment, signIn }: DoctorWorld): SetUp => {
    signIn.stand = (_request, response) => answer(response);
    return { environment };
  };
}

function token(claims: Readonly<Record<string, unknown>>, kid = 'bank-1', expires: number | string = '5m') {
  return async ({ environment, signIn }: DoctorWorld): Promise<SetUp> => ({
    environment,
    token: await signIn.token('susan', kid, claims, expires),
  });
}

type Settings = Readonly<Record<string, string>>;

function otherwise(settings: Settings | ((world: DoctorWorld) => Settings)) {
  return async (world: DoctorWorld): Promise<SetUp> => ({
    environment: { ...world.environment, ...(typeof settings === 'function' ? settings(world) : settings) },
    token: await world.signIn.token('susan'),
  });
}

function cached({ environment }: DoctorWorld, url: string): SetUp {
  return { environment: { ...environment, CACHE_URL: url } };
}

function remembered({ environment }: DoctorWorld, url: string): SetUp {
  return { environment: { ...environment, LEDGER_URL: url, LEDGER_KEYS } };
}
