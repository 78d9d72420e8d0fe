/** HAProxy as Debian configures it, with checks as they come: every 2 s, three failures, two successes. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../support/redis-server.js';
import { NotRun } from '../../row.js';
import { eventually } from '../eventually.js';
import type { Balancer } from './balancer.js';

const PATIENCE_MS = 30_000;

export async function startHaproxy(ports: readonly number[]): Promise<Balancer> {
  if (spawnSync('haproxy', ['-v']).error !== undefined)
    throw new NotRun('haproxy is missing: apt-get install haproxy');
  const folder = mkdtempSync(join(tmpdir(), 'haproxy-'));
  const [front, stats] = [await freePort(), await freePort()];
  const servers = ports.map((port, at) => `  server gateway${at} 127.0.0.1:${port} check`);
  const file = join(folder, 'haproxy.cfg');
  const lines = [
    'defaults',
    '  mode http',
    // Those of Debian's own haproxy.cfg.
    ...['connect 5000', 'client 50000', 'server 50000'].map((timeout) => `  timeout ${timeout}`),
    ...['frontend front', `  bind 127.0.0.1:${front}`, '  default_backend gateways'],
    ...['backend gateways', '  option httpchk GET /readyz', ...servers],
    ...['listen stats', `  bind 127.0.0.1:${stats}`, '  stats enable', '  stats uri /'],
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const child = spawn('haproxy', ['-db', '-f', file], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const onExit = () => void child.kill('SIGKILL');
  process.once('exit', onExit);

  /** Of each server, UP or what else HAProxy calls it. */
  async function states(): Promise<string[]> {
    const csv = await (await fetch(`http://127.0.0.1:${stats}/;csv`)).text();
    const [names = [], ...rows] = csv.split('\n').map((line) => line.replace(/^# /, '').split(','));
    const [name, state] = [names.indexOf('svname'), names.indexOf('status')];
    return rows.filter((row) => row[name]?.startsWith('gateway')).map((row) => row[state] ?? '');
  }

  return {
    url: `http://127.0.0.1:${front}`,
    async whenAllServe() {
      const isSo = async () => (await states()).every((state) => state === 'UP');
      if (!Number.isFinite(await eventually(isSo, PATIENCE_MS)))
        throw new Error(`HAProxy says: ${(await states()).join()}`);
    },
    // Whoever has not been told of an end finds out himself.
    told: () => sleep(0),
    async close() {
      process.off('exit', onExit);
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
