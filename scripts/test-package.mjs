/**
 * `npm run test:package`: packs a clean copy of what is committed, installs the tarball into an empty project from the
 * registry, and uses what `exports` and `bin` promise there, with the callers in test/package.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_MS = 60_000;
const COMPILER = { strict: true, noEmit: true, skipLibCheck: false, types: [], lib: ['es2023', 'dom'] };

const folder = await mkdtemp(join(tmpdir(), 'token-connect-package-'));
const clone = join(folder, 'clone');
const project = join(folder, 'project');
/** @type {string[]} */
let packed;
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

before(async () => {
  await mkdir(clone);
  await run(ROOT, 'sh', '-c', `git archive HEAD | tar -x -C '${clone}'`);
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  const [{ filename, files }] = JSON.parse(
    await run(clone, 'npm', 'pack', '--silent', '--json', '--pack-destination', folder),
  );
  packed = files.map((/** @type {{ path: string }} */ { path }) => path);
  await mkdir(project);
  await cp(join(ROOT, 'test/package'), project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  const tarball = join(folder, filename);
  await run(project, 'npm', 'install', '--silent', '--ignore-scripts', '--prefer-offline', tarball, 'yaml');
});

after(async () => {
  for (const child of running) stop(child, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

test('the tarball holds nothing that only we need', () => {
  assert.ok(packed.includes('LICENSE'));
  assert.deepEqual(
    packed.filter((file) => /^(src|test|\.ci)\/|\/print|stamp|tsbuildinfo|\.faults/.test(file)),
    [],
  );
});

test('npx token-connect-gateway serves, and the client is used from ES modules and from a CommonJS Jest', async () => {
  const { url, ended, child } = await serve('npx', '--no-install', 'token-connect-gateway');
  const env = { GATEWAY_URL: url };
  await run(project, process.execPath, 'esm.mjs', env);
  const config = JSON.stringify({ testMatch: ['**/*.test.cjs'], transform: {} });
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  await run(project, process.execPath, jest, '--rootDir', project, '--config', config, env);
  stop(child, 'SIGTERM');
  await ended;
});

test('npx token-connect-gateway simulator runs the simulator alone', async () => {
  const { url } = await serve('npx', '--no-install', 'token-connect-gateway', 'simulator', '--port', '0');
  assert.deepEqual(await (await fetch(`${url}/simulator/calls`)).json(), {
    getEligibleTokenRequestors: 0,
    getAsset: 0,
    pushMultipleAccounts: 0,
  });
});

test('npm start serves where only the package lies', async () => {
  const { url } = await serve('npm', 'start', '--prefix', 'node_modules/token-connect-gateway');
  assert.equal((await fetch(`${url}/livez`)).status, 200);
  assert.equal((await fetch(`${url}/explorer`)).status, 200);
});

test('an unknown command is one sentence and exit code 64', async () => {
  await assert.rejects(run(project, 'npx', '--no-install', 'token-connect-gateway', 'sing'), {
    code: 64,
    stderr:
      'There is no command "sing": give none to serve, "simulator" for the simulator, "migrate", "hold" or "audit-verify".\n',
  });
});

for (const [name, file, options] of [
  ['node16, from an ES module', 'types.mts', { module: 'node16', moduleResolution: 'node16' }],
  ['node16, from CommonJS', 'types.cts', { module: 'node16', moduleResolution: 'node16' }],
  ['nodenext, from an ES module', 'types.mts', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ['nodenext, from CommonJS', 'types.cts', { module: 'nodenext', moduleResolution: 'nodenext' }],
  ['bundler', 'types.ts', { module: 'esnext', moduleResolution: 'bundler' }],
]) {
  test(`the client's types resolve under ${name}`, async () => {
    if (file !== 'types.ts') await cp(join(project, 'types.ts'), join(project, file));
    const config = { compilerOptions: { ...COMPILER, target: 'es2023', ...options }, files: [file] };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config));
    await run(
      project,
      process.execPath,
      join(ROOT, 'node_modules/typescript/bin/tsc'),
      '-p',
      'tsconfig.json',
    );
  });
}

/**
 * Its output; what it wrote is in the error when it fails.
 * @param {string} cwd @param {(string | NodeJS.ProcessEnv)[]} words the command, its arguments, and settings at the end
 */
async function run(cwd, ...words) {
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

/** Started in the project on a free port, in a process group of its own. @param {string} command @param {string[]} args */
async function serve(command, ...args) {
  const child = spawn(command, args, {
    cwd: project,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error' },
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
  return { url: String(await Promise.race([url, failed, late])), child, ended };
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function stop(child, signal) {
  if (child.pid !== undefined) process.kill(-child.pid, signal);
}
