/** Bundles the server with all that it needs into dist/.start: Node starts one large file in a third of the time of 1,700 small ones. */
import { readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, DIST, filesIn, ROOT, SRC } from './step.mjs';

const START = join(DIST, '.start');

/** @returns {import('./step.mjs').Step} to be run after the server's: it takes what that has compiled */
export function startStep() {
  return {
    name: 'start',
    inputs: [
      ...filesIn(SRC).filter((file) => /(?<!\.d)\.ts$|\.json$/.test(file)),
      ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((file) => join(ROOT, file)),
      fileURLToPath(import.meta.url),
    ],
    outputs: [join(START, 'main.js')],
    tool: join(ROOT, 'node_modules/esbuild/lib/main.js'),
    run: bundle,
  };
}

async function bundle() {
  const { build } = await import('esbuild');
  await rm(START, { recursive: true, force: true });
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: [join(DIST, 'main.js')],
      outdir: START,
      bundle: true,
      // what is loaded only where it is needed stays a file of its own
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      // names stay, for stack traces
      minifyWhitespace: true,
      sourcemap: true,
      sourcesContent: false,
      // optional, and not there
      external: ['pg-native', 'class-validator'],
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
      plugins: [ours, others],
      logLevel: 'silent',
    });
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
      const url = `new URL(${JSON.stringify(relative(START, path))}, import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', url), loader: 'js' };
    });
  },
};

/** A stack trace names their files, and the lines of ours only: Node reads the whole map as it starts. @type {import('esbuild').Plugin} */
const others = {
  name: 'others',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, async ({ path }) => {
      const map = btoa(JSON.stringify({ version: 3, sources: [basename(path)], mappings: 'AAAA' }));
      const text = await readFile(path, 'utf8');
      return {
        contents: `${text}\n//# sourceMappingURL=data:application/json;base64,${map}`,
        loader: 'js',
      };
    });
  },
};
