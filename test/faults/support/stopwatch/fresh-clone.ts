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

  async clone(): Promise<void> {
    await run('git', ['clone', '--quiet', process.cwd(), this.root]);
  }

  /** @param words of npm */
  async npm(cwd: string, ...words: readonly string[]): Promise<string> {
    return (await run('npm', [...words], { cwd, env: ENVIRONMENT, maxBuffer: 64 * 1024 * 1024 })).stdout;
  }

  async node(cwd: string, file: string, environment: Readonly<Record<string, string>>): Promise<string> {
    return (await run(process.execPath, [file], { cwd, env: { ...ENVIRONMENT, ...environment } })).stdout;
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
    const gateway = this.#gateway;
    if (gateway?.pid !== undefined && gateway.exitCode === null) {
      const ended = new Promise((resolve) => gateway.once('exit', resolve));
      process.kill(-gateway.pid, 'SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
