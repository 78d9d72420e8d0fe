/** What is built holds what package.json promises. `npm run test:package` is slower: it packs, installs and uses it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import manifest from '../../package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What type-graphql asks its users to bring along. */
const NEEDED_WITHOUT_IMPORT = ['class-validator'];

/** The files at the ends of `exports`, whatever the conditions on the way. */
function targets(exported: unknown): string[] {
  if (typeof exported === 'string') return [exported.replace('./', '')];
  return Object.values(exported ?? {}).flatMap(targets);
}

function importsOf(file: string): string[] {
  const code = readFileSync(join(ROOT, 'dist', file), 'utf8');
  const imports = code.matchAll(
    /(?:^(?:import|export)\s(?:[\w$*{}\s,]+\sfrom\s)?|\b(?:import|require)\()['"]([^'"]+)['"]/gm,
  );
  return [...imports].map(([, specifier = '']) => specifier);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

describe('the package', () => {
  it('holds every file that exports and bin name', () => {
    const named = targets([manifest.exports, manifest.bin]);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('declares every package that it imports, and none that it does not', () => {
    const code = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(c?js|d\.c?ts)$/.test(file) && !/^(\.|(?:explorer|demo)\b)/.test(file),
    );
    const imported = new Set(
      code
        .flatMap(importsOf)
        .filter((name) => !name.startsWith('.') && !isBuiltin(name))
        .map(packageOf),
    );
    expect([...imported, ...NEEDED_WITHOUT_IMPORT].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('says what went wrong in one sentence when a command is unknown', () => {
    const bin = join(ROOT, manifest.bin['token-connect-gateway']);
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'sing'], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({
      status: 64,
      stdout: '',
      stderr:
        'There is no command "sing": give none to serve, "simulator" for the simulator, "migrate", "hold" or "audit-verify".\n',
    });
  });
});
