/** A Redis in a network namespace of its own, whose cable can be pulled; Linux, root and iproute2 are needed. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { NotRun } from '../../row.js';
import type { Scene } from '../scene.js';
import type { SilentRedis } from './silent-redis.js';

const OURS = '10.231.77.1';
const ITS = '10.231.77.2';
const PORT = '6379';
/** What the kernel says where a container or a kernel without them stands in the way. */
const NOT_HERE = /not permitted|denied|not supported|unknown device type/i;

export async function partitionedRedis(scene: Scene): Promise<SilentRedis> {
  const name = `faults-${process.pid}`;
  const [here, there] = [`fa${process.pid}`, `fb${process.pid}`];
  requireRootAndIp();
  try {
    ip('netns', 'add', name);
    atTheEnd(scene, () => ip('netns', 'delete', name));
    ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
    // The kernel takes its time over the end of a namespace, and over a cable that it takes along.
    atTheEnd(scene, () => ip('link', 'delete', here));
    ip('address', 'add', `${OURS}/30`, 'dev', here);
    ip('link', 'set', here, 'up');
    ip('-netns', name, 'address', 'add', `${ITS}/30`, 'dev', there);
    ip('-netns', name, 'link', 'set', there, 'up');
    ip('-netns', name, 'link', 'set', 'lo', 'up');
  } catch (error) {
    const reason = firstLine(error);
    if (!NOT_HERE.test(reason)) throw error;
    throw new NotRun(`network namespaces cannot be made here (${reason})`);
  }
  const inside = ['netns', 'exec', name];
  const options = ['--port', PORT, '--bind', ITS, '--protected-mode', 'no', '--save', ''];
  const server = spawn('ip', [...inside, 'redis-server', ...options], { stdio: 'ignore' });
  atTheEnd(scene, () => void server.kill('SIGKILL'));
  // Under load nothing here may wait for a command: the proxy lives in this process too.
  const run = async (...words: string[]) => (await promisify(execFile)('ip', words)).stdout;
  await sleep(500);
  return {
    url: `redis://${ITS}:${PORT}`,
    // The far end: at the near one our own kernel would refuse to send, which is no silence.
    silence: () => run('-netns', name, 'link', 'set', there, 'down'),
    resume: () => run('-netns', name, 'link', 'set', there, 'up'),
    stats: () => run(...inside, 'redis-cli', '-h', ITS, '-p', PORT, 'INFO', 'stats'),
  };
}

/** Of the scene, or of this process if that comes first: the kernel would keep both. */
function atTheEnd(scene: Scene, end: () => void): void {
  process.once('exit', end);
  scene.owns(async () => {
    process.removeListener('exit', end);
    end();
  });
}

function requireRootAndIp(): void {
  if (process.platform !== 'linux') throw new NotRun('network namespaces are a thing of Linux');
  if (process.getuid?.() !== 0) throw new NotRun('root is missing: network namespaces need it');
  try {
    ip('-V');
  } catch {
    throw new NotRun('the command ip is missing (package iproute2)');
  }
}

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return text.trim().split('\n')[0] ?? '';
}
