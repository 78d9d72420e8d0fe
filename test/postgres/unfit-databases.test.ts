/** Databases that cannot hold the ledger: each is told in one sentence that says what to mend, and nothing is written. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { USUAL_TLS } from '../../src/domain/network/outward.js';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { createLedger } from '../../src/push/ledger/create-ledger.js';
import type { PushLedger } from '../../src/push/ledger/ledger.js';
import { type DatabaseSettings, ledgerCaveats, unfitness } from '../../src/push/ledger/postgres/examine.js';
import { migrateLedger } from '../../src/push/ledger/postgres/operate.js';
import { LEDGER_OPERATION_MS } from '../../src/resilience/time-limits.js';
import { attemptOf, makeLedgerKeys } from '../support/ledger/ledgers.js';
import { within } from '../support/measurements.js';
import { PostgresServer } from '../support/postgres-server.js';
import { eventually } from '../support/shared-cache.js';

const PASSWORD = 'pass-word-4711';
const MARA = `mara:${PASSWORD}`;

let server: PostgresServer;
let standby: PostgresServer;
let ledger: PushLedger | undefined;
let lines: string[] = [];
beforeAll(async () => {
  server = await PostgresServer.start();
  await server.query(`create role mara login password '${PASSWORD}'`);
  await server.query('create role poor login');
  await server.query('create database kept owner mara');
  await server.query('create database other owner mara');
  await server.query('create database bare');
  const hba = join(server.data, 'pg_hba.conf');
  writeFileSync(hba, `host all mara all scram-sha-256\n${readFileSync(hba, 'utf8')}`);
  await server.query('select pg_reload_conf()');
  // What it is told by is this file alone: it has nobody to follow, and serves what it has.
  standby = await PostgresServer.make();
  appendFileSync(join(standby.data, 'standby.signal'), '');
  await standby.start();
});
afterEach(async () => {
  await ledger?.close();
  ledger = undefined;
  lines = [];
});
afterAll(async () => {
  await standby.stop();
  await server.stop();
});

async function open(url: string): Promise<PushLedger> {
  const log = createLogger('trace', { write: (line) => void lines.push(line) });
  const operationMs = within(LEDGER_OPERATION_MS);
  const options = { url: new Secret(url), issuer: 'moon-bank', keys: makeLedgerKeys(), operationMs };
  ledger = await createLedger({ log, clock: { now: () => 0 }, cacheConnection: null }, options);
  return ledger;
}

const at = (who: string, rest: string, { port } = server) => `postgres://${who}@127.0.0.1:${port}/${rest}`;

it.each<[what: string, url: () => string, said: string]>([
  ['a wrong password', () => at('mara:wrong', 'kept'), 'check user, password and pg_hba.conf'],
  ['a user that is not there', () => at('nobody', 'kept'), 'check user, password and pg_hba.conf'],
  ['a database that is not there', () => at('postgres', 'ledgre'), 'has no database of that name: create it'],
  ['TLS refused', () => at(MARA, 'kept?sslmode=require'), 'does not take TLS: set it up there'],
  ['a standby', () => at('postgres', 'postgres', standby), 'leads to a standby, which cannot be written'],
  ['a host that is not known', () => 'postgres://x@ledger.invalid/kept', 'look for a typo'],
  ['nobody there', () => 'postgres://x@127.0.0.1:1/kept', 'start the server, or mend it'],
  [
    'no tables, and no right to make them',
    () => at('poor', 'bare'),
    'run npm run migrate with the LEDGER_URL of one who may',
  ],
])('%s: pushes are refused, and one line says what to mend', async (_, url, said) => {
  const opened = await open(url());
  await eventually(() => lines.some((line) => line.includes(said)), 5000);
  expect(opened.state()).toBe('unavailable');
  await expect(opened.reserve(attemptOf('k'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
  expect(lines.filter((line) => line.includes(said))).toHaveLength(1);
  expect(lines.join('')).not.toMatch(/pass-word|4711|wrong/);
  await expect(migrateLedger(new Secret(url()))).rejects.toThrow(/^(?!.*(?:pass-word|wrong)).+\.?$/);
});

it('one that its user may write holds it: the password is right', async () => {
  const opened = await open(at(MARA, 'kept'));
  await eventually(() => opened.state() === 'ready', 5000);
  expect(await opened.reserve(attemptOf('k'))).toEqual({ kind: 'OURS' });
});

it('whose password is replaced holds it on, whether the ledger or the database has the new one first', async () => {
  const opened = await open(at(MARA, 'other'));
  await eventually(() => opened.state() === 'ready', 5000);
  let asked = 0;
  // More at once than it has connections ready: new ones are dialled.
  const many = async () => {
    const attempts = Array.from({ length: 10 }, () => attemptOf(`replaced-${asked++}`));
    const found = await Promise.all(attempts.map((attempt) => opened.reserve(attempt)));
    return new Set(found.map(({ kind }) => kind));
  };
  opened.replaceEntrance?.({ url: new Secret(at('mara:second', 'other')), tls: USUAL_TLS });
  expect(await many()).toEqual(new Set(['OURS']));
  await server.query("alter role mara password 'second'");
  // Now none stands, and only the new one is let in.
  await server.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'mara'");
  await eventually(async () => (await many().catch(() => new Set())).has('OURS'), 5000);
  await server.query("alter role mara password 'third'");
  expect(await many()).toEqual(new Set(['OURS']));
  opened.replaceEntrance?.({ url: new Secret(at('mara:third', 'other')), tls: USUAL_TLS });
  expect(await many()).toEqual(new Set(['OURS']));
  await server.query(`alter role mara password '${PASSWORD}'`);
});

const SOUND: DatabaseSettings = {
  version: 150_000,
  standby: false,
  readOnly: 'off',
  synchronousCommit: 'on',
  fsync: 'on',
  fullPageWrites: 'on',
  synchronousStandbys: 's1',
};

it.each<[Partial<DatabaseSettings>, RegExp | null]>([
  [{}, null],
  [{ version: 130_000 }, null],
  [{ version: 129_999 }, /older than PostgreSQL 13 \(server_version_num 129999\): upgrade it/],
  [{ version: 0 }, /older than PostgreSQL 13/],
  [{ standby: true }, /a standby, which cannot be written: name the primary/],
  [{ readOnly: 'on' }, /read-only: set default_transaction_read_only to off/],
])('a server with %j is told to be unfit: %s', (change, said) => {
  const told = unfitness({ ...SOUND, ...change });
  if (said === null) expect(told).toBeNull();
  else expect(told).toMatch(said);
});

it.each<[Partial<DatabaseSettings>, readonly RegExp[]]>([
  [{}, []],
  [{ synchronousCommit: 'remote_apply' }, []],
  [{ fsync: 'off' }, [/set fsync to on/]],
  [{ fullPageWrites: 'off' }, [/set full_page_writes to on/]],
  [{ synchronousCommit: 'off' }, [/synchronous_commit is off/]],
  [{ synchronousCommit: 'local' }, [/synchronous_commit is local/]],
  [{ synchronousStandbys: '' }, [/no standby is synchronous/]],
  [{ synchronousStandbys: '', synchronousCommit: 'local' }, [/no standby is synchronous/]],
  [
    { fsync: 'off', fullPageWrites: 'off', synchronousCommit: 'off', synchronousStandbys: '' },
    [/fsync/, /full_page_writes/, /synchronous_commit/, /no standby/],
  ],
])('a server with %j does not guarantee: %j', (change, said) => {
  expect(ledgerCaveats({ ...SOUND, ...change })).toEqual(said.map((one) => expect.stringMatching(one)));
});
