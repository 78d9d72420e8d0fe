/** Authorities and client certificates that are replaced while the gateway runs: new connections use them, those that stand go on. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/config/config.js';
import { A_DAY_MS } from '../../faults/support/mdes/certificates.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { startOwnCardStore } from '../../support/issuer/own-card-store.js';
import { startTokenIssuer, type TokenIssuer } from '../../support/issuer/token-issuer.js';
import { eventually } from '../../support/shared-cache.js';
import { simulatorEnvironment } from '../../support/simulator/simulator-environment.js';
import { startTestSimulator } from '../../support/simulator/start-simulator.js';
import { BankAuthority, type Shown, tlsEnvironment } from '../../support/tls/bank-authority.js';
import { startTlsFront, type TlsFront } from '../../support/tls/tls-front.js';
import { startTlsRedis, type TlsRedis } from '../../support/tls/tls-redis.js';

const READ = '{ fundingAccounts { id tokenRequestors { id } } }';
const TO = ['MDES', 'CARD_VAULT', 'AUTH_JWKS', 'CACHE'] as const;
const bank = new BankAuthority();
const first: Shown = { ca: bank.cert, identity: bank.certificate('first', 20.5 * A_DAY_MS) };
const second: Shown = { ca: bank.cert, identity: bank.certificate('second', 90.5 * A_DAY_MS) };
const stranger = new BankAuthority();
const strange: Shown = { ca: bank.cert, identity: stranger.certificate('second') };
const closers: (() => Promise<unknown>)[] = [];
let fronts: Record<'mdes' | 'cardStore' | 'keys', TlsFront>;
let redis: TlsRedis;
let signIn: TokenIssuer;
let settings: Record<string, string>;
let gateway: TestGateway;
let aheadMs = 0;

beforeAll(async () => {
  const { key, cert } = bank.certificate('localhost');
  const options = { key, cert, ca: [bank.cert], requestCert: true, rejectUnauthorized: true };
  const [mdes, cardStore, keys] = await Promise.all([1, 2, 3].map(() => startTlsFront(options)));
  if (!mdes || !cardStore || !keys) throw new Error('three fronts');
  fronts = { mdes, cardStore, keys };
  const simulator = await startTestSimulator({ publicUrl: mdes.url });
  const store = await startOwnCardStore([
    { id: 'own-1', accountHolder: 'susan', range: '541333900', accountNumber: '5413339000000012' },
  ]);
  signIn = await startTokenIssuer();
  redis = await startTlsRedis(bank);
  closers.push(...[simulator, store, signIn, ...Object.values(fronts)].map((one) => () => one.close()));
  closers.push(() => redis.redis.stop());
  mdes.target = portOf(simulator.url);
  cardStore.target = portOf(store.environment['CARD_VAULT_URL']);
  keys.target = portOf(signIn.environment['AUTH_JWKS_URL']);
  settings = {
    ...simulatorEnvironment(simulator),
    ...store.environment,
    ...signIn.environment,
    ...{ MDES_ACCOUNT_RANGES: '541333900', AUTH_SCOPES: 'off', PORT: '0', ADMIN_PORT: '0' },
    ...{ CATALOGUE_WARM: 'off', LOG_LEVEL: 'info', CACHE_URL: redis.url },
    MDES_BASE_URL: mdes.url + new URL(simulator.mdes.baseUrl).pathname.replace(/\/$/, ''),
    CARD_VAULT_URL: cardStore.url + new URL(store.environment['CARD_VAULT_URL'] ?? '').pathname,
    AUTH_JWKS_URL: `${keys.url}/keys`,
  };
  gateway = await startTestGateway(
    { ...settings, ...shown(first) },
    { clock: { now: () => Date.now() + aheadMs } },
  );
});
afterAll(async () => {
  await gateway.close();
  for (const close of closers) await close();
  for (const one of [bank, stranger]) one.remove();
});

function portOf(url = ''): number {
  return Number(new URL(url).port);
}

function shown(how: Shown): Record<string, string> {
  return Object.assign({}, ...TO.map((to) => tlsEnvironment(to, how)));
}

function reload(how: Shown, changed: Readonly<Record<string, string>> = {}): Promise<void> {
  return gateway.gateway.reload(() => readConfig({ ...settings, ...shown(how), ...changed }));
}

/** The store is asked by each; whoever is of a key that is not known yet has the key set fetched, MDES is asked once. */
async function read(kid = 'bank-1') {
  const { data, errors } = await gateway.graphql(READ, {}, { token: await signIn.token('susan', kid) });
  return errors ?? data.fundingAccounts;
}

async function cacheState(): Promise<string> {
  return ((await (await fetch(`${gateway.url}/readyz`)).json()) as { cache: string }).cache;
}

async function daysLeft(certificate: string): Promise<number> {
  const text = await (await fetch(`${gateway.gateway.adminUrl}/metrics`)).text();
  const found = new RegExp(`certificate_days_left\\{certificate="${certificate}"[^}]*\\} (\\S+)`).exec(text);
  return Math.floor(Number(found?.[1]));
}

const CLIENTS = ['mdes-client', 'card-store-client', 'key-set-client', 'redis-client'];

it('the first are used, and their days are counted', async () => {
  expect(await read()).toEqual([expect.objectContaining({ id: 'own-1' })]);
  expect(await cacheState()).toBe('ready');
  for (const { names } of Object.values(fronts)) expect(new Set(names)).toEqual(new Set(['first']));
  expect(await Promise.all(CLIENTS.map(daysLeft))).toEqual([20, 20, 20, 20]);
});

it('the second are used by new connections, while those that stand go on', async () => {
  const connected = fronts.cardStore.names.length;
  await reload(second, { LOG_LEVEL: 'debug' });
  const [told = '{}'] = gateway.logs.filter((line) => line.includes('settings.reloaded')).slice(-1);
  expect(JSON.parse(told).changed.sort()).toEqual(
    ['LOG_LEVEL', ...TO.flatMap((to) => [`${to}_TLS_CERTIFICATE`, `${to}_TLS_KEY`])].sort(),
  );
  expect(await Promise.all(CLIENTS.map(daysLeft))).toEqual([90, 90, 90, 90]);
  await read();
  expect(fronts.cardStore.names.length).toBe(connected);
  for (const front of Object.values(fronts)) {
    front.names.length = 0;
    front.cut();
  }
  await signIn.publish('bank-1', 'bank-2');
  aheadMs = 40_000;
  await eventually(async () => Array.isArray(await read('bank-2')), 2000);
  for (const { names } of [fronts.cardStore, fronts.keys])
    expect(new Set(names)).toEqual(new Set(['second']));
});

it('one that Redis does not take leaves the connection that stands; the next is made with what it takes', async () => {
  await reload(strange);
  expect(await cacheState()).toBe('ready');
  await redis.redis.command('CLIENT', 'KILL', 'TYPE', 'normal');
  await eventually(async () => (await cacheState()) === 'degraded', 2000);
  await reload(second);
  await eventually(async () => (await cacheState()) === 'ready', 5000);
});

it('a broken one leaves all that was in use', async () => {
  await reload(first, { MDES_TLS_CA: 'no certificate', LOG_LEVEL: 'warn' });
  const [told = '{}'] = gateway.logs.filter((line) => line.includes('settings.not-reloaded')).slice(-1);
  expect(JSON.parse(told).faults).toEqual([expect.stringMatching(/^MDES_TLS_CA: /)]);
  expect(await daysLeft('mdes-client')).toBe(90);
});
