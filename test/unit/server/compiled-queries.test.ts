/** A query that was compiled is answered as graphql-js answers it; what is better not compiled never is. */
import { beforeEach, expect, it } from '@jest/globals';
import { buildSchema, execute, isObjectType, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { CompiledQueries } from '../../../src/server/graphql/compiled-queries.js';
import { eventually } from '../../support/shared-cache.js';

const schema = buildSchema(`
  type Query { things(kind: Kind, names: [String!], most: Int = 3): [Thing!] thing(id: ID): Thing either: Either }
  type Mutation { thing: Thing }
  enum Kind { GOOD BAD }
  union Either = Thing | Other
  type Other { id: ID }
  type Thing { id: ID! name: String kind: Kind late: String! early: String inner: Thing needed: Thing! }
`);
const resolvers: Readonly<Record<string, (source: object, args: object) => unknown>> = {
  'Query.things': async (_, args) => [
    { id: 1, name: JSON.stringify(Object.entries(args).sort()), kind: 'GOOD' },
    { id: 2, kind: 'BAD' },
  ],
  'Query.thing': () => ({ id: 3, kind: 'WORSE' }),
  'Thing.late': async (source) => {
    if (!('name' in source)) throw Object.assign(new Error('too late'), { extensions: { code: 'LATE' } });
    return 'in time';
  },
  'Thing.early': () => {
    throw new Error('too early');
  },
  'Thing.inner': async () => ({ id: 4, name: 'inner' }),
  'Thing.needed': () => null,
};
for (const [coordinate, resolve] of Object.entries(resolvers)) {
  const [typeName = '', name = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (field !== undefined) field.resolve = resolve;
}

let compiled: CompiledQueries;
beforeEach(() => {
  compiled = new CompiledQueries(schema);
});

function read(text: string) {
  const document = parse(text);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) throw new TypeError('no operation');
  return { document, operation };
}

it.each([
  ['{ things { id name kind inner { id name inner { id } } } }', {}],
  [
    'query Named($k: Kind, $n: [String!]) { a: things(kind: $k, names: $n, most: 7) { x: id ...F } } fragment F on Thing { __typename name ... on Thing { kind } }',
    { k: 'BAD', n: ['"', "${'"] },
  ],
  ['query ($i: ID) { thing(id: $i) { id kind } things { id early } }', { i: '1' }],
  ['{ things { id late } thing { id } }', {}],
  ['{ thing { id inner { early needed { id } } } }', {}],
  ['{ thing { needed { id } } things { id } things { name } }', {}],
])('%s', async (text, variables) => {
  const { document, operation } = read(text);
  for (let times = 0; times < 20; times++) expect(compiled.get(document, operation)).toBeUndefined();
  await eventually(() => compiled.get(document, operation) !== undefined, 5000);
  const ours = await compiled.get(document, operation)?.({}, variables);
  const theirs = await execute({ schema, document, contextValue: {}, variableValues: variables });
  expect(JSON.parse(JSON.stringify(ours))).toEqual(JSON.parse(JSON.stringify(theirs)));
  const fields = (errors: typeof theirs.errors = []) =>
    errors.map(({ nodes, originalError }) => [nodes?.map(({ loc }) => loc?.start), originalError?.message]);
  expect(fields(ours?.errors)).toEqual(fields(theirs.errors));
});

it.each([
  'mutation { thing { id } }',
  '{ thing(id: "1") { id } }',
  '{ thing { id @include(if: true) } }',
  '{ thing { __proto__: id } }',
  '{ __schema { queryType { name } } }',
  '{ either { __typename } }',
  '{ e: either { ... on Thing { id } } }',
])('is never compiled: %s', async (text) => {
  const { document, operation } = read(text);
  const other = read('{ thing { id } }');
  for (let times = 0; times < 100; times++) {
    compiled.get(document, operation);
    compiled.get(other.document, other.operation);
  }
  await eventually(() => compiled.get(other.document, other.operation) !== undefined, 5000);
  expect(compiled.get(document, operation)).toBeUndefined();
});
