/** A synchronous standby of a test's database, and the moves by which the two change places. */
import { appendFileSync, chownSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '../../../support/postgres-server.js';
import { freePort } from '../../../support/redis-server.js';

const NAME = 's1';
const AWAIT = `synchronous_standby_names = '${NAME}'\n`;

/** Resolves once the primary waits for it at every commit. */
export async function synchronousStandby(primary: PostgresServer): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), 'postgres-standby-'));
  const { uid, gid } = statSync(primary.data);
  chownSync(home, uid, gid);
  const data = join(home, 'data');
  const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', 'postgres'];
  primary.run('pg_basebackup', ...from, '-D', data, '-R', '-X', 'stream', '-c', 'fast', '--no-sync');
  const settings = join(data, 'postgresql.auto.conf');
  const named = readFileSync(settings, 'utf8')
    .replace(AWAIT, '')
    .replace(/^primary_conninfo = '/gm, `$&application_name=${NAME} `);
  writeFileSync(settings, named);
  const standby = await PostgresServer.start({ data, port: await freePort() });
  appendFileSync(join(primary.data, 'postgresql.auto.conf'), AWAIT);
  await primary.query('select pg_reload_conf()');
  await until(
    primary,
    `select 1 from pg_stat_replication where application_name = '${NAME}' and sync_state = 'sync'`,
  );
  return standby;
}

/** It takes writes when this resolves; nobody is waited for. */
export async function promote(standby: PostgresServer): Promise<void> {
  await standby.query('select pg_promote(true)');
  await until(standby, 'select 1 where not pg_is_in_recovery()');
}

async function until(server: PostgresServer, question: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await server.query(question).catch(() => []);
    if (found.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`never so: ${question}`);
}
