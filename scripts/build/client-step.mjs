/** Makes the CommonJS form of the typed client beside the compiled one, for test runners that cannot load ES modules. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError, DIST, filesIn, ROOT, SRC } from './step.mjs';

const SOURCES = join(SRC, 'client');
const CLIENT = join(DIST, 'client');

/** @returns {import('./step.mjs').Step} to be run after the server's, which writes the declarations */
export function clientStep() {
  const sources = filesIn(SOURCES).filter((file) => file.endsWith('.ts'));
  const modules = sources.map((file) => basename(file, '.ts'));
  return {
    name: 'client',
    inputs: [...sources, join(ROOT, 'package-lock.json'), fileURLToPath(import.meta.url)],
    outputs: [join(CLIENT, 'index.cjs'), ...modules.map((name) => join(CLIENT, `${name}.d.cts`))],
    tool: join(ROOT, 'node_modules/esbuild/lib/main.js'),
    run: async () => {
      await bundle();
      await Promise.all(modules.map(declare));
    },
  };
}

async function bundle() {
  const { build } = await import('esbuild');
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: [join(SOURCES, 'index.ts')],
      outfile: join(CLIENT, 'index.cjs'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      packages: 'external',
      logLevel: 'silent',
    });
  } catch (error) {
    throw new BuildError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The same types for a caller that is CommonJS. graphql-request declares none for `require`; those for `import` are
 * the same, and have to be asked for by name.
 * @param {string} module
 */
async function declare(module) {
  const declarations = await readFile(join(CLIENT, `${module}.d.ts`), 'utf8');
  const forRequire = declarations
    .replaceAll(/(?<= from '\.\/[\w-]+)\.js(?=';)/g, '.cjs')
    .replaceAll(
      /import \{ type (\w+), type (\w+) \} from 'graphql-request';/g,
      "import type { $1, $2 } from 'graphql-request' with { 'resolution-mode': 'import' };",
    );
  if (/ from 'graphql-request';/.test(forRequire)) {
    throw new BuildError(
      `src/client/${module}.ts imports graphql-request's types in a form that is new here.`,
    );
  }
  await writeFile(join(CLIENT, `${module}.d.cts`), forRequire);
}
