/** Set-ups whose TLS is broken, whose certificates end, whose servers hang, and tokens that are bound to a key or certificate. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { type Shown, tlsEnvironment } from '../tls/bank-authority.js';
import type { DoctorWorld } from './doctor-world.js';
import type { Case, SetUp } from './set-up.js';
import {
  behindTls,
  type Certificates,
  certificatesOf,
  opensslServer,
  tlsPostgres,
  tlsRedis,
} from './tls-world.js';

const LEDGER_KEYS = Buffer.alloc(32, 7).toString('base64');
const URLS = { MDES: 'MDES_BASE_URL', CARD_VAULT: 'CARD_VAULT_URL', AUTH_JWKS: 'AUTH_JWKS_URL' } as const;
type Destination = keyof typeof URLS;
const DESTINATIONS: readonly (readonly [Destination, string])[] = [
  ['MDES', 'MDES'],
  ['CARD_VAULT', 'a card store'],
  ['AUTH_JWKS', 'a key set'],
];

interface Broken {
  readonly name: string;
  readonly code: string;
  readonly shown?: (made: Certificates) => Shown;
  /** null: openssl's, which asks for a certificate of ours. */
  readonly server: ((made: Certificates) => TlsOptions) | null;
  readonly isPlain?: boolean;
}

const trusting = ({ bank }: Certificates): Shown => ({ ca: bank.cert });

