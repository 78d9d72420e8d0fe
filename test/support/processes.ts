/** Node processes of a test's own, with all that they say; none outlives the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Run {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Both, in the order of arrival. */
  output(): string;
  /** Resolves with what matched in the output; rejects when the process ends before, or after 45 s. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code once the process has ended and all of its output is here; null after a signal. */
  ended(): Promise<number | null>;
}

const PATIENCE_MS = 45_000;
const running = new Set<ChildProcess>();
/** What Node says when nobody has caught something (its version is the last line then), or listeners leak. */
export const NEVER_SAID =
  /MaxListenersExceededWarning|Unhandled 'error' event|UnhandledPromiseRejection|uncaughtException|^Node\.js v\d/m;
const complaints: string[] = [];

/** As `npm start` starts it. */
export const SERVER = '.start/main.js';

/** A path below dist/, which `npm test` has built. */
export function built(file: string): string {
  const path = fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`dist/${file} is missing; to build it: npm run build`);
  return path;
}

/** With outputs of the test's choice: a pipe that nobody reads, a file. Nothing of this process's environment is passed on; no balancer has to hear of its end. */
export function spawnNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  stdout: 'pipe' | number,
  stderr: 'pipe' | number,
  node = process.execPath,
): ChildProcess {
  const env = { DRAIN_SECONDS: '0', ...environment };
  const child = spawn(node, args, { env, stdio: ['ignore', stdout, stderr] });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Nothing of this process's environment is passed on. */
export function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  node = process.execPath,
): Run {
  const child = spawnNode(args, environment, 'pipe', 'pipe', node);
  const chunks: { readonly from: 'stdout' | 'stderr'; readonly data: Buffer }[] = [];
  const text = (from?: string) =>
    Buffer.concat(
      chunks.filter((chunk) => from === undefined || chunk.from === from).map(({ data }) => data),
    ).toString('utf8');
  for (const from of ['stdout', 'stderr'] as const) {
    child[from]?.on('data', (data: Buffer) => void chunks.push({ from, data }));
  }
  const end = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      if (NEVER_SAID.test(text('stderr'))) complaints.push(text('stderr'));
      resolve(code);
    });
  });
  return {
    child,
    stdout: () => text('stdout'),
    stderr: () => text('stderr'),
    output: () => text(),
    async says(pattern) {
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        const match = pattern.exec(text());
        if (match !== null) return match;
        if (!running.has(child) || Date.now() > until) throw new Error(`never said ${pattern}:\n${text()}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    ended: () => end,
  };
}

export interface GatewayProcess extends Run {
  readonly url: string;
}

/** The built gateway on a free port, once it listens. */
export async function runGateway(
  environment: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
  node = process.execPath,
): Promise<GatewayProcess> {
  const run = runNode([...nodeOptions, built(SERVER)], { PORT: '0', ...environment }, node);
  const [, url = ''] = await run.says(/"url":"([^"]+)".*"msg":"listening"/);
  return { ...run, url };
}

/** Belongs into afterAll. @throws when one of them has left something uncaught */
export async function killAll(): Promise<void> {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise<void>((resolve) => {
          child.once('close', () => resolve());
          child.kill('SIGKILL');
        }),
    ),
  );
  const said = complaints.splice(0);
  if (said.length > 0) throw new Error(`A process of this test has not caught: ${said.join('\n')}`);
}
