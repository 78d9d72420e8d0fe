/** What is built holds what package.json promises. `npm run test:package` is slower: it packs, installs and uses it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import manifest from '../../package.json' with { type: 'json' };
import clientManifest from '../../src/client/package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a page may load of the client, compressed. */
const MOST_PAGE_BYTES = 10_000;

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

/** Those that the code and the types of dist import, of these files. */
function packagesIn(isMeant: (file: string) => boolean): string[] {
  const code = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(c?js|d\.c?ts)$/.test(file) && isMeant(file),
  );
  const named = code.flatMap(importsOf).filter((name) => !name.startsWith('.') && !isBuiltin(name));
  return [...new Set(named.map(packageOf))];
}

describe('the package', () => {
  it('holds every file that exports and bin name', () => {
    const named = targets([manifest.exports, manifest.bin]);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('declares every package that it imports, and none that it does not', () => {
    const imported = packagesIn((file) => !/^(\.|(?:explorer|demo|client)\b)/.test(file));
    expect([...imported, ...NEEDED_WITHOUT_IMPORT].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it('says what went wrong in one sentence when a command is unknown', () => {
    const bin = join(ROOT, manifest.bin['token-connect-gateway']);
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'sing'], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({
      status: 64,
      stdout: '',
      stderr:
        'There is no command "sing": give none to serve, "simulator" for the simulator, "demo-sign-in", "demo-card-store", "migrate", "hold", "doctor" or "audit-verify".\n',
    });
  });
});

describe('the package of the client', () => {
  it('holds every file that exports name, and is of the version of the gateway', () => {
    const named = targets(clientManifest.exports);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((file) => !existsSync(join(ROOT, 'dist/client', file)))).toEqual([]);
    expect(clientManifest.version).toBe(manifest.version);
    expect(manifest.devDependencies['graphql-request']).toBe(clientManifest.dependencies['graphql-request']);
  });

  it('imports graphql-request alone, which wants graphql beside it; the form for browsers nothing', () => {
    expect(packagesIn((file) => file.startsWith('client/'))).toEqual(['graphql-request']);
    expect(Object.keys(clientManifest.dependencies)).toEqual(['graphql', 'graphql-request']);
    expect(packagesIn((file) => /^client\/browser\.c?js$/.test(file))).toEqual([]);
  });

  it('is at most 10 kB for a page', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "export * from './dist/client/browser.js'", resolveDir: ROOT },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    });
    const [page] = outputFiles;
    expect(gzipSync(page?.contents ?? '', { level: 9 }).length).toBeLessThan(MOST_PAGE_BYTES);
    expect(page?.text).not.toContain('Syntax Error');
  });
});
