/** A real PostgreSQL that lets in by client certificates: why somebody is not let in is said in one sentence, and what is replaced keeps TLS. */
import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { USUAL_TLS } from '../../src/domain/network/outward.js';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { createLedger } from '../../src/push/ledger/create-ledger.js';
import type { PushLedger } from '../../src/push/ledger/ledger.js';
import { migrateLedger } from '../../src/push/ledger/postgres/operate.js';
import { LEDGER_OPERATION_MS } from '../../src/resilience/time-limits.js';
import { attemptOf, makeLedgerKeys } from '../support/ledger/ledgers.js';
import { within } from '../support/measurements.js';
import { eventually } from '../support/shared-cache.js';
import { BankAuthority, type Shown, tlsEnvironment } from '../support/tls/bank-authority.js';
import { startTlsPostgres, type TlsPostgres } from '../support/tls/tls-postgres.js';

const bank = new BankAuthority();
const stranger = new BankAuthority();
const ofCards = bank.certificate('cards');
const ofMara = bank.certificate('mara');
let postgres: TlsPostgres;
let ledger: PushLedger | undefined;
let lines: string[] = [];
beforeAll(async () => {
  postgres = await startTlsPostgres(bank);
});
afterEach(async () => {
  await ledger?.close();
  ledger = undefined;
  lines = [];
});
afterAll(async () => {
  await postgres.server.stop();
  for (const one of [bank, stranger]) one.remove();
});

async function settingsOf(url: string, shown: Shown) {
  const key = Buffer.alloc(32, 7).toString('base64');
  const config = await readConfig({ LEDGER_URL: url, LEDGER_KEYS: key, ...tlsEnvironment('LEDGER', shown) });
  const { tls } = config.ledger;
  return { url: new Secret(url), tls };
}

async function open(url: string, shown: Shown): Promise<PushLedger> {
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  const options = { ...(await settingsOf(url, shown)), issuer: 'moon-bank', keys: makeLedgerKeys() };
  ledger = await createLedger(
    { log, clock: { now: () => 0 }, cacheConnection: null },
    { ...options, operationMs: within(LEDGER_OPERATION_MS) },
  );
  return ledger;
}

let asked = 0;
/** More at once than it has connections ready: new ones are dialled. */
async function reserveMany(opened: PushLedger): Promise<Set<string>> {
  const attempts = Array.from({ length: 10 }, () => attemptOf(`key-${asked++}`));
  return new Set(
    (await Promise.all(attempts.map((attempt) => opened.reserve(attempt)))).map(({ kind }) => kind),
  );
}

it('holds the ledger with the authority and the client certificate of the settings', async () => {
  const opened = await open(postgres.url('cards'), { ca: bank.cert, identity: ofCards });
  await eventually(() => opened.state() === 'ready', 5000);
  expect(await reserveMany(opened)).toEqual(new Set(['OURS']));
  const used = await postgres.server.query(
    "select distinct client_dn from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'cards'",
  );
  expect(used).toEqual([{ client_dn: '/CN=cards' }]);
});

it.each<[why: string, shown: () => Shown, user: string, said: string]>([
  [
    'without a client certificate',
    () => ({ ca: bank.cert }),
    'cards',
    'asks for a client certificate: set LEDGER_TLS_CERTIFICATE',
  ],
  [
    'with the certificate of a stranger',
    () => ({ ca: bank.cert, identity: stranger.certificate('cards') }),
    'cards',
    'does not take our client certificate, or asks for one',
  ],
  [
    'with a certificate that has ended',
    () => ({ ca: bank.cert, identity: bank.certificate('cards', -1000) }),
    'cards',
    'and look at its dates',
  ],
  [
    'with the certificate of another user',
    () => ({ ca: bank.cert, identity: ofMara }),
    'cards',
    'its CN has to be the user in LEDGER_URL',
  ],
  [
    'without its authority',
    () => ({ identity: ofCards }),
    'cards',
    'signed by nobody whom we trust: name its authority in LEDGER_TLS_CA',
  ],
  [
    'with another authority',
    () => ({ ca: stranger.cert, identity: ofCards }),
    'cards',
    'signed by nobody whom we trust: name its authority in LEDGER_TLS_CA',
  ],
  ['without TLS', () => ({}), 'cards', 'without TLS: set LEDGER_TLS_CA'],
  [
    'with the wrong password beside the right certificate',
    () => ({ ca: bank.cert, identity: ofMara }),
    'mara:wrong',
    'check user, password and pg_hba.conf',
  ],
])('%s it is not entered, and one sentence says why', async (_, shown, user, said) => {
  const { url, tls } = await settingsOf(postgres.url(user), shown());
  const refusal = await migrateLedger(url, tls).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: 'UnfitDatabase', message: expect.stringContaining(said) });
});

it('by a name that is not in its certificate no push is taken, and that is told once', async () => {
  const url = postgres.url('cards').replace('localhost', '127.0.0.1');
  const opened = await open(url, { ca: bank.cert, identity: ofCards });
  await eventually(() => lines.length > 1, 5000);
  expect(opened.state()).toBe('unavailable');
  expect(lines.filter((line) => !line.includes('not available'))).toEqual([
    expect.stringContaining('of another host: name the host'),
  ]);
});

it('keeps TLS when the password is replaced, and takes another certificate when it is', async () => {
  const { server } = postgres;
  const shown = { ca: bank.cert, identity: ofMara };
  const opened = await open(postgres.url('mara:first'), shown);
  await eventually(() => opened.state() === 'ready', 5000);
  const cutOff = () =>
    server.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'mara'");
  await server.query("alter role mara password 'second'");
  opened.replaceEntrance?.(await settingsOf(postgres.url('mara:second'), shown));
  await cutOff();
  await eventually(async () => (await reserveMany(opened).catch(() => new Set())).has('OURS'), 5000);
  const renewed = bank.certificate('mara');
  opened.replaceEntrance?.(
    await settingsOf(postgres.url('mara:second'), { ca: bank.cert, identity: renewed }),
  );
  await cutOff();
  await eventually(async () => (await reserveMany(opened).catch(() => new Set())).has('OURS'), 5000);
  const used = await server.query(
    "select distinct ssl, client_serial from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'mara'",
  );
  expect(used).toEqual([{ ssl: true, client_serial: serialOf(renewed.cert) }]);
  // One that is not taken: the one before it still is.
  const strange = { ca: bank.cert, identity: stranger.certificate('mara') };
  opened.replaceEntrance?.(await settingsOf(postgres.url('mara:second'), strange));
  await cutOff();
  await eventually(async () => (await reserveMany(opened).catch(() => new Set())).has('OURS'), 5000);
  // Without TLS of ours it is not let in, which shows that it was not left on by what was there before.
  opened.replaceEntrance?.({ url: new Secret(postgres.url('mara:second')), tls: USUAL_TLS });
  opened.replaceEntrance?.({
    url: new Secret(`${postgres.url('mara:second')}?application_name=x`),
    tls: USUAL_TLS,
  });
  await cutOff();
  await eventually(() => lines.some((line) => line.includes('without TLS: set LEDGER_TLS_CA')), 5000);
});

function serialOf(pem: string): string {
  return BigInt(`0x${new X509Certificate(pem).serialNumber}`).toString();
}
