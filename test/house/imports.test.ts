/** Imports run downwards only: a newcomer can read the tree top to bottom, and no layer knows what stands above it. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type ModuleItem, parseSync } from '@swc/core';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/** What each part of src may import beside itself. */
const LEAVES = ['domain', 'resilience', 'config', 'observability', 'audit'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  main: ['gateway', 'workers', 'process', 'config', 'observability', 'audit'],
  // Beside the gateway: a primary has none.
  workers: ['server', 'observability'],
  process: [],
  migrate: ['push', 'config', 'audit'],
  hold: ['push', 'config', 'domain', 'audit'],
  'audit-verify': ['audit', 'config', 'domain'],
  // Beside the gateway, whose parts it looks at one by one.
  doctor: ['server', 'schema', 'push', 'catalogue', 'vault', 'mdes', ...LEAVES],
  gateway: ['server', 'issuer', 'schema', 'push', 'catalogue', 'simulator', ...LEAVES],
  // Beside the server, which is handed what an issuer has and does not make it.
  issuer: ['push', 'catalogue', 'vault', 'mdes', ...LEAVES],
  server: ['schema', 'push', 'catalogue', 'vault', 'mdes', ...LEAVES],
  schema: ['push', 'catalogue', 'vault', 'mdes', ...LEAVES],
  push: ['catalogue', 'vault', 'mdes', ...LEAVES],
  catalogue: ['mdes', ...LEAVES],
  vault: LEAVES,
  mdes: LEAVES,
  domain: [],
  config: ['domain', 'observability'],
  observability: ['domain'],
  audit: ['config', 'domain', 'observability'],
  resilience: ['domain', 'observability'],
  client: [],
  testing: ['gateway', 'config'],
  explorer: ['client'],
  demo: [],
  simulator: ['domain'],
};

/** The files at the top of src, by the part that they belong to. */
const TOP: Readonly<Record<string, string>> = {
  'main.ts': 'main',
  'migrate.ts': 'migrate',
  'hold.ts': 'hold',
  'hold-command.ts': 'hold',
  'audit-verify.ts': 'audit-verify',
  'audit-verify-command.ts': 'audit-verify',
  'doctor.ts': 'doctor',
  'banner.ts': 'main',
  'gateway.ts': 'gateway',
  'issuer.ts': 'issuer',
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly dynamic: boolean;
}

function sources(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const { body } = parseSync(text, { syntax: 'typescript', decorators: true, tsx: file.endsWith('.tsx') });
  const found = body.flatMap((item) => staticImport(item)).map((to) => ({ to, dynamic: false }));
  for (const [, to = ''] of text.matchAll(/\bimport\(\s*'([^']+)'/g)) found.push({ to, dynamic: true });
  return found
    .filter(({ to }) => to.startsWith('.'))
    .map(({ to, dynamic }) => ({ from: file, to: relative(SRC, join(SRC, dirname(file), to)), dynamic }));
}

function staticImport(item: ModuleItem): string[] {
  if (item.type === 'ImportDeclaration' || item.type === 'ExportAllDeclaration') return [item.source.value];
  if (item.type === 'ExportNamedDeclaration' && item.source) return [item.source.value];
  return [];
}

function partOf(file: string): string {
  const [first = '', ...rest] = file.replace(/\.js$/, '.ts').split('/');
  return rest.length === 0 ? (TOP[first] ?? `unknown: ${first}`) : first;
}

describe('the import rule', () => {
  const imports = sources().flatMap(importsOf);

  it('sees the imports of every source file', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.some(({ dynamic }) => dynamic)).toBe(true);
  });

  it('lets imports run downwards only, type imports too', () => {
    const upwards = imports.filter(({ from, to }) => {
      const [here, there] = [partOf(from), partOf(to)];
      return here !== there && !MAY_IMPORT[here]?.includes(there);
    });
    expect(upwards).toEqual([]);
  });

  it('loads the simulator dynamically, and from one file', () => {
    const outside = imports.filter(
      ({ from, to }) => partOf(to) === 'simulator' && partOf(from) !== 'simulator',
    );
    expect(new Set(outside.map(({ from }) => from))).toEqual(new Set(['gateway/embedded-parts.ts']));
    expect(outside.every(({ dynamic }) => dynamic)).toBe(true);
  });

  it('has no import cycle', () => {
    const next = new Map<string, string[]>();
    for (const { from, to } of imports) {
      next.set(from, [...(next.get(from) ?? []), to.replace(/\.js$/, '.ts')]);
    }
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (path.includes(file) || done.has(file)) return;
      for (const target of next.get(file) ?? []) walk(target, [...path, file]);
      done.add(file);
    };
    for (const file of next.keys()) walk(file, []);
    expect(cycles).toEqual([]);
  });

  it('reads process.env in one file', () => {
    const readers = sources().filter((file) => readFileSync(join(SRC, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['config/env.ts']);
  });
});
