/**
 * `npm run test:package`: packs a clean copy of what is committed, the gateway and the client, installs each tarball into an empty project
 * from the registry, and uses what `exports` and `bin` promise there, with the callers in test/package.
 */
import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  compile,
  folder,
  install,
  killAll,
  packBoth,
  project,
  RESOLUTIONS,
  run,
  runJest,
  serve,
} from './test-package/project.mjs';

const VITE = 'vite@8.3.8';
/** What a page may load of the client, compressed. */
const MOST_PAGE_BYTES = 10_000;

/** @type {Awaited<ReturnType<typeof packBoth>>} */
let packed;
let gateway = '';
let client = '';

before(async () => {
  packed = await packBoth();
  gateway = await project('gateway', packed.gateway.tarball, 'yaml');
  client = await project('client', packed.client.tarball);
});

after(async () => {
  killAll();
  await rm(folder, { recursive: true, force: true });
});

test('the tarballs hold nothing that only we need', () => {
  for (const { files } of [packed.gateway, packed.client]) {
    assert.ok(files.includes('LICENSE'));
    const ours = /^(src|test|\.ci)\/|\/print|stamp|tsbuildinfo|\.faults/;
    assert.deepEqual(
      files.filter((file) => ours.test(file)),
      [],
    );
  }
  const ofClient = packed.gateway.files.filter((file) => file.startsWith('dist/client/'));
  assert.deepEqual(ofClient, ['dist/client/trusted-documents.json']);
});

test('the client brings graphql-request and graphql, and nothing else', async (t) => {
  const entries = await readdir(join(client, 'node_modules'), { recursive: true, withFileTypes: true });
  const packages = entries.filter(({ name }) => name === 'package.json').map(({ parentPath }) => parentPath);
  const names = await Promise.all(packages.map(nameIn));
  assert.deepEqual([...new Set(names)].filter(Boolean).sort(), [
    '@graphql-typed-document-node/core',
    'graphql',
    'graphql-request',
    'token-connect-client',
  ]);
  t.diagnostic(
    `token-connect-client: tarball of ${packed.client.size} bytes, ${packed.client.files.length} files`,
  );
});

test('npx token-connect-gateway serves, and the client is used from ES modules and from a CommonJS Jest', async () => {
  const { url, stop } = await serve(gateway, 'npx', '--no-install', 'token-connect-gateway');
  const env = { GATEWAY_URL: url };
  await run(client, process.execPath, 'esm.mjs', env);
  await runJest(client, env);
  await stop();
});

test('a page that Vite builds loads at most 10 kB of the client, and no parser', async (t) => {
  await install(client, VITE);
  await run(client, 'npx', '--no-install', 'vite', 'build', 'page');
  const assets = join(client, 'page/dist/assets');
  const scripts = (await readdir(assets)).filter((file) => file.endsWith('.js'));
  const code = await readFile(join(assets, scripts[0] ?? ''));
  const size = gzipSync(code, { level: 9 }).length;
  assert.equal(scripts.length, 1);
  assert.ok(size <= MOST_PAGE_BYTES, `${size} bytes`);
  assert.doesNotMatch(code.toString(), /Syntax Error/);
  t.diagnostic(`a page with the client: ${code.length} bytes, ${size} compressed`);
});

test('the test double starts from ES modules and from a CommonJS Jest', async () => {
  await run(gateway, process.execPath, 'esm.mjs');
  await runJest(gateway);
});

test('npx token-connect-gateway simulator runs the simulator alone', async () => {
  const { url } = await serve(
    gateway,
    'npx',
    '--no-install',
    'token-connect-gateway',
    'simulator',
    '--port',
    '0',
  );
  assert.deepEqual(await (await fetch(`${url}/simulator/calls`)).json(), {
    getEligibleTokenRequestors: 0,
    getAsset: 0,
    pushMultipleAccounts: 0,
  });
});

test('npm start serves where only the package lies', async () => {
  const { url } = await serve(gateway, 'npm', 'start', '--prefix', 'node_modules/token-connect-gateway');
  assert.equal((await fetch(`${url}/livez`)).status, 200);
  assert.equal((await fetch(`${url}/explorer`)).status, 200);
});

test('an unknown command is one sentence and exit code 64', async () => {
  await assert.rejects(run(gateway, 'npx', '--no-install', 'token-connect-gateway', 'sing'), {
    code: 64,
    stderr:
      'There is no command "sing": give none to serve, "simulator" for the simulator, "demo-sign-in", "demo-card-store", "migrate", "hold", "doctor" or "audit-verify".\n',
  });
});

for (const [name, file, options] of RESOLUTIONS) {
  test(`the types of client and test double resolve under ${name}`, async () => {
    for (const place of [client, gateway]) await compile(place, file, options);
  });
}

/** @param {string} place of a package.json; those that only name a module format have no name */
async function nameIn(place) {
  return JSON.parse(await readFile(join(place, 'package.json'), 'utf8')).name;
}
