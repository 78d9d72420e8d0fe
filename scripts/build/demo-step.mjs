/** Bundles the demo bank with all that it needs into dist/demo, so that it works without internet. */
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, DIST, filesIn, ROOT, SRC } from './step.mjs';

const SOURCES = join(SRC, 'demo');
const BUNDLES = join(DIST, 'demo');
const PAGE_TOKENS = join(SRC, 'domain/page-tokens.ts');

const COPIED = ['index.html', 'back.html', 'icon.svg', 'cards'];

/** @returns {import('./step.mjs').Step} */
export function demoStep() {
  const bundled = ['main.js', 'back.js', 'demo.css'];
  return {
    name: 'demo',
    inputs: [
      ...filesIn(SOURCES),
      PAGE_TOKENS,
      join(ROOT, 'package-lock.json'),
      fileURLToPath(import.meta.url),
    ],
    outputs: [...COPIED, ...bundled].map((file) => join(BUNDLES, file)),
    tool: join(ROOT, 'node_modules/esbuild/lib/main.js'),
    run: bundle,
  };
}

async function bundle() {
  const { build } = await import('esbuild');
  await rm(BUNDLES, { recursive: true, force: true });
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: ['main.tsx', 'back.ts', 'demo.css'].map((file) => join(SOURCES, file)),
      outdir: BUNDLES,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      logLevel: 'silent',
      plugins: [pageTokens],
    });
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error));
  }
  await Promise.all(COPIED.map((file) => cp(join(SOURCES, file), join(BUNDLES, file), { recursive: true })));
}

/**
 * `@import "page-tokens"`: the look that the demo bank has in common with pages that the server writes.
 * @type {import('esbuild').Plugin}
 */
const pageTokens = {
  name: 'page-tokens',
  setup({ onResolve, onLoad, esbuild }) {
    onResolve({ filter: /^page-tokens$/ }, ({ path }) => ({ path, namespace: 'page-tokens' }));
    onLoad({ filter: /.*/, namespace: 'page-tokens' }, async () => {
      const { code } = await esbuild.transform(await readFile(PAGE_TOKENS, 'utf8'), { loader: 'ts' });
      const { PAGE_TOKENS: contents } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      return { contents, loader: 'css' };
    });
  },
};