/** Of each destination. */
const BROKEN: readonly Broken[] = [
  { name: 'an unknown authority', code: 'TLS_UNTRUSTED', shown: () => ({}), server: ({ server }) => server },
  { name: 'a certificate that has ended', code: 'TLS_DATES', server: ({ ended }) => ended },
  { name: 'the certificate of another host', code: 'TLS_NAME', server: ({ elsewhere }) => elsewhere },
  { name: 'a wish for our certificate', code: 'TLS_WANTS_CERTIFICATE', server: null },
  {
    name: 'another authority for our certificate',
    code: 'TLS_REFUSED',
    shown: ({ bank, strange }) => ({ ca: bank.cert, identity: strange }),
    server: null,
  },
  {
    name: 'an old version of TLS',
    code: 'TLS_OLD',
    server: ({ server }) => ({
      ...{ ...server, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    }),
  },
  { name: 'TLS where the URL says http', code: 'WANTS_TLS', server: ({ server }) => server, isPlain: true },
];

const OF_EACH: readonly Case[] = DESTINATIONS.flatMap(([to, who]) =>
  BROKEN.map(({ name, code, shown = trusting, server, isPlain = false }) => ({
    name: `${who} with ${name}`,
    codes: [code],
    async make(world: DoctorWorld): Promise<SetUp> {
      const made = certificatesOf(world);
      const there = world.environment[URLS[to]] ?? '';
      const url =
        server === null ? (await opensslServer(world)).url : await behindTls(world, there, server(made));
      return {
        environment: {
          ...world.environment,
          [URLS[to]]: isPlain ? url.replace('https:', 'http:') : url,
          ...tlsEnvironment(to, shown(made)),
        },
      };
    },
  })),
);

const REDIS: readonly Case[] = [
  redis('an unknown authority', 'TLS_UNTRUSTED', ({ ours }) => ({ identity: ours })),
  redis('a wish for our certificate', 'TLS_WANTS_CERTIFICATE', trusting),
  redis('another authority for our certificate', 'TLS_REFUSED', ({ bank, strange }) => ({
    ...{ ca: bank.cert, identity: strange },
  })),
  redis('the certificate of another host', 'TLS_NAME', trusting, (url) =>
    url.replace('localhost', '127.0.0.1'),
  ),
  redis(
    'TLS where the URL says redis',
    'WANTS_TLS',
    () => ({}),
    (url) => url.replace('rediss:', 'redis:'),
  ),
];

const LEDGER: readonly Case[] = [
  ledger('an unknown authority', /signed by nobody whom we trust/, ({ ours }) => ({ identity: ours })),
  ledger('a wish for our certificate', /asks for a client certificate/, trusting),
  ledger('another authority for our certificate', /does not take our client certificate/, (made) => ({
    ...{ ca: made.bank.cert, identity: made.strange },
  })),
  ledger('the certificate of another host', /of another host/, trusting, (url) =>
    url.replace('localhost', '127.0.0.1'),
  ),
  ledger('TLS where none is set', /without TLS: set LEDGER_TLS_CA/, () => ({})),
];

const DATES: readonly Case[] = [
  dates('a client certificate that has ended', 'CERTIFICATE_EXPIRED', ({ ended }) => ({ identity: ended })),
  dates('a client certificate that ends soon', 'CERTIFICATE_ENDS_SOON', ({ endsSoon }) => ({
    identity: endsSoon,
  })),
  dates('a client certificate of next week', 'CERTIFICATE_NOT_YET_VALID', ({ notYet }) => ({
    identity: notYet,
  })),
  dates('an authority that has ended', 'CERTIFICATE_EXPIRED', ({ ended }) => ({ ca: ended.cert })),
];

const HANGING: readonly Case[] = [
  {
    name: 'a card store that takes connections and never answers',
    codes: ['NO_ANSWER'],
    says: /CARD_VAULT_URL within the time/,
    make({ environment, cardStore }) {
      cardStore.answerNext('list', () => undefined);
      return { environment };
    },
  },
  {
    name: 'a key set that takes connections and never answers',
    codes: ['NO_ANSWER'],
    says: /AUTH_JWKS_URL within the time/,
    make({ environment, signIn }) {
      signIn.stand = () => undefined;
      return { environment };
    },
  },
];

const SILENT_REDIS: readonly Case[] = ['redis', 'rediss'].map((scheme) => ({
  name: `a Redis that takes connections and never answers, of ${scheme}`,
  codes: ['NO_ANSWER'],
  says: /CACHE_URL within the time/,
  async make(world) {
    const server = createServer((socket) => socket.on('error', () => undefined));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    world.owns(async () => server.close());
    const { port } = server.address() as AddressInfo;
    return { environment: { ...world.environment, CACHE_URL: `${scheme}://127.0.0.1:${port}` } };
  },
}));

const THUMBPRINT = 'a'.repeat(43);

const BOUND: readonly Case[] = [
  bound('to a key', ['BOUND_TOKEN_AS_BEARER'], { jkt: THUMBPRINT }),
  bound(
    'to a key, and lacks scopes',
    ['BOUND_TOKEN_AS_BEARER', 'SCOPES_MISSING'],
    { jkt: THUMBPRINT },
    { AUTH_SCOPES: 'on' },
  ),
  bound(
    'to a key, of a weak sign-in',
    ['BOUND_TOKEN_AS_BEARER', 'STEP_UP_NEEDED'],
    { jkt: THUMBPRINT },
    { STEP_UP_ACR: 'strong', STEP_UP_MAX_AGE: '5m' },
  ),
  bound('to a certificate that no proxy passes on', ['CERTIFICATE_UNHEARD'], { 'x5t#S256': THUMBPRINT }),
  bound(
    'to a certificate',
    ['CERTIFICATE_MISSING'],
    { 'x5t#S256': THUMBPRINT },
    { AUTH_CLIENT_CERT_HEADER: 'Client-Cert', TRUSTED_PROXIES: '10.0.0.0/8' },
  ),
];

const ADDRESS: readonly Case[] = [
  {
    name: 'a public address with a certificate that no browser knows',
    codes: ['TLS_UNTRUSTED'],
    says: /Browsers do not know it either/,
    async make(world) {
      const { server } = certificatesOf(world);
      const url = await behindTls(world, world.mdes.simulator.url, server);
      return { environment: { ...world.environment, PUBLIC_URL: url } };
    },
  },
];

export const BROKEN_TLS: readonly Case[] = [
  ...OF_EACH,
  ...REDIS,
  ...LEDGER,
  ...DATES,
  ...HANGING,
  ...SILENT_REDIS,
  ...BOUND,
  ...ADDRESS,
];

type ShownBy = (made: Certificates) => Shown;
type Bend = (url: string) => string;

function redis(name: string, code: string, shown: ShownBy, bend: Bend = (url) => url): Case {
  return {
    name: `a Redis with ${name}`,
    codes: [code],
    async make(world) {
      const { url } = await tlsRedis(world);
      const tls = tlsEnvironment('CACHE', shown(certificatesOf(world)));
      return { environment: { ...world.environment, CACHE_URL: bend(url), ...tls } };
    },
  };
}

function ledger(name: string, says: RegExp, shown: ShownBy, bend: Bend = (url) => url): Case {
  return {
    name: `a database with ${name}`,
    codes: ['LEDGER_UNFIT'],
    says,
    async make(world) {
      const url = bend((await tlsPostgres(world)).url('cards'));
      const tls = tlsEnvironment('LEDGER', shown(certificatesOf(world)));
      return { environment: { ...world.environment, LEDGER_URL: url, LEDGER_KEYS, ...tls } };
    },
  };
}

function dates(name: string, code: string, shown: ShownBy): Case {
  return {
    name,
    codes: [code],
    // Over http nobody looks at it: what is said is of its dates alone.
    make: (world) => ({
      environment: { ...world.environment, ...tlsEnvironment('CARD_VAULT', shown(certificatesOf(world))) },
    }),
  };
}

function bound(
  name: string,
  codes: readonly string[],
  cnf: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, string>> = {},
): Case {
  return {
    name: `a token that is bound ${name}`,
    codes,
    make: async ({ environment, signIn }) => ({
      environment: { ...environment, ...settings },
      token: await signIn.token('susan', 'bank-1', { cnf }),
    }),
  };
}
