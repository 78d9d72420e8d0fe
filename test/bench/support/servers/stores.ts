/** PostgreSQL and Redis of a row's own, on the core of the load. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresServer } from '../../../support/postgres-server.js';
import { RedisServer } from '../../../support/redis-server.js';
import type { Keeper } from '../keeper.js';
import { CORES } from './pinned-process.js';

/** As its maker ships it: what it has said is written stays written. */
export async function startPostgres(keeper: Keeper): Promise<PostgresServer> {
  const server = await PostgresServer.start();
  await keeper.owns(() => server.stop());
  pinToLoad(Number(readFileSync(join(server.data, 'postmaster.pid'), 'utf8').split('\n')[0]));
  return server;
}

export async function startRedis(keeper: Keeper): Promise<RedisServer> {
  const server = await RedisServer.start();
  await keeper.owns(() => server.stop());
  const [, pid] = /process_id:(\d+)/.exec(await server.command('INFO', 'server')) ?? [];
  pinToLoad(Number(pid));
  return server;
}

/** With what it starts from now on. */
export function pinToLoad(pid: number): void {
  if (CORES === null) return;
  const { status } = spawnSync('taskset', ['-a', '-c', '-p', String(CORES.load), String(pid)]);
  if (status !== 0) throw new Error(`process ${pid} cannot be pinned`);
}
