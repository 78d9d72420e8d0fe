/** Makes the CommonJS form of token-connect-gateway/testing, for a Jest that cannot load ES modules. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommonJs, declareForRequire } from './commonjs.mjs';
import { DIST, filesIn, ROOT, SRC } from './step.mjs';

const SOURCES = join(SRC, 'testing');
const TESTING = join(DIST, 'testing');
const DECLARED = ['index', 'messages'];

/** @returns {import('./step.mjs').Step} to be run after the server's, which writes the declarations */
export function testingStep() {
  return {
    name: 'testing',
    inputs: [
      ...filesIn(SOURCES),
      join(ROOT, 'package-lock.json'),
      fileURLToPath(new URL('commonjs.mjs', import.meta.url)),
      fileURLToPath(import.meta.url),
    ],
    outputs: [join(TESTING, 'index.cjs'), ...DECLARED.map((name) => join(TESTING, `${name}.d.cts`))],
    tool: join(ROOT, 'node_modules/esbuild/lib/main.js'),
    run: async () => {
      await Promise.all([
        bundleCommonJs(join(SOURCES, 'index.ts'), join(TESTING, 'index.cjs')),
        ...DECLARED.map((name) => declareForRequire(join(TESTING, `${name}.d.ts`))),
      ]);
    },
  };
}
