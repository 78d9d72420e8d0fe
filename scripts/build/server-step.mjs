/** Compiles src to dist with TypeScript, and copies beside it what the code reads at run time. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLIENT_FILES } from './client-step.mjs';
import { LOGO_PNGS } from './logos-step.mjs';
import { BuildError, DIST, filesIn, ROOT, SRC } from './step.mjs';

const COMPILER = join(ROOT, 'node_modules/typescript/bin/tsc');

/** What runs in a browser has a step of its own. */
const BROWSER = ['explorer', 'demo'].map((folder) => join(SRC, folder) + sep);

/** @returns {import('./step.mjs').Step} */
export function serverStep() {
  const files = filesIn(SRC).filter((file) => !BROWSER.some((folder) => file.startsWith(folder)));
  const assets = files.filter((file) => !file.endsWith('.ts'));
  const compiled = files.filter((file) => /(?<!\.d)\.ts$/.test(file)).map(outputOf);
  return {
    name: 'server',
    inputs: [
      ...files,
      ...['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((file) => join(ROOT, file)),
      fileURLToPath(import.meta.url),
    ],
    outputs: [...compiled, ...assets.map(outputOf)],
    tool: COMPILER,
    run: async () => {
      if (!compiled.every((file) => existsSync(file))) {
        // an incremental compiler does not look whether its former outputs are still there
        await rm(join(DIST, '.tsbuildinfo'), { force: true });
      }
      await compile();
      await Promise.all(assets.map((file) => cp(file, outputOf(file))));
      await Promise.all(leftBehind(files).map((file) => rm(file)));
    },
  };
}

/** @param {string} file in src */
function outputOf(file) {
  return join(DIST, relative(SRC, file)).replace(/\.ts$/, '.js');
}

/**
 * What was made of a file that is gone or has another name now: it would hide that somebody still asks for it.
 * @param {string[]} files in src
 */
function leftBehind(files) {
  const expected = new Set(files.map(outputOf));
  return filesIn(DIST).filter((file) => {
    const source = file.replace(/\.d\.c?ts$|\.cjs$|\.map$/, '').replace(/(?<!\.js)$/, '.js');
    const ofOurs = !/^(\.|(?:explorer|demo)\b)/.test(relative(DIST, file));
    return (
      ofOurs && ![...CLIENT_FILES, LOGO_PNGS].includes(file) && !expected.has(file) && !expected.has(source)
    );
  });
}

/** A type error fails the build, although the compiler has written its outputs. */
async function compile() {
  const compiler = spawn(process.execPath, [COMPILER, '-p', 'tsconfig.build.json', '--pretty', 'false'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  compiler.stdout.on('data', (chunk) => {
    output += chunk;
  });
  compiler.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve, reject) => compiler.on('error', reject).on('close', resolve));
  if (code !== 0) {
    throw new BuildError(output.trim());
  }
}
