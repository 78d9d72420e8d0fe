/** `npm run faults [-- ID ...]`: builds what is stale, bundles test/faults into dist/.faults and runs it there. */
import { spawnSync } from 'node:child_process';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FAULTS = join(ROOT, 'test/faults');
const OUT = join(ROOT, 'dist/.faults');

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

const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
await build({
  entryPoints: [
    join(FAULTS, 'main.ts'),
    ...['gateway/gateway-process', 'load/load-process', 'redis/cache-process'].map((name) =>
      join(FAULTS, `support/${name}.ts`),
    ),
  ],
  outdir: OUT,
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
await import(pathToFileURL(join(OUT, 'main.js')).href);
