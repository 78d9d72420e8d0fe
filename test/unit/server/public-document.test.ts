/** What may be kept for others, field by field of the schema: a field is private until somebody says otherwise. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import { buildGatewaySchema } from '../../../src/schema/build-schema.js';
import { PUBLIC_ARGUMENTS, PUBLIC_FIELDS } from '../../../src/schema/public-fields.js';
import { PublicDocuments } from '../../../src/server/public-answers/public-document.js';

/** A document that asks for one field, by one way to its type. */
interface Way {
  /** By type and field, the asked one last. */
  readonly fields: readonly string[];
  readonly text: string;
}

let schema: GraphQLSchema;
let documents: PublicDocuments;
let ways: readonly Way[];

beforeAll(async () => {
  schema = await buildGatewaySchema();
  documents = new PublicDocuments(schema);
  ways = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    type ? waysInto(type, (inner) => `${operationOf(type.name)} { ${inner} }`, [], []) : [],
  );
});

const scopeOf = (text: string) => documents.scopeOf(parse(text));

/** All ways that pass through no type twice. */
function waysInto(
  type: GraphQLNamedType,
  around: (inner: string) => string,
  passed: readonly GraphQLNamedType[],
  fields: readonly string[],
): Way[] {
  if (passed.includes(type)) return [];
  const seen = [...passed, type];
  if (isUnionType(type)) {
    return type
      .getTypes()
      .flatMap((one) => waysInto(one, (inner) => around(`... on ${one.name} { ${inner} }`), seen, fields));
  }
  if (!isObjectType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    const named = [...fields, `${type.name}.${field.name}`];
    const deeper = (inner: string) => around(`${call(field)} { ${inner} }`);
    return [
      { fields: named, text: around(`${call(field)} ${below(field.type)}`) },
      ...waysInto(getNamedType(field.type), deeper, seen, named),
    ];
  });
}

const operationOf = (root: string) => (root === 'Mutation' ? 'mutation' : 'query');
const below = (type: GraphQLOutputType) => (isCompositeType(getNamedType(type)) ? '{ __typename }' : '');

function call({ name, args }: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>): string {
  const given = args.filter(isRequiredArgument).map((argument) => `${argument.name}: ${literal(argument)}`);
  return given.length === 0 ? name : `${name}(${given.join()})`;
}

function literal({ type }: Pick<GraphQLArgument, 'type'>): string {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return '[]';
  if (isEnumType(bare)) return bare.getValues()[0]?.name ?? '';
  if (!isInputObjectType(bare)) return bare.toString() === 'DateTime' ? '"2026-01-01T00:00:00Z"' : '"1"';
  const fields = Object.values(bare.getFields()).filter(({ type: its }) => isNonNullType(its));
  return `{ ${fields.map((field) => `${field.name}: ${literal(field)}`).join()} }`;
}

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
    const args = schema.getQueryType()?.getFields()['tokenRequestors']?.args ?? [];
    for (const argument of args) {
      const scope = scopeOf(`query ($v: ${argument.type}) { tokenRequestors(${argument.name}: $v) { id } }`);
      expect([argument.name, scope]).toEqual([
        argument.name,
        PUBLIC_ARGUMENTS.has(argument.name) ? 'PUBLIC' : 'BY_IDS',
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
    '{ tokenRequestors { ...F } } fragment F on TokenRequestor { logo { ...G } } fragment G on Asset { mediaContents { data } }',
    '{ fundingAccounts { tokenRequestors { id } } }',
    '{ ... on Query { push(id: "1") { id } } }',
    'subscription { tokenRequestors { id } }',
  ])('%s', (text) => {
    expect(scopeOf(text)).toBe('PRIVATE');
  });
});
