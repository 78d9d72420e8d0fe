/** A process on a core of its own, which may be asked by messages; none outlives the bench. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whatever is measured, and whatever it is measured by or hangs on. */
export type Core = 'server' | 'load';

/** null: there is no `taskset`, or one core alone; figures then tell less, and the page says so. */
export const CORES: Readonly<Record<Core, number>> | null =
  existsSync('/usr/bin/taskset') && cpus().length > 1 ? { server: 0, load: 1 } : null;

const LOG_TAIL = 1500;
const running = new Set<PinnedProcess>();
const logs = mkdtempSync(join(tmpdir(), 'token-connect-bench-logs-'));
let started = 0;

process.once('exit', () => {
  for (const one of running) one.signal('SIGKILL');
  rmSync(logs, { recursive: true, force: true });
});

export class PinnedProcess {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #ended: Promise<void>;
  #asked = 0;

  /** @param command with its arguments; nothing of this process's environment is passed on but PATH */
  constructor(
    readonly name: string,
    core: Core,
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
    { asks = false } = {},
  ) {
    started += 1;
    this.#log = join(logs, `${started}-${name.replace(/\W+/g, '-')}.log`);
    const output = openSync(this.#log, 'w');
    const pinned = CORES === null ? command : ['taskset', '-c', String(CORES[core]), ...command];
    const [program = '', ...args] = pinned;
    this.#child = spawn(program, args, {
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', output, output, ...(asks ? (['ipc'] as const) : [])],
    });
    running.add(this);
    this.#child.on('message', (message) => this.#take(message as Answer));
    this.#ended = new Promise((resolve) => {
      const end = () => {
        running.delete(this);
        for (const { reject } of this.#waiting.values()) reject(new Error(`${name} ended:\n${this.logTail}`));
        this.#waiting.clear();
        resolve();
      };
      this.#child.once('error', end).once('exit', end);
    });
  }

  /** Of its own bundle. */
  static node(
    name: string,
    core: Core,
    file: string,
    environment: Readonly<Record<string, string>> = {},
  ): PinnedProcess {
    return new PinnedProcess(name, core, [process.execPath, bundled(file)], environment, { asks: true });
  }

  get isAlive(): boolean {
    return running.has(this);
  }

  get logTail(): string {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8').slice(-LOG_TAIL) : '';
  }

  /** For its figures: vitals.ts. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  ask<T>(kind: string, value?: unknown): Promise<T> {
    if (!this.isAlive) return Promise.reject(new Error(`${this.name} has ended:\n${this.logTail}`));
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#child.send({ id, kind, value }, (error) => error !== null && reject(error));
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#ended;
  }

  #take({ id, value, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** A file beside main.js in the bundle. */
export function bundled(name: string): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url));
}
