/** Bundles the server with all that it needs into one file of dist/.start: Node starts that in a fraction of the time of 1,700 small ones. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from '@jridgewell/sourcemap-codec';
import { BuildError, DIST, filesIn, ROOT, SRC } from './step.mjs';

const START = join(DIST, '.start');
const MAIN = join(START, 'main.js');
const STARTER = fileURLToPath(new URL('start-main.mjs', import.meta.url));
const FIRST_START_MS = 60_000;

/** @returns {import('./step.mjs').Step} to be run after the server's: it takes what that has compiled */
export function startStep() {
  return {
    name: 'start',
    inputs: [
      ...filesIn(SRC).filter((file) => /(?<!\.d)\.ts$|\.json$/.test(file)),
      ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((file) => join(ROOT, file)),
      STARTER,
      fileURLToPath(import.meta.url),
    ],
    outputs: [MAIN],
    tool: join(ROOT, 'node_modules/esbuild/lib/main.js'),
    run: async () => {
      await rm(START, { recursive: true, force: true });
      const file = await bundle();
      await writeLines(file);
      const starter = await readFile(STARTER, 'utf8');
      await writeFile(MAIN, starter.replace('SERVER_FILE', basename(file)));
      await startOnce();
    },
  };
}

/** @returns the path of what it has written */
async function bundle() {
  const { build } = await import('esbuild');
  try {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: { server: join(DIST, 'main.js') },
      outdir: START,
      entryNames: '[name]-[hash]',
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      // a script, since V8's work on it can be kept; what is loaded only where it is needed is run only there
      format: 'cjs',
      // what is left of them, of Node's own modules, is required: a script can import nothing
      supported: { 'dynamic-import': false },
      target: 'node20',
      // names stay, for stack traces
      minifyWhitespace: true,
      minifySyntax: true,
      // beside it, for who profiles it
      sourcemap: 'external',
      sourcesContent: false,
      // optional, and not there; and what few ask for, which stays where it is
      external: ['pg-native', 'class-validator', 'prom-client', '@opentelemetry/*'],
      banner: { js: '(function (require, startUrl) {' },
      footer: { js: '})' },
      metafile: true,
      plugins: [graphqlModules, ours, others],
      logLevel: 'silent',
    });
    const [file = ''] = Object.keys(metafile.outputs).filter((name) => name.endsWith('.cjs'));
    return join(ROOT, file);
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error));
  }
}

/** Our modules read files that lie beside them, and go on doing so. @type {import('esbuild').Plugin} */
const ours = {
  name: 'ours',
  setup({ onLoad }) {
    onLoad({ filter: /\/dist\/.*\.js$/ }, async ({ path }) => {
      if (!path.startsWith(DIST)) return undefined;
      const text = await readFile(path, 'utf8');
      const url = `new URL(${JSON.stringify(relative(START, path))}, startUrl).href`;
      return { contents: text.replaceAll('import.meta.url', url), loader: 'js' };
    });
  },
};

/**
 * Its ES modules for everybody: of its CommonJS form each of 94 importers would get a copy, 8 MB of getters.
 * @type {import('esbuild').Plugin}
 */
const graphqlModules = {
  name: 'graphql-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^graphql(\/|$)/ }, ({ path }) => {
      const stem = join(ROOT, 'node_modules', path.replace(/\.m?js$/, ''));
      const file = [`${stem}.mjs`, join(stem, 'index.mjs')].find(existsSync);
      return file === undefined ? undefined : { path: file, sideEffects: false };
    });
  },
};

/** What the server takes of it: its index loads fetch and WebSocket, and Node's own fetch with them. */
const UNDICI = `
Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'));
exports.Agent = require('./lib/dispatcher/agent');
exports.Client = require('./lib/dispatcher/client');
exports.Pool = require('./lib/dispatcher/pool');
exports.buildConnector = require('./lib/core/connect');
`;

/** Takes the one of JavaScript where `module.require` is not Node's, and hashes every document with it. */
const APOLLOS_HASH = /\/@apollo\/utils\.createhash\/dist\/index\.js$/;

/** A stack trace names their files, and the lines of ours only. @type {import('esbuild').Plugin} */
const others = {
  name: 'others',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/undici\/index\.js$/ }, () => ({ contents: UNDICI }));
    onLoad({ filter: APOLLOS_HASH }, () => ({
      contents: "exports.createHash = require('node:crypto').createHash;",
    }));
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, async ({ path }) => {
      const map = btoa(JSON.stringify({ version: 3, sources: [basename(path)], mappings: 'AAAA' }));
      const text = (await readFile(path, 'utf8')).replaceAll('import.meta.url', 'startUrl');
      return {
        contents: `${text}\n//# sourceMappingURL=data:application/json;base64,${map}`,
        loader: 'js',
      };
    });
  },
};

/**
 * Where each of our lines begins: what stack traces need of the source map. undici asks for one whenever a connection ends, and Node
 * takes a sixth of a second to read the whole map.
 * @param {string} file
 */
async function writeLines(file) {
  const { sources, mappings } = JSON.parse(await readFile(`${file}.map`, 'utf8'));
  const lines = decode(mappings).map((segments) => {
    let last = '';
    return segments.flatMap(([column, source = 0, line = 0]) => {
      const place = `${source} ${line}`;
      if (place === last) return [];
      last = place;
      return [column, source, line + 1];
    });
  });
  await writeFile(`${file}.lines.json`, JSON.stringify({ sources, lines }));
}

/** So that the first start is as fast as all others: a server that ends well writes down what V8 has made of it. */
async function startOnce() {
  const { PATH = '' } = process.env;
  const server = spawn(process.execPath, [MAIN], {
    env: { PATH, PORT: '0', DRAIN_SECONDS: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const patience = setTimeout(() => server.kill('SIGKILL'), FIRST_START_MS);
  server.stdout.on('data', (chunk) => {
    if (String(chunk).includes('"listening"')) server.kill('SIGTERM');
  });
  await new Promise((resolve) => server.once('error', resolve).once('close', resolve));
  clearTimeout(patience);
}
