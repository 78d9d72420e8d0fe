/** The project as a newcomer gets it: cloned, installed and started in a folder of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Free ports, and nothing of this shell's gateway. */
const { PATH = '', HOME = '' } = process.env;
const ENVIRONMENT = { PATH, HOME, PORT: '0' };
const LONGEST_START_MS = 300_000;

export class FreshClone {
  readonly folder = mkdtempSync(join(tmpdir(), 'token-connect-fresh-'));
  readonly root = join(this.folder, 'gateway');
  #gateway: ChildProcess | null = null;
  #command: ChildProcess | null = null;
  /** Whoever ends the suite early leaves no server and no half clone behind. */
  readonly #onExit = () => {
    this.#command?.kill('SIGKILL');
    if (this.#gateway?.pid !== undefined && this.#gateway.exitCode === null) {
      process.kill(-this.#gateway.pid, 'SIGKILL');
    }
    rmSync(this.folder, { recursive: true, force: true });
  };

  constructor() {
    process.once('exit', this.#onExit);
  }

  async clone(): Promise<void> {
    await this.#run('git', ['clone', '--quiet', process.cwd(), this.root], this.folder);
  }

  /** @param words of npm */
  npm(cwd: string, ...words: readonly string[]): Promise<string> {
    return this.#run('npm', words, cwd);
  }

  node(cwd: string, file: string, environment: Readonly<Record<string, string>>): Promise<string> {
    return this.#run(process.execPath, [file], cwd, environment);
  }

  async #run(
    file: string,
    words: readonly string[],
    cwd: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const env = { ...ENVIRONMENT, ...environment };
    const running = run(file, [...words], { cwd, env, maxBuffer: 64 * 1024 * 1024 });
    this.#command = running.child;
    return (await running).stdout;
  }

  /** @returns the demo bank's URL, as the banner says it */
  async start(): Promise<string> {
    const gateway = spawn('npm', ['start'], {
      cwd: this.root,
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm does not pass signals on to what it has started.
      detached: true,
    });
    this.#gateway = gateway;
    let said = '';
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(
        () => reject(new Error(`no banner: ${said.slice(-1000)}`)),
        LONGEST_START_MS,
      );
      for (const output of [gateway.stdout, gateway.stderr]) {
        output.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const url = /Demo bank {2}(\S+)\//.exec(said)?.[1];
          if (url === undefined || !said.includes('Token ')) return;
          clearTimeout(tooLate);
          resolve(url);
        });
      }
      gateway.once('exit', () => reject(new Error(`it has ended: ${said.slice(-1000)}`)));
    });
  }

  async close(): Promise<void> {
    process.off('exit', this.#onExit);
    const gateway = this.#gateway;
    if (gateway?.pid !== undefined && gateway.exitCode === null) {
      const ended = new Promise((resolve) => gateway.once('exit', resolve));
      process.kill(-gateway.pid, 'SIGINT');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
