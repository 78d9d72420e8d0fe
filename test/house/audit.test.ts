/** Every action of the audit trail stands in docs/operating.md, and every field of the schema is public or its reading is audited. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, getNamedType, isObjectType, isUnionType } from 'graphql';
import { AUDIT_ACTIONS } from '../../src/audit/trail.js';
import { PERSONAL_FIELDS } from '../../src/schema/access/note-personal-reads.js';
import { PUBLIC_FIELDS } from '../../src/schema/access/public-fields.js';
import { buildGatewaySchema } from '../../src/schema/build-schema.js';

/** Nothing of the account holder is in them, although they hang on the clock or on one id. */
const OF_NOBODY = [
  'Query.tokenRequestor',
  'Query.asset',
  'Query.catalogue',
  'Asset.',
  'MediaContent.',
  'Catalogue.',
];
/** Events of their own. */
const AUDITED_OTHERWISE = ['Mutation.pushCard'];

/** Fields that can be reached without passing one whose reading is audited. */
function unaudited(schema: GraphQLSchema): string[] {
  const found = new Set<string>();
  const walk = (typeName: string): void => {
    const type = schema.getType(typeName);
    if (isUnionType(type)) for (const { name } of type.getTypes()) walk(name);
    if (!isObjectType(type)) return;
    for (const { name, type: answer } of Object.values(type.getFields())) {
      const field = `${typeName}.${name}`;
      if (found.has(field) || PERSONAL_FIELDS.has(field) || AUDITED_OTHERWISE.includes(field)) continue;
      found.add(field);
      walk(getNamedType(answer).name);
    }
  };
  for (const root of ['Query', 'Mutation']) walk(root);
  return [...found];
}

describe('the audit trail', () => {
  it('has a row in docs/operating.md for each of its actions, and none for any other', () => {
    const page = readFileSync(fileURLToPath(new URL('../../docs/operating.md', import.meta.url)), 'utf8');
    const [, section = ''] = /\n## Audit\n(.*?)\n## /s.exec(page) ?? [];
    const rows = [...section.matchAll(/^\| `([a-z-]+\.[a-z-]+)` \|/gm)].map(([, action = '']) => action);
    expect(rows.sort()).toEqual([...AUDIT_ACTIONS].sort());
  });

  it('knows of every field that is not public that somebody reads it', async () => {
    const schema = await buildGatewaySchema();
    const open = unaudited(schema).filter(
      (field) => !PUBLIC_FIELDS.has(field) && !OF_NOBODY.some((one) => field.startsWith(one)),
    );
    expect(open).toEqual([]);
  });
});
