/** The generated files are what the code and the documents say. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** What one of the scripts of `npm run schema` writes, from the built code; the project's own files stay as they are. */
function writtenBy(script: string, ...files: readonly string[]): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'drift-'));
  try {
    execFileSync(process.execPath, [join(ROOT, 'scripts', `${script}.mjs`), folder], { stdio: 'pipe' });
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('generated files', () => {
  it('schema.graphql is what the code says (npm run schema)', () => {
    const written = writtenBy('print-schema', 'schema.graphql');
    expect(read('schema.graphql')).toBe(written['schema.graphql']);
  });

  it('docs/refusals.json and the table for channel teams are what the code and the translators say (npm run schema)', () => {
    const written = writtenBy('print-refusals', 'docs/refusals.json', 'docs/channel-teams.md');
    expect(read('docs/refusals.json')).toBe(written['docs/refusals.json']);
    const { exports } = JSON.parse(read('package.json'));
    expect(exports['./refusals.json']).toBe('./docs/refusals.json');
    expect(read('docs/channel-teams.md')).toBe(written['docs/channel-teams.md']);
    expect(read('docs/channel-teams.md')).toMatch(
      /<!-- refusals: npm run schema -->\n\n\| code \|.*?\n<!-- end of refusals -->/s,
    );
  });

  it('every type, field, argument and enum value of the schema is described', () => {
    const undescribed: string[] = [];
    for (const type of Object.values(buildSchema(read('schema.graphql')).getTypeMap())) {
      if (type.name.startsWith('__') || /^(String|ID|Int|Boolean)$/.test(type.name)) continue;
      if (!type.description && !/^(Query|Mutation)$/.test(type.name)) undescribed.push(type.name);
      const members =
        'getFields' in type ? Object.values(type.getFields()) : 'getValues' in type ? type.getValues() : [];
      for (const { name, description } of members) if (!description) undescribed.push(`${type.name}.${name}`);
    }
    expect(undescribed).toEqual([]);
  });

  it.each(['operations.graphql', 'following.graphql'])('the documents of %s fit the schema', (file) => {
    expect(validate(buildSchema(read('schema.graphql')), parse(read(`src/client/${file}`)))).toEqual([]);
  });

  it('the typed client is what codegen.yml says (npm run codegen)', () => {
    // In the project's folder, so that the tool finds its plugins.
    const folder = mkdtempSync(join(ROOT, 'node_modules/.codegen-'));
    try {
      const output = join(folder, 'generated.ts');
      const config = join(folder, 'codegen.yml');
      writeFileSync(config, read('codegen.yml').replace('src/client/generated.ts', output));
      execFileSync('npx', ['graphql-codegen', '--config', config], { cwd: ROOT, stdio: 'pipe' });
      expect(read('src/client/generated.ts')).toBe(readFileSync(output, 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
