/** Where the recipes are installed and run: a folder outside of the project, kept from one run to the next. */
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
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = process.env['RECIPES_CACHE'] ?? join(homedir(), '.cache/token-connect-recipes');

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
 * Lays all recipes out anew and installs what they need, once for all of them: as workspaces they share what they have in common.
 * @param {string} recipes @param {string[]} names @param {Record<string, string>} tarballs
 */
export async function installRecipes(recipes, names, tarballs) {
  const manifests = [JSON.stringify({ private: true, workspaces: names })];
  for (const name of names) {
    const place = join(CACHE, name);
    rmSync(place, { recursive: true, force: true });
    cpSync(join(recipes, name), place, { recursive: true });
    cpSync(join(ROOT, 'schema.graphql'), join(place, 'schema.graphql'));
    const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    for (const dependencies of [manifest.dependencies, manifest.devDependencies]) {
      for (const dependency of Object.keys(dependencies ?? {})) {
        if (tarballs[dependency] !== undefined) dependencies[dependency] = `file:${tarballs[dependency]}`;
      }
    }
    manifests.push(JSON.stringify({ name: `recipe-${name}`, version: '0.0.0', ...manifest }));
    writeFileSync(join(place, 'package.json'), manifests.at(-1) ?? '');
  }
  writeFileSync(join(CACHE, 'package.json'), manifests[0] ?? '');
  const stamp = join(CACHE, '.installed');
  const wanted = manifests.join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true });
  rmSync(join(CACHE, 'package-lock.json'), { force: true });
  await run(
    CACHE,
    {},
    'npm',
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--silent',
  );
  writeFileSync(stamp, wanted);
}

/** @param {string} name @param {NodeJS.ProcessEnv} env @returns what it said last */
export async function runRecipe(name, env) {
  const place = join(CACHE, name);
  const { scripts } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  if (scripts.generate) await run(place, env, 'npm', 'run', '--silent', 'generate');
  await run(place, env, 'npm', 'run', '--silent', 'check');
  const lines = (await run(place, env, 'npm', 'run', '--silent', 'start')).trim().split('\n');
  return (lines.find((line) => /^\W*Tests\b/.test(line)) ?? lines.at(-1) ?? '').trim();
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
