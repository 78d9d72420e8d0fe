/** Makes the CommonJS form of an ES module beside the compiled one, for test runners that cannot load ES modules. */
import { readFile, writeFile } from 'node:fs/promises';
import { BuildError, ROOT } from './step.mjs';

/** @param {import('esbuild').BuildOptions} options */
export async function bundle(options) {
  const { build } = await import('esbuild');
  try {
    await build({ absWorkingDir: ROOT, bundle: true, target: 'es2022', logLevel: 'silent', ...options });
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} entry a source @param {string} outfile */
export function bundleCommonJs(entry, outfile) {
  const define = { 'import.meta.dirname': '__dirname' };
  return bundle({
    entryPoints: [entry],
    outfile,
    define,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
  });
}

/**
 * The same types for a caller that is CommonJS. graphql-request declares none for `require`; those for `import` are
 * the same, and have to be asked for by name.
 * @param {string} declarations the path of a .d.ts, of which a .d.cts is made
 */
export async function declareForRequire(declarations) {
  const forRequire = (await readFile(declarations, 'utf8'))
    .replaceAll(/(?<= from '\.\.?\/[\w/-]+)\.js(?=';)/g, '.cjs')
    .replaceAll(
      /import \{ type (\w+), type (\w+) \} from 'graphql-request';/g,
      "import type { $1, $2 } from 'graphql-request' with { 'resolution-mode': 'import' };",
    );
  if (/ from 'graphql-request';/.test(forRequire)) {
    throw new BuildError(`${declarations} imports graphql-request's types in a form that is new here.`);
  }
  await writeFile(declarations.replace(/\.ts$/, '.cts'), forRequire);
}
