/** `npm run dev`: builds and serves anew at every change. What does not compile is shown, and the last good server runs on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Editors write a file in several steps, and a checkout many files. */
const SETTLE_MS = 100;

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;
let changed = false;
let busy = false;
let ending = false;
/** @type {NodeJS.Timeout | undefined} */
let settling;

watch(path('src'), { recursive: true }, onChange);
for (const file of ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json']) watch(path(file), onChange);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
await renew();

function onChange() {
  clearTimeout(settling);
  settling = setTimeout(() => void renew(), SETTLE_MS);
}

/** One build at a time; what changes meanwhile is built when it has ended. */
async function renew() {
  changed = true;
  if (busy) return;
  busy = true;
  while (changed && !ending) {
    changed = false;
    if (await build()) await serveAnew();
  }
  busy = false;
}

async function build() {
  const started = performance.now();
  const builder = spawn(process.execPath, [path('scripts/build.mjs')], { stdio: 'inherit' });
  const [code] = await once(builder, 'exit');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(code === 0 ? `built in ${seconds} s` : 'does not build; waiting for a change');
  return code === 0;
}

async function serveAnew() {
  await stop();
  if (ending) return;
  const next = spawn(process.execPath, [path('bin/token-connect-gateway.mjs')], { stdio: 'inherit' });
  server = next;
  next.once('exit', (code) => {
    if (server !== next) return;
    server = undefined;
    if (!ending) say(`the server has ended (${code}); waiting for a change`);
  });
}

async function stop() {
  const last = server;
  if (last === undefined) return;
  server = undefined;
  const ended = once(last, 'exit');
  last.kill('SIGINT');
  await ended;
}

async function end() {
  ending = true;
  await stop();
  process.exit(0);
}

/** @param {string} words */
function say(words) {
  process.stderr.write(`dev: ${words}\n`);
}
