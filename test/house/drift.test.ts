/** The generated files are what the code and the documents say. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { printDataFlow } from '../../scripts/print/data-flow.mjs';
import { printRefusalsJson, printRefusalsTable } from '../../scripts/print/refusals.mjs';
import { printGatewaySchema } from '../../scripts/print/schema.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('generated files', () => {
  it('schema.graphql is what the code says (npm run schema)', async () => {
    expect(read('schema.graphql')).toBe(await printGatewaySchema());
  });

  it('docs/refusals.json and the table for channel teams are what the code and the translators say (npm run schema)', async () => {
    expect(read('docs/refusals.json')).toBe(await printRefusalsJson());
    const { exports } = JSON.parse(read('package.json'));
    expect(exports['./refusals.json']).toBe('./docs/refusals.json');
    const table = /<!-- refusals: npm run schema -->\n\n(.*?)\n<!-- end of refusals -->/s.exec(
      read('docs/channel-teams.md'),
    )?.[1];
    expect(table).toBe(printRefusalsTable());
  });

  it('docs/security.md draws where secrets go from every place in the code that reveals one (npm run schema)', () => {
    const flow = /<!-- data flow: npm run schema -->\n\n(.*?)\n<!-- end of data flow -->/s.exec(
      read('docs/security.md'),
    )?.[1];
    expect(flow).toBe(printDataFlow());
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

  it.each(['client/operations', 'client/following', 'explorer/walk'])(
    'the documents of %s fit the schema',
    (file) => {
      expect(validate(buildSchema(read('schema.graphql')), parse(read(`src/${file}.graphql`)))).toEqual([]);
    },
  );

  it('the typed client and the manifest of its documents are what codegen.yml says (npm run codegen)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'codegen-'));
    try {
      execFileSync(process.execPath, ['scripts/codegen.mjs', folder], { cwd: ROOT, stdio: 'pipe' });
      for (const file of ['src/client/generated.ts', 'src/client/trusted-documents.json']) {
        expect(read(file)).toBe(readFileSync(join(folder, file), 'utf8'));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
