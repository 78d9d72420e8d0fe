/** The table of scopes against the schema: no field of a root is without one, and no field below leads around one. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { buildGatewaySchema } from '../../../src/schema/build-schema.js';
import { requireScopes } from '../../../src/schema/require-scopes.js';
import { NO_FURTHER_SCOPE, SCOPE_OF_FIELD } from '../../../src/schema/scopes.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildGatewaySchema();
});

const TABLE = new Set([...Object.keys(SCOPE_OF_FIELD), ...NO_FURTHER_SCOPE]);

function objectsOf(of: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(of.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(isOurs);
}
function isOurs({ name }: GraphQLNamedType): boolean {
  return !name.startsWith('__');
}
function isRoot(of: GraphQLSchema, type: GraphQLObjectType): boolean {
  return type === of.getQueryType() || type === of.getMutationType();
}
function membersOf(type: GraphQLNamedType): readonly string[] {
  return isUnionType(type) ? type.getTypes().map(({ name }) => name) : [type.name];
}

/** Fields of roots, and fields below that lead to what a root gives, which the table does not name. */
function unnamed(of: GraphQLSchema): string[] {
  const objects = objectsOf(of);
  const given = new Set(
    objects
      .filter((type) => isRoot(of, type))
      .flatMap((type) =>
        Object.values(type.getFields()).flatMap((field) => membersOf(getNamedType(field.type))),
      ),
  );
  // A refusal is word about a request, wherever it stands.
  given.delete('PushRefusal');
  return objects.flatMap((type) =>
    Object.values(type.getFields())
      .filter(
        (field) => isRoot(of, type) || membersOf(getNamedType(field.type)).some((name) => given.has(name)),
      )
      .filter((field) => isRoot(of, type) || isObjectType(getNamedType(field.type)))
      .map((field) => `${type.name}.${field.name}`)
      .filter((name) => !TABLE.has(name)),
  );
}

describe('the table of scopes', () => {
  it('names every field of the roots, and every other that leads to what one of them gives', () => {
    expect(unnamed(schema)).toEqual([]);
  });

  it('names no field that is not there, and none in both of its lists', () => {
    const fields = objectsOf(schema).flatMap((type) =>
      Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
    );
    expect([...TABLE].filter((name) => !fields.includes(name))).toEqual([]);
    expect([...NO_FURTHER_SCOPE].filter((name) => name in SCOPE_OF_FIELD)).toEqual([]);
  });

  it('would miss a new field of a root, and one that leads from what is public to an account', () => {
    const more = buildSchema(`
      type Query { tokenRequestor: TokenRequestor fundingAccounts: [FundingAccount!] secrets: String }
      type Mutation { pushCard: FundingAccount dropCard: Int }
      type TokenRequestor { id: ID! lastAccount: FundingAccount }
      type FundingAccount { id: ID! }
    `);
    expect(unnamed(more).sort()).toEqual([
      'Mutation.dropCard',
      'Query.secrets',
      'TokenRequestor.lastAccount',
    ]);
  });

  it('lets no schema be built with a field of a root that it does not name', () => {
    expect(() => requireScopes(buildSchema('type Query { secrets: Int }'))).toThrow(
      /^Query\.secrets has no scope: name it in src\/schema\/scopes\.ts$/,
    );
    expect(() =>
      requireScopes(buildSchema('type Query { asset: Int } type Mutation { dropCard: Int }')),
    ).toThrow(/^Mutation\.dropCard has no scope/);
  });
});
