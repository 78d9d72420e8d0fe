/** The size of an answer is counted value by value, whether a resolver finds the value or it is simply there. */
import { expect, it } from '@jest/globals';
import { buildSchema, execute, isObjectType, parse, validate } from 'graphql';
import { countAnswers } from '../../../src/schema/answer-size.js';

const schema = buildSchema(`
  type Query { thing: Thing things: [Thing!]! either: [Either!]! none: Thing }
  type Thing { id: ID! name: String tags: [String!]! inner: Thing found: String count: Int }
  type Other { id: ID! label: String }
  union Either = Thing | Other
`);
const inner = { id: 'i', name: null, tags: [], inner: null, count: 12 };
const thing = { id: 'ä', name: 'a name', tags: ['one', 'zwölf'], inner, count: 1 };
const root = { thing, things: [thing, inner], either: [thing, { id: 'o', label: 'other' }], none: null };
for (const [name, resolve] of [
  ['Thing', () => 'found somewhere'],
  ['Query', undefined],
] as const) {
  const type = schema.getType(name);
  const found = isObjectType(type) ? type.getFields()['found'] : undefined;
  if (found !== undefined && resolve !== undefined) found.resolve = resolve;
}
const either = schema.getType('Either');
if (either !== undefined && 'resolveType' in either) {
  either.resolveType = (value: object) => ('label' in value ? 'Other' : 'Thing');
}
countAnswers(schema);

/** As if each value had been counted by itself. */
function bytesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum, entry) => sum + bytesIn(entry), 0);
  return Object.entries(value)
    .filter(([key]) => key !== '__typename')
    .reduce((sum, [key, its]) => sum + key.length + 6 + bytesOf(its) + bytesIn(its), 0);
}
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return Array.isArray(value) ? value.reduce((sum, entry) => sum + bytesOf(entry) + 3, 0) : 8;
}

it.each([
  '{ thing { id name tags count found } }',
  '{ things { id a: id name found inner { name tags inner { id } } } none { id } }',
  '{ things { ...F ... on Thing { count ...F } } } fragment F on Thing { tags id inner { ...G } } fragment G on Thing { name }',
  '{ things { id } things { name } again: things { id } }',
  '{ either { __typename ... on Thing { id x: name } ... on Other { id y: label } } }',
  'query ($no: Boolean = false) { things { id name @include(if: $no) tags @skip(if: true) ...F @skip(if: $no) } } fragment F on Thing { count }',
])('of %s', async (text) => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  for (const _ of [1, 2]) {
    let counted = 0;
    const contextValue = {
      answerSize: {
        add(bytes: number) {
          counted += bytes;
        },
      },
    };
    const { data, errors } = await execute({ schema, document, rootValue: root, contextValue });
    expect(errors).toBeUndefined();
    expect(counted).toBe(bytesIn(data));
  }
});

it('of a document whose fragments unfold to millions is looked at fragment by fragment', async () => {
  const fragments = Array.from(
    { length: 40 },
    (_, at) => `fragment F${at} on Thing { ${at === 39 ? 'id' : `...F${at + 1} ...F${at + 1}`} }`,
  );
  const document = parse(`{ things { ...F0 ...F0 } } ${fragments.join(' ')}`);
  const contextValue = { answerSize: { add: () => undefined } };
  expect(await execute({ schema, document, rootValue: root, contextValue })).toEqual({
    data: { things: [{ id: 'ä' }, { id: 'i' }] },
  });
});
