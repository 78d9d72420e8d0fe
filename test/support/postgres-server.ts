/** A real PostgreSQL of a test's own: it can be killed, frozen, copied and restarted, and never outlives the test. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './redis-server.js';

/** Debian keeps the server's programs out of the PATH. */
const VERSIONS = '/usr/lib/postgresql';
const FOLDERS = [
  ...(existsSync(VERSIONS) ? readdirSync(VERSIONS).map((version) => join(VERSIONS, version, 'bin')) : []),
  ...(process.env['PATH'] ?? '').split(':'),
];

export function postgresProgram(name: string): string {
  const folder = FOLDERS.find((one) => existsSync(join(one, name)));
  if (folder === undefined) throw new Error(`${name} is missing; to install it: npm run test:tools`);
  return join(folder, name);
}

/** The server refuses to run as root. */
function notRoot(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export interface PostgresOptions {
  /** e.g. `['-c', 'fsync=off']` */
  readonly args?: readonly string[];
  /** A folder of data that is there already, such as a standby's. */
  readonly data?: string;
  /** Default: a free one. */
  readonly port?: number;
}

export class PostgresServer {
  readonly port: number;
  readonly #home: string;
  readonly #args: readonly string[];
  readonly #user = notRoot();
  readonly #onExit = () => this.#signal('SIGKILL');
  #process: ChildProcess | undefined;

  static async start(options: PostgresOptions = {}): Promise<PostgresServer> {
    const server = await PostgresServer.make(options);
    await server.start();
    return server;
  }

  /** With its data folder, not started. */
  static async make(options: PostgresOptions = {}): Promise<PostgresServer> {
    return new PostgresServer(options.port ?? (await freePort()), options);
  }

  private constructor(port: number, { args = [], data }: PostgresOptions) {
    this.port = port;
    this.#args = args;
    this.#home = data === undefined ? mkdtempSync(join(tmpdir(), 'postgres-test-')) : join(data, '..');
    process.once('exit', this.#onExit);
    if (data !== undefined) return;
    this.#give(this.#home);
    execFileSync('cp', ['-R', '-p', this.#template(), this.data], this.#user);
  }

  /** A folder of data as initdb makes it, which takes four times as long as a copy: made once for all tests of this machine. */
  #template(): string {
    const [version = ''] = /\d[\w.]*/.exec(this.run('postgres', '--version')) ?? [];
    const template = join(
      tmpdir(),
      `postgres-test-template-${version}-${this.#user.uid ?? process.getuid?.()}`,
    );
    if (existsSync(template)) return template;
    const made = join(this.#home, 'template');
    // Small files of its log: most of what is written and copied here would be empty ones.
    const small = ['--no-sync', '--wal-segsize=1'];
    this.run('initdb', '-D', made, '--auth=trust', '-U', 'postgres', ...small);
    try {
      renameSync(made, template);
    } catch {
      // Another worker was quicker.
      rmSync(made, { recursive: true });
    }
    return template;
  }

  get data(): string {
    return join(this.#home, 'data');
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  /** Runs one of PostgreSQL's programs as the server's user. */
  run(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(postgresProgram(program), [...args], {
      ...this.#user,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
      cwd: '/',
    });
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
    return stdout;
  }

  /** Resolves once it answers. */
  async start(): Promise<void> {
    const fixed = ['-D', this.data, '-p', String(this.port), '-c', 'listen_addresses=127.0.0.1'];
    const own = ['-c', `unix_socket_directories=${this.#home}`, '-c', 'wal_level=replica'];
    const child = spawn(postgresProgram('postgres'), [...fixed, ...own, ...this.#args], {
      ...this.#user,
      stdio: 'ignore',
      cwd: '/',
    });
    this.#process = child;
    for (let tries = 0; tries < 400 && child.exitCode === null; tries++) {
      if (await this.#answers()) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`PostgreSQL does not answer on port ${this.port}`);
  }

  /** Asks over a connection of its own. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 3000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** kill -9, with all that it has started. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    for (const pid of processesOf(child)) kill(pid, 'SIGKILL');
    await gone;
    rmSync(join(this.data, 'postmaster.pid'), { force: true });
  }

  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** A copy of its data as it stands on disk; killed before. */
  copyData(to: string): void {
    rmSync(to, { recursive: true, force: true });
    cpSync(this.data, to, { recursive: true, preserveTimestamps: true });
    this.#give(to);
  }

  /** A copy of its data takes the place of what it has; killed before. */
  replaceData(from: string): void {
    rmSync(this.data, { recursive: true });
    cpSync(from, this.data, { recursive: true, preserveTimestamps: true });
    this.#give(this.data);
  }

  async stop(): Promise<void> {
    process.removeListener('exit', this.#onExit);
    this.thaw();
    await this.kill();
    await rm(this.#home, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    return this.query('select 1').then(
      () => true,
      () => false,
    );
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#process === undefined) return;
    for (const pid of processesOf(this.#process)) kill(pid, signal);
  }

  #give(path: string): void {
    const { uid, gid } = this.#user;
    if (uid === undefined || gid === undefined) return;
    chownSync(path, uid, gid);
    for (const entry of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
      chownSync(join(path, entry), uid, gid);
    }
  }
}

/** The server first, so that it starts nothing more, then what it has started. */
function processesOf(child: ChildProcess): number[] {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return [];
  const children = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === pid)
    .map(Number);
  return [pid, ...children];
}

function parentOf(pid: string): number {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return -1;
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has gone already.
  }
}
