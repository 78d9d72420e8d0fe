/** Documents made from the schema: one for each way to each of its fields, so that a new field cannot be forgotten. */
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
} from 'graphql';

/** A document that asks for one field, by one way to its type. */
export interface Way {
  /** By type and field, the asked one last. */
  readonly fields: readonly string[];
  readonly text: string;
}

/** All ways that pass through no type twice. */
export function waysOf(schema: GraphQLSchema): Way[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    type ? waysInto(type, (inner) => `${operationOf(type.name)} { ${inner} }`, [], []) : [],
  );
}

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

/**
 * All fields of a type and below, each type once on its way down; for a field that needs arguments, some that are valid.
 * @param skip by type and field: those that one document cannot pay for
 */
export function everythingOf(
  type: GraphQLNamedType,
  skip: ReadonlySet<string>,
  passed: readonly GraphQLNamedType[] = [],
): string {
  const seen = [...passed, type];
  if (isUnionType(type)) {
    const members = type.getTypes().map((one) => `... on ${one.name} ${everythingOf(one, skip, seen)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields())
    .filter((field) => !seen.includes(getNamedType(field.type)) && !skip.has(`${type.name}.${field.name}`))
    .map((field) => `${call(field)} ${everythingOf(getNamedType(field.type), skip, seen)}`);
  return `{ __typename ${fields.join(' ')} }`;
}

function operationOf(root: string): string {
  return root === 'Mutation' ? 'mutation' : 'query';
}

function below(type: GraphQLOutputType): string {
  return isCompositeType(getNamedType(type)) ? '{ __typename }' : '';
}

export function call({ name, args }: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>): string {
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
