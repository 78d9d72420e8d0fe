/** What may be kept for others, field by field of the schema: a field is private until somebody says otherwise. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLSchema, isObjectType, parse, validate } from 'graphql';
import { PUBLIC_ARGUMENTS, PUBLIC_FIELDS } from '../../../src/schema/access/public-fields.js';
import { buildGatewaySchema } from '../../../src/schema/build-schema.js';
import { PublicDocuments } from '../../../src/server/public-answers/public-document.js';
import { type Way, waysOf } from '../../support/schema/ways.js';

let schema: GraphQLSchema;
let documents: PublicDocuments;
let ways: readonly Way[];

beforeAll(async () => {
  schema = await buildGatewaySchema();
  documents = new PublicDocuments(schema);
  ways = waysOf(schema);
});

const scopeOf = (text: string) => documents.scopeOf(parse(text));

describe('of the fields of the schema', () => {
  it('each that is named as public is there, and each is reached', () => {
    const all = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && !type.name.startsWith('__')
        ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
        : [],
    );
    const reached = new Set(ways.map(({ fields }) => fields.at(-1)));
    expect([...reached].sort()).toEqual(all.sort());
    expect([...PUBLIC_FIELDS].filter((name) => !all.includes(name))).toEqual([]);
  });

  it('none is kept but those, by whatever way, alone and beside what is kept', () => {
    for (const { fields, text } of ways) {
      expect([text, validate(schema, parse(text))]).toEqual([text, []]);
      const isPublic = fields.every((name) => PUBLIC_FIELDS.has(name));
      expect([text, scopeOf(text)]).toEqual([text, isPublic ? 'PUBLIC' : 'PRIVATE']);
      if (!text.startsWith('query')) continue;
      const beside = text.replace('{', '{ tokenRequestors(accountRanges: []) { id }');
      expect([beside, scopeOf(beside)]).toEqual([beside, isPublic ? 'PUBLIC' : 'PRIVATE']);
    }
    const kept = ways.filter(({ text }) => scopeOf(text) === 'PUBLIC').map(({ fields }) => fields.at(-1));
    expect([...new Set(kept)].sort()).toEqual([...PUBLIC_FIELDS].sort());
  });

  it('an argument that is not known to mean the same for everybody has the ids count', () => {
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
    const named = fields.flatMap(({ name, args }) =>
      PUBLIC_FIELDS.has(`Query.${name}`) ? args.map((argument) => ({ name, argument })) : [],
    );
    const coordinates = named.map(({ name, argument }) => `Query.${name}.${argument.name}`);
    expect([...PUBLIC_ARGUMENTS].filter((one) => !coordinates.includes(one))).toEqual([]);
    expect(coordinates.filter((one) => !PUBLIC_ARGUMENTS.has(one))).toEqual([
      'Query.tokenRequestors.fundingAccountIds',
    ]);
    for (const { name, argument } of named) {
      const scope = scopeOf(`query ($v: ${argument.type}) { ${name}(${argument.name}: $v) { id } }`);
      const coordinate = `Query.${name}.${argument.name}`;
      expect([coordinate, scope]).toEqual([
        coordinate,
        PUBLIC_ARGUMENTS.has(coordinate) ? 'PUBLIC' : 'BY_IDS',
      ]);
    }
    expect(scopeOf('{ tokenRequestors { ...F } } fragment F on TokenRequestor { id }')).toBe('PUBLIC');
  });
});

describe('never public is', () => {
  it.each([
    '{ __schema { types { name } } }',
    '{ __type(name: "Query") { name } }',
    '{ tokenRequestors { id } __schema { types { name } } }',
    'mutation { __typename }',
    'query A { tokenRequestors { id } } mutation B { __typename }',
    'query A { tokenRequestors { id } } query B { fundingAccounts { id } }',
    '{ asset(id: "logo") { id } ...F } fragment F on Query { ...G } fragment G on Query { pushes { nodes { id } } }',
    '{ fundingAccounts { tokenRequestors { id } } }',
    '{ ... on Query { push(id: "1") { id } } }',
    'subscription { tokenRequestors { id } }',
  ])('%s', (text) => {
    expect(scopeOf(text)).toBe('PRIVATE');
  });
});
