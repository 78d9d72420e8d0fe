/** The picture of where secrets go, made from every place in the code that takes one out of its wrapping (`reveal()`). */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));
/** It has keys and test numbers of its own, and never runs in production. */
const SIMULATOR = /^simulator\//;

/**
 * What is taken out there, and where it goes. A place that is missing here, or is here and no more in the code, is a fault.
 * @type {Record<string, readonly { secret: string, to: string }[]>}
 */
const SINKS = {
  'audit/audit-key.ts': [{ secret: 'audit keys, as derived keys', to: 'gateway' }],
  'config/audit-settings.ts': [{ secret: 'an audit key, under a keyed hash of the settings', to: 'gateway' }],
  'config/keys/passwords.ts': [{ secret: "the signing key's password", to: 'gateway' }],
  'config/ledger-settings.ts': [
    { secret: "the database's URL, looked at for its parameters", to: 'gateway' },
  ],
  'doctor/access-token.ts': [{ secret: 'access token, checked as a request would show it', to: 'gateway' }],
  'doctor/mdes/refusal.ts': [{ secret: "the consumer key's length and separator, looked at", to: 'gateway' }],
  'doctor/look-again.ts': [{ secret: "Redis's URL, taken apart", to: 'gateway' }],
  'doctor/redis.ts': [{ secret: "Redis's URL, taken apart", to: 'gateway' }],
  'domain/network/outward.ts': [
    { secret: 'the key of a client certificate, to prove it in TLS', to: 'gateway' },
  ],
  'gateway/reload.ts': [{ secret: 'settings, compared with those before', to: 'gateway' }],
  'mdes/hand-off/proprietary-hand-off.ts': [{ secret: 'digitization data, in the hand-off', to: 'app' }],
  'mdes/http/call.ts': [{ secret: 'consumer key, in the signature header', to: 'mdes' }],
  'mdes/wire/clear-payload.ts': [
    { secret: 'card number, expiry, personal data: in the encrypted payload', to: 'mdes' },
  ],
  'push/ledger/ledger-keys.ts': [{ secret: 'ledger keys, as derived keys', to: 'gateway' }],
  'push/ledger/postgres/client-settings.ts': [{ secret: "the database's password", to: 'database' }],
  'push/ledger/postgres/push-row.ts': [
    { secret: 'receipt, digitization data, hand-off URL: sealed, 15 minutes', to: 'database' },
  ],
  'push/push-history.ts': [{ secret: 'receipt of a callback, as a hash to compare', to: 'gateway' }],
  'push/rules/rules.ts': [{ secret: 'expiry and items of personal data, looked at', to: 'gateway' }],
  'push/send-push.ts': [{ secret: 'receipt, as a hash', to: 'database' }],
  'resilience/limits/limit-counters.ts': [{ secret: 'a key, as a derived key', to: 'gateway' }],
  'resilience/outward/connector.ts': [{ secret: "the proxy's password", to: 'proxy' }],
  'resilience/redis-client.ts': [{ secret: "Redis's password", to: 'redis' }],
  'resilience/redis-connection.ts': [{ secret: "Redis's URL, taken apart", to: 'gateway' }],
  'schema/funding-account/to-holder-data-preview.ts': [
    { secret: 'personal data, masked, to the account holder', to: 'app' },
  ],
  'schema/push/revealed.ts': [
    { secret: 'receipt, digitization data, hand-off URL: to the account holder of the push', to: 'app' },
  ],
  'vault/http-card-store.ts': [{ secret: "the card store's token", to: 'store' }],
};

/** What comes in is wrapped where it is read. */
const SOURCES = [
  { from: 'store', secret: 'card number, expiry, personal data' },
  { from: 'mdes', secret: 'receipt, digitization data' },
  { from: 'app', secret: 'access token, results of a wallet' },
  { from: 'settings', secret: 'keys, passwords, tokens' },
];

const NODES = [
  'app(["app or web page"])',
  'gateway["gateway: wrapped, printed by nothing"]',
  'mdes["MDES"]',
  'store[("card store")]',
  'database[("PostgreSQL: the ledger")]',
  'redis[("Redis: catalogue, counters")]',
  'proxy["a proxy on the way out"]',
  'settings["settings and secret files"]',
];

/** Mermaid, as GitHub and editors draw it, and the table that it is drawn from. */
export function printDataFlow() {
  const places = placesInCode();
  const unknown = places.filter((place) => !(place in SINKS));
  const gone = Object.keys(SINKS).filter((place) => !places.includes(place));
  if (unknown.length + gone.length > 0) {
    throw new Error(`scripts/print/data-flow.mjs lacks ${unknown.join()} and has too many: ${gone.join()}`);
  }
  const sinks = places.flatMap((place) => (SINKS[place] ?? []).map((sink) => ({ place, ...sink })));
  const inwards = SOURCES.map(({ from, secret }) => `  ${from} -- "${secret}" --> gateway`);
  const outwards = ['mdes', 'app', 'database', 'redis', 'store', 'proxy'].map((to) => {
    const secrets = [...new Set(sinks.filter((sink) => sink.to === to).map(({ secret }) => secret))];
    return `  gateway -- "${secrets.join('<br/>')}" --> ${to}`;
  });
  const rows = sinks.map(({ place, secret, to }) => `| \`src/${place}\` | ${secret} | ${TITLES[to]} |`);
  return [
    '```mermaid',
    'flowchart LR',
    ...NODES.map((node) => `  ${node}`),
    ...inwards,
    ...outwards,
    '```',
    '',
    '| revealed in | what | goes to |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const TITLES = {
  app: 'the app',
  gateway: 'nowhere: it is used and forgotten',
  mdes: 'MDES',
  store: 'the card store',
  database: "the ledger's database",
  redis: 'Redis',
  proxy: 'the proxy',
};

function placesInCode() {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((file) => relative(SOURCE, join(SOURCE, file)).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !SIMULATOR.test(file))
    .filter((file) => /\breveal\(\)/.test(withoutComments(readFileSync(join(SOURCE, file), 'utf8'))))
    .filter((file) => file !== 'domain/secret.ts')
    .sort();
}

function withoutComments(text) {
  return text.replace(/\/\*.*?\*\//gs, '').replace(/\/\/.*$/gm, '');
}
