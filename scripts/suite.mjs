/** A suite that is no Jest: builds what is stale, bundles a folder of test/ into dist and runs its main.ts there. */
import { spawnSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * The product is run as it was built, never as a part of the bundle: esbuild writes no decorator metadata.
 * @type {import('esbuild').Plugin}
 */
const builtProduct = {
  name: 'built-product',
  setup(bundler) {
    bundler.onResolve({ filter: /\/src\/.*\.js$/ }, ({ path, resolveDir }) => {
      const file = relative(join(ROOT, 'src'), resolve(resolveDir, path));
      return { path: pathToFileURL(join(ROOT, 'dist', file)).href, external: true };
    });
  },
};

/** @param {string} name of the folder @param {readonly string[]} others files in it that are processes of their own */
export async function runSuite(name, others) {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  const out = join(ROOT, `dist/.${name}`);
  await build({
    entryPoints: ['main', ...others].map((file) => join(ROOT, 'test', name, `${file}.ts`)),
    outdir: out,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [builtProduct],
  });
  await import(pathToFileURL(join(out, 'main.js')).href);
}
