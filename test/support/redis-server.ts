/** A real redis-server of a test's own: it can be killed, frozen and restarted, and never outlives the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RedisServerOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** e.g. `['--maxmemory', '1mb']`; persistence is off unless asked for here. */
  readonly args?: readonly string[];
  /** As a Sentinel, by the `sentinel.conf` in its folder. */
  readonly sentinel?: boolean;
}

export class RedisServer {
  readonly port: number;
  readonly #args: readonly string[];
  readonly #isSentinel: boolean;
  readonly #dir = mkdtempSync(join(tmpdir(), 'redis-test-'));
  readonly #onExit = () => this.#end();
  #process: ChildProcess | undefined;

  /** Takes a port without starting, for a Redis that is absent at first. */
  static async reserve(options: RedisServerOptions = {}): Promise<RedisServer> {
    return new RedisServer(options.port ?? (await freePort()), options);
  }

  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const server = await RedisServer.reserve(options);
    await server.start();
    return server;
  }

  private constructor(port: number, { args = [], sentinel = false }: RedisServerOptions) {
    this.port = port;
    this.#args = args;
    this.#isSentinel = sentinel;
    // Also when the test's process ends without stop().
    process.once('exit', this.#onExit);
  }

  /** Where it keeps its files. */
  get folder(): string {
    return this.#dir;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Resolves once it answers PING (or asks for a password, which is an answer too). */
  async start(): Promise<void> {
    const fixed = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#dir];
    const quiet = ['--daemonize', 'no', '--loglevel', 'warning'];
    const kind = this.#isSentinel
      ? [join(this.#dir, 'sentinel.conf'), '--sentinel']
      : ['--save', '', '--appendonly', 'no'];
    const child = spawn('redis-server', [...kind, ...fixed, ...quiet, ...this.#args], { stdio: 'ignore' });
    child.on('error', () => undefined);
    this.#process = child;
    const until = Date.now() + 5000;
    while (Date.now() < until && child.exitCode === null) {
      const answer = await this.command('PING').catch(() => '');
      if (/PONG|NOAUTH/.test(answer)) return;
      await sleep(10);
    }
    throw new Error(`redis-server does not answer on port ${this.port}; to install it: npm run test:tools`);
  }

  async kill(): Promise<void> {
    await this.#end();
  }

  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async stop(): Promise<void> {
    process.removeListener('exit', this.#onExit);
    await this.#end();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** Sends one command over a connection of its own; resolves with the raw reply, e.g. `+OK` or `$-1`. */
  command(...args: readonly string[]): Promise<string> {
    return this.commands([args]);
  }

  /** Several in one go; the raw replies one after the other. */
  commands(list: readonly (readonly string[])[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket: Socket = connect(this.port, '127.0.0.1');
      let reply = '';
      socket.setEncoding('utf8').setTimeout(2000, () => socket.destroy(new Error('no reply from Redis')));
      socket.on('data', (chunk: string) => {
        reply += chunk;
        // A Sentinel knows no QUIT.
        if (this.#isSentinel) setTimeout(() => socket.end(), 20);
      });
      socket
        .once('error', reject)
        .once('close', () =>
          resolve(reply.replace(/(?:\+OK|-ERR unknown command 'QUIT'.*)\r\n$/, '').trimEnd()),
        );
      // On QUIT Redis answers, then closes.
      socket.write([...list, ['QUIT']].map(encode).join(''));
    });
  }

  /** The file that SAVE has written, as latin1. */
  dump(): string {
    return readFileSync(join(this.#dir, 'dump.rdb'), 'latin1');
  }

  #end(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    // A stopped process takes SIGKILL too, but CONT first leaves no doubt.
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    return gone;
  }
}

function encode(args: readonly string[]): string {
  const parts = args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`);
  return `*${args.length}\r\n${parts.join('')}`;
}

/**
 * Free, and nobody else's before it is used: below the range that the system hands out, and of this Jest worker alone.
 * A Redis that is absent at first would otherwise find another test's server on its port.
 */
export async function freePort(): Promise<number> {
  const first = 20_000 + (Number(process.env['JEST_WORKER_ID'] ?? 0) % 10) * 1000;
  for (;;) {
    const port = first + Math.floor(Math.random() * 1000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
