/** An empty project in which a packed tarball is installed and used: commands run there, servers started and stopped. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_MS = 60_000;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

export const folder = await mkdtemp(join(tmpdir(), 'token-connect-package-'));

/** A clean copy of what is committed, built on the way. @returns what `npm pack` says of each */
export async function packBoth() {
  const clone = join(folder, 'clone');
  await mkdir(clone);
  await run(ROOT, 'sh', '-c', `git archive HEAD | tar -x -C '${clone}'`);
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const gateway = await pack(clone, '.');
  return { gateway, client: await pack(clone, './dist/client') };
}

/** @param {string} clone @param {string} what @returns {Promise<{ tarball: string, size: number, files: string[] }>} */
async function pack(clone, what) {
  const answer = await run(clone, 'npm', 'pack', what, '--silent', '--json', '--pack-destination', folder);
  const [{ filename, size, files }] = JSON.parse(answer);
  return {
    tarball: join(folder, filename),
    size,
    files: files.map((/** @type {{ path: string }} */ { path }) => path),
  };
}

/** @param {string} name a folder of test/package, which is copied @param {string[]} packages */
export async function project(name, ...packages) {
  const place = join(folder, name);
  await cp(join(ROOT, 'test/package', name), place, { recursive: true });
  await writeFile(join(place, 'package.json'), '{ "private": true, "type": "module" }\n');
  await install(place, ...packages);
  return place;
}

/** @param {string} place @param {string[]} packages */
export async function install(place, ...packages) {
  await run(place, 'npm', 'install', '--silent', '--ignore-scripts', '--prefer-offline', ...packages);
}

/** @param {string} place @param {NodeJS.ProcessEnv} [env] */
export async function runJest(place, env = {}) {
  const config = JSON.stringify({ testMatch: ['**/*.test.cjs'], transform: {} });
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  await run(place, process.execPath, jest, '--rootDir', place, '--config', config, env);
}

const COMPILER = { strict: true, noEmit: true, skipLibCheck: false, lib: ['es2023', 'dom'] };
export const RESOLUTIONS = [
  ['node16, from an ES module', 'types.mts', { module: 'node16', moduleResolution: 'node16' }],
  ['node16, from CommonJS', 'types.cts', { module: 'node16', moduleResolution: 'node16' }],
  ['nodenext, from an ES module', 'types.mts', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ['nodenext, from CommonJS', 'types.cts', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ['bundler', 'types.ts', { module: 'esnext', moduleResolution: 'bundler' }],
];

/** Compiles `types.ts` of a project as this file. @param {string} place @param {any} file @param {any} options */
export async function compile(place, file, options) {
  if (file !== 'types.ts') await cp(join(place, 'types.ts'), join(place, file));
  const compilerOptions = { ...COMPILER, types: [], target: 'es2023', ...options };
  await writeFile(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  await run(place, process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json');
}

/**
 * Its output; what it wrote is in the error when it fails.
 * @param {string} cwd @param {(string | NodeJS.ProcessEnv)[]} words the command, its arguments, and settings at the end
 */
export async function run(cwd, ...words) {
  const last = words.at(-1);
  const [file = '', ...args] = words.filter((word) => typeof word === 'string');
  const env = { ...process.env, ...(typeof last === 'object' ? last : {}) };
  // of the test runner's own, which a test runner below it would take for its own
  delete env['NODE_TEST_CONTEXT'];
  try {
    return (await promisify(execFile)(file, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) error.message += `\n${error.stdout}`;
    throw error;
  }
}

/**
 * Started in the project on a free port, in a process group of its own.
 * @param {string} cwd @param {string} command @param {string[]} args
 */
export async function serve(cwd, command, ...args) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PORT: '0', DRAIN_SECONDS: '0', LOG_LEVEL: 'error' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  let output = '';
  const url = new Promise((resolve) => {
    const read = (/** @type {Buffer} */ data) => {
      output += data;
      const [found] = /(?<=GraphQL {4}|simulator at )http:\/\/[\d.:]+/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const failed = ended.then(([code]) =>
    assert.fail(`${command} ${args.join(' ')} ended (${code}): ${output}`),
  );
  const late = new Promise((_, reject) =>
    setTimeout(reject, READY_MS, new Error(`not ready: ${output}`)).unref(),
  );
  failed.catch(() => undefined);
  const stop = async () => {
    signal(child, 'SIGTERM');
    await ended;
  };
  return { url: String(await Promise.race([url, failed, late])), stop };
}

export function killAll() {
  for (const child of running) signal(child, 'SIGKILL');
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} name */
function signal(child, name) {
  if (child.pid !== undefined) process.kill(-child.pid, name);
}
