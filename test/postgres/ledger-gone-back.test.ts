/** A ledger that has gone back in time, and processes that start afterwards. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openCacheConnection } from '../../src/catalogue/cache/create-cache.js';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { Database, type Run } from '../../src/push/ledger/postgres/database.js';
import { acceptRestore } from '../../src/push/ledger/postgres/operate.js';
import { PostgresLedger } from '../../src/push/ledger/postgres/postgres-ledger.js';
import type { RedisConnection } from '../../src/resilience/redis-connection.js';
import { FIRST_CONNECTION_MS } from '../../src/resilience/time-limits.js';
import { type PostgresEngine, postgresEngine } from '../support/ledger/ledger-engines.js';
import { attemptOf } from '../support/ledger/ledgers.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually } from '../support/shared-cache.js';

const MARK = 'token-connect-ledger-mark-moon-bank';

let engine: PostgresEngine;
let redis: RedisServer;
let connections: RedisConnection[] = [];
beforeAll(async () => {
  [engine, redis] = await Promise.all([postgresEngine(), RedisServer.start()]);
});
beforeEach(async () => {
  await redis.command('FLUSHALL');
  engine.lines.length = 0;
});
afterEach(async () => {
  await engine.closeLedgers();
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
});
afterAll(async () => {
  await Promise.all([engine.stop(), redis.stop()]);
});

/** A process of its own, as far as the ledger goes. */
async function start({ withRedis }: { readonly withRedis: boolean }) {
  if (!withRedis) return engine.open();
  const connection = await openCacheConnection(
    { log: createLogger('silent') },
    { url: new Secret(redis.url) },
    'moon-bank',
    400,
  );
  if (connection === null) throw new Error('there is no connection');
  connections = [...connections, connection];
  await connection.whenUp(FIRST_CONNECTION_MS);
  return engine.open(undefined, connection);
}

/** As after a restore: every process has ended, and the database is as it was before. */
async function runThenRestore(): Promise<void> {
  await engine.server.query(
    'update ledger_progress set gone_back_at = null, accepted_at = null, counter = 1000',
  );
  const ledger = await start({ withRedis: true });
  expect(ledger.state()).toBe('ready');
  await eventually(async () => /\b1\d{3} \d{13}/.test(await redis.command('GET', MARK)), 2000);
  await engine.closeLedgers();
  await engine.server.query('update ledger_progress set counter = 500');
}

const said = () => engine.lines.filter((line) => line.includes('gone back in time')).length;
const count = async () =>
  Number((await engine.server.query('select counter from ledger_progress'))[0]?.['counter']);

beforeAll(async () => {
  await engine.open();
  await engine.closeLedgers();
});

it('is noticed by a process that starts afterwards, through Redis, and refuses until it is accepted', async () => {
  await runThenRestore();
  const ledger = await start({ withRedis: true });
  expect(ledger.state()).toBe('unavailable');
  expect(said()).toBe(1);
  await expect(ledger.reserve(attemptOf('gone-back'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
  await acceptRestore(new Secret(engine.server.url), 'moon-bank');
  await eventually(() => ledger.state() === 'ready', 5000);
  expect((await start({ withRedis: true })).state()).toBe('ready');
});

it('stays accepted when somebody notes what was read before the operator accepted', async () => {
  await runThenRestore();
  let look: (run: Run) => Promise<void> = async () => undefined;
  const database = new Database(
    { log: createLogger('silent') },
    { url: new Secret(engine.server.url), check: async () => undefined },
  );
  const known = { counter: 1_000_000n, at: Date.now() };
  const ledger = new PostgresLedger(
    (check) => {
      look = check;
      return database;
    },
    {
      issuer: 'moon-bank',
      keys: engine.keys,
      marks: { recall: async () => known, remember: () => undefined },
    },
  );
  await eventually(() => database.isUp, 5000);
  const noted: string[] = [];
  const accepting: Run = async (statement, values) => {
    noted.push(statement.name);
    const rows = await database.run(statement, values);
    if (statement.name === 'ledger-count-on') await acceptRestore(new Secret(engine.server.url), 'moon-bank');
    return rows;
  };
  await expect(look(accepting)).rejects.toThrow('gone back in time');
  expect(noted).toEqual(['ledger-count-on', 'ledger-note-gone-back']);
  await expect(look(database.run)).resolves.toBeUndefined();
  await ledger.close();
});

it('that was accepted before anybody started stops nobody', async () => {
  await runThenRestore();
  await acceptRestore(new Secret(engine.server.url), 'moon-bank');
  expect((await start({ withRedis: true })).state()).toBe('ready');
  expect(said()).toBe(0);
});

it('stays noticed when its numbers have grown again, also by who has no Redis', async () => {
  await runThenRestore();
  const noticed = await start({ withRedis: true });
  expect(noticed.state()).toBe('unavailable');
  await engine.closeLedgers();
  await engine.server.query('update ledger_progress set counter = 5000');
  const later = [await start({ withRedis: true }), await start({ withRedis: false })];
  expect(later.map((ledger) => ledger.state())).toEqual(['unavailable', 'unavailable']);
  await acceptRestore(new Secret(engine.server.url), 'moon-bank');
  await eventually(() => later.every((ledger) => ledger.state() === 'ready'), 5000);
  const before = await count();
  await eventually(async () => (await count()) > before, 5000);
  expect(later.map((ledger) => ledger.state())).toEqual(['ready', 'ready']);
});

it.each(['rubbish', '', '12', '12 x', '99999999999999999999 1', '-1 1'])(
  'cannot be told by a mark that is none: %j',
  async (mark) => {
    await runThenRestore();
    await redis.command('SET', MARK, mark);
    expect((await start({ withRedis: true })).state()).toBe('ready');
  },
);

it('is not noticed without Redis by who starts afterwards: nobody could know', async () => {
  await runThenRestore();
  expect((await start({ withRedis: false })).state()).toBe('ready');
});
