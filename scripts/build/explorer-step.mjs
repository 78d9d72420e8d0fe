/** Bundles the explorer page with all that it needs into dist/explorer, so that it works without internet. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, DIST, filesIn, ROOT, SRC } from './step.mjs';

const SOURCES = join(SRC, 'explorer');
const BUNDLES = join(DIST, 'explorer');

const PAGE = { in: join(SOURCES, 'explorer.tsx'), out: 'explorer' };
/** Each stands alone: the editor's background workers, and the style sheet, which brings the editor's along. */
const STAND_ALONE = [
  { in: 'monaco-editor/esm/vs/editor/editor.worker.js', out: 'editor.worker' },
  { in: 'monaco-editor/esm/vs/language/json/json.worker.js', out: 'json.worker' },
  { in: 'monaco-graphql/esm/graphql.worker.js', out: 'graphql.worker' },
  { in: join(SOURCES, 'explorer.css'), out: 'explorer' },
];
const COPIED = ['index.html', 'icon.svg'];

/** @returns {import('./step.mjs').Step} */
export function explorerStep() {
  const bundled = ['explorer.js', 'explorer.css', 'editor.worker.js', 'json.worker.js', 'graphql.worker.js'];
  return {
    name: 'explorer',
    inputs: [...filesIn(SOURCES), join(ROOT, 'package-lock.json'), fileURLToPath(import.meta.url)],
    outputs: [...COPIED, ...bundled].map((file) => join(BUNDLES, file)),
    tool: join(ROOT, 'node_modules/esbuild/lib/main.js'),
    run: bundle,
  };
}

async function bundle() {
  const { build } = await import('esbuild');
  await rm(BUNDLES, { recursive: true, force: true });
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    absWorkingDir: ROOT,
    outdir: BUNDLES,
    bundle: true,
    minify: true,
    target: 'es2022',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  try {
    await Promise.all([
      build({
        ...options,
        entryPoints: [PAGE],
        format: 'esm',
        splitting: true,
        // the editor's modules import their style sheets one by one; the page's style sheet has them all
        loader: { '.graphql': 'text', '.css': 'empty' },
      }),
      build({ ...options, entryPoints: STAND_ALONE, format: 'iife' }),
    ]);
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error));
  }
  await Promise.all(COPIED.map((file) => cp(join(SOURCES, file), join(BUNDLES, file))));
}
