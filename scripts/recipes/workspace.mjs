/** Where a recipe is installed and run: a folder outside of the project, kept from one run to the next. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = process.env['RECIPES_CACHE'] ?? join(homedir(), '.cache/token-connect-recipes');
/** Kept, since it is dear or installed. */
const KEPT = ['node_modules', 'package-lock.json', 'package.json', '.installed'];

/** Client and gateway as they would be published. @returns {Promise<Record<string, string>>} tarballs by the package's name */
export async function packTarballs() {
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE).filter((file) => file.endsWith('.tgz'))) rmSync(join(CACHE, old));
  /** @type {Record<string, string>} */
  const tarballs = {};
  for (const what of ['.', './dist/client']) {
    // Without its scripts: what is in dist has been built by now.
    const packed = await run(
      ROOT,
      {},
      'npm',
      'pack',
      what,
      '--silent',
      '--json',
      '--ignore-scripts',
      '--pack-destination',
      CACHE,
    );
    const [{ name, filename }] = JSON.parse(packed);
    const hash = createHash('sha256')
      .update(readFileSync(join(CACHE, filename)))
      .digest('hex')
      .slice(0, 12);
    tarballs[name] = join(CACHE, `${name}-${hash}.tgz`);
    renameSync(join(CACHE, filename), tarballs[name]);
  }
  return tarballs;
}

/**
 * @param {string} recipe @param {Record<string, string>} tarballs @param {NodeJS.ProcessEnv} env
 * @returns what it said last
 */
export async function runRecipe(recipe, tarballs, env) {
  const place = join(CACHE, basename(recipe));
  mkdirSync(place, { recursive: true });
  for (const left of readdirSync(place).filter((file) => !KEPT.includes(file))) {
    rmSync(join(place, left), { recursive: true });
  }
  const manifest = JSON.parse(readFileSync(join(recipe, 'package.json'), 'utf8'));
  for (const dependencies of [manifest.dependencies, manifest.devDependencies]) {
    for (const name of Object.keys(dependencies ?? {})) {
      if (tarballs[name] !== undefined) dependencies[name] = `file:${tarballs[name]}`;
    }
  }
  await install(place, JSON.stringify(manifest, null, 2));
  for (const file of readdirSync(recipe).filter((file) => !KEPT.includes(file))) {
    cpSync(join(recipe, file), join(place, file), { recursive: true });
  }
  cpSync(join(ROOT, 'schema.graphql'), join(place, 'schema.graphql'));
  if (manifest.scripts.generate) await run(place, env, 'npm', 'run', '--silent', 'generate');
  await run(place, env, 'npm', 'run', '--silent', 'check');
  const output = await run(place, env, 'npm', 'run', '--silent', 'start');
  return output.trim().split('\n').at(-1) ?? '';
}

/** @param {string} place @param {string} manifest */
async function install(place, manifest) {
  const file = join(place, 'package.json');
  const isInstalled =
    existsSync(file) && readFileSync(file, 'utf8') === manifest && existsSync(join(place, '.installed'));
  if (isInstalled) return;
  rmSync(join(place, 'package-lock.json'), { force: true });
  writeFileSync(file, manifest);
  await run(
    place,
    {},
    'npm',
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--silent',
  );
  writeFileSync(join(place, '.installed'), '');
}

/** @param {string} cwd @param {NodeJS.ProcessEnv} env @param {string} file @param {string[]} args */
async function run(cwd, env, file, ...args) {
  try {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    return (await promisify(execFile)(file, args, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    throw new Error(`${args.join(' ')}: ${stdout}${stderr}`);
  }
}
