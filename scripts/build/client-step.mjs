/**
 * Makes dist/client the package token-connect-client: beside what is compiled, its CommonJS form, and the one for browsers, in which
 * graphql-request lies without the parser that it brings along.
 */
import { cp, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, bundleCommonJs, declareForRequire } from './commonjs.mjs';
import { DIST, filesIn, ROOT, SRC } from './step.mjs';

const SOURCES = join(SRC, 'client');
const CLIENT = join(DIST, 'client');
const REQUEST = join(ROOT, 'node_modules/graphql-request');
const COPIED = ['LICENSE', 'schema.graphql'];
const BROWSER_FORMS = { 'browser.js': 'esm', 'browser.cjs': 'cjs' };

/** What has no source of its own name. */
export const CLIENT_FILES = [...COPIED, ...Object.keys(BROWSER_FORMS)].map((file) => join(CLIENT, file));

/** @returns {import('./step.mjs').Step} to be run after the server's, which writes the declarations */
export function clientStep() {
  const sources = filesIn(SOURCES).filter((file) => file.endsWith('.ts'));
  const modules = sources.map((file) => join(CLIENT, relative(SOURCES, file).replace(/\.ts$/, '')));
  const entries = ['index', 'mocks/index'];
  return {
    name: 'client',
    inputs: [
      ...sources,
      ...[...COPIED, 'package-lock.json'].map((file) => join(ROOT, file)),
      fileURLToPath(new URL('commonjs.mjs', import.meta.url)),
      fileURLToPath(import.meta.url),
    ],
    outputs: [
      ...CLIENT_FILES,
      ...entries.map((entry) => join(CLIENT, `${entry}.cjs`)),
      ...modules.map((module) => `${module}.d.cts`),
    ],
    tool: join(ROOT, 'node_modules/esbuild/lib/main.js'),
    run: async () => {
      await Promise.all([
        ...entries.map((entry) => bundleCommonJs(join(SOURCES, `${entry}.ts`), join(CLIENT, `${entry}.cjs`))),
        ...modules.map((module) => declareForRequire(`${module}.d.ts`)),
        ...COPIED.map((file) => cp(join(ROOT, file), join(CLIENT, file))),
        bundleForBrowsers(),
      ]);
    },
  };
}

/**
 * graphql-request parses each document to find the operation's name, and that parser would be three quarters of what a page loads. Ours
 * are strings that hold one operation each.
 * @type {import('esbuild').Plugin}
 */
export const withoutParser = {
  name: 'without-parser',
  setup: ({ onLoad }) => {
    onLoad({ filter: /graphql-request[\\/]build[\\/]legacy[\\/]helpers[\\/]analyzeDocument\.js$/ }, () => ({
      contents: `export function analyzeDocument(expression) {
        const [, operation, operationName] = /^(query|mutation) (\\w+)/.exec(expression) ?? [];
        return { expression, operationName, isMutation: operation === 'mutation' };
      }`,
    }));
  },
};

async function bundleForBrowsers() {
  const licence = await readFile(join(REQUEST, 'LICENSE'), 'utf8');
  const banner = {
    js: `/* Holds graphql-request, https://github.com/graffle-js/graffle.\n\n${licence.trim()}\n*/`,
  };
  await Promise.all(
    Object.entries(BROWSER_FORMS).map(([file, format]) =>
      bundle({
        entryPoints: [join(SOURCES, 'index.ts')],
        outfile: join(CLIENT, file),
        format: format === 'esm' ? 'esm' : 'cjs',
        platform: 'browser',
        banner,
        plugins: [withoutParser],
      }),
    ),
  );
}
