/** The generated files are what the code and the documents say. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { printRefusalsJson, printRefusalsTable } from '../../src/push/print-refusals.js';
import { readRefusalTexts } from '../../src/push/refusal-texts.js';
import { printGatewaySchema } from '../../src/schema/print-schema.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('generated files', () => {
  it('schema.graphql is what the code says (npm run schema)', async () => {
    expect(read('schema.graphql')).toBe(await printGatewaySchema());
  });

  it('docs/refusals.json and the table of the README are what the code and the translators say (npm run schema)', async () => {
    expect(read('docs/refusals.json')).toBe(printRefusalsJson(await readRefusalTexts()));
    const { exports } = JSON.parse(read('package.json'));
    expect(exports['./refusals.json']).toBe('./docs/refusals.json');
    const table = /<!-- refusals: npm run schema -->\n\n(.*?)\n<!-- end of refusals -->/s.exec(
      read('README.md'),
    )?.[1];
    expect(table).toBe(printRefusalsTable());
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
