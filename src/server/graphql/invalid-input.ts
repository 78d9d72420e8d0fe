/** Says what is wrong with a document or its variables in words that hold names of the schema only, never a value. */
import {
  type ASTNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  specifiedScalarTypes,
} from 'graphql';

const FALLBACK = 'The document or its variables do not fit the schema. `locations` says where.';

/** A message of graphql-js, and ours for it: with its names where all of them may be told, else without any. */
interface Template {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  say(groups: Readonly<Record<string, string>>): string;
  readonly unnamed: string;
}

const TEMPLATES: readonly Template[] = [
  {
    pattern: /Field "(?<field>\w{1,80})" of required type "(?<type>[\w![\]]{1,80})" was not provided\.$/,
    names: ['field', 'type'],
    say: ({ field, type }) => `Field "${field}" of required type "${type}" was not provided.`,
    unnamed: 'A required field was not provided: compare with schema.graphql.',
  },
  {
    pattern: /^Variable "\$\w+" of required type "(?<type>[\w![\]]{1,80})" was not provided\.$/,
    names: ['type'],
    say: ({ type }) => `A variable of required type "${type}" was not provided.`,
    unnamed: 'A required variable was not provided.',
  },
  {
    pattern: /Field "\w+" is not defined by type "(?<type>\w{1,80})"/,
    names: ['type'],
    say: ({ type }) => `"${type}" has no such field.`,
    unnamed: 'An input has a field that is not there.',
  },
  {
    pattern: /^Cannot query field "\w+" on type "(?<type>\w{1,80})"/,
    names: ['type'],
    say: ({ type }) => `Type "${type}" has no such field.`,
    unnamed: 'A field that is asked for is not there. `locations` says which.',
  },
  {
    pattern:
      /^Field "(?<field>\w{1,80})" of type "(?<type>[\w![\]]{1,80})" must have a selection of subfields/,
    names: ['field', 'type'],
    say: ({ field, type }) => `Field "${field}" of type "${type}" must have a selection of subfields.`,
    unnamed: 'A field must have a selection of subfields. `locations` says which.',
  },
  {
    pattern:
      /^Field "(?<field>\w{1,80})" argument "(?<arg>\w{1,80})" of type "(?<type>[\w![\]]{1,80})" is required/,
    names: ['field', 'arg', 'type'],
    say: ({ field, arg, type }) => `Field "${field}" needs its argument "${arg}" of type "${type}".`,
    unnamed: 'A field needs an argument. `locations` says which.',
  },
  {
    pattern:
      /(?:does not exist in|^Enum) "(?<type>\w{1,80})" (?:enum|cannot represent)|(?<scalar>String|Int|Float|Boolean|ID) cannot represent/,
    names: ['type', 'scalar'],
    say: ({ type, scalar }) => `A value is not a valid ${type ?? scalar}.`,
    unnamed: 'A value is not valid: compare with schema.graphql.',
  },
  {
    pattern: /Expected (?:value of )?(?:non-nullable )?type "(?<type>[\w![\]]{1,80})"/,
    names: ['type'],
    say: ({ type }) => `A value is not a valid ${type}.`,
    unnamed: 'A value is not valid: compare with schema.graphql.',
  },
];

/** Longest message that is looked at: the patterns are linear, and this keeps it so whatever is sent. */
const MAX_MESSAGE = 2000;

/** @param told of the schema's names those that may go out; where a value stands the caller has said himself */
export function describeInvalidInput(
  message: string,
  names: ReadonlySet<string>,
  told: ReadonlySet<string>,
): string {
  // The end says what is wrong; the beginning may be a value of any length.
  const tail = message.length > MAX_MESSAGE ? message.slice(-MAX_MESSAGE) : message;
  let unnamed: string | undefined;
  for (const template of TEMPLATES) {
    const groups = template.pattern.exec(tail)?.groups;
    if (groups === undefined) continue;
    const used = template.names.map((name) => groups[name]).filter((name) => name !== undefined);
    if (used.every((name) => told.has(name.replace(/[![\]]/g, '')))) {
      return placed(tail, names) + template.say(groups);
    }
    unnamed ??= placed(tail, names) + template.unnamed;
  }
  return unnamed ?? FALLBACK;
}

/** Where in a variable the value stands, as far as the path consists of names of the schema. */
function placed(message: string, names: ReadonlySet<string>): string {
  const path = / at "\w{1,80}(?<path>(?:\.\w{1,80}|\[\d{1,4}\]){1,10})"; /.exec(message)?.groups?.['path'];
  if (path === undefined) return '';
  const known = path.split(/[.[\]]+/).every((part) => part === '' || /^\d+$/.test(part) || names.has(part));
  return known ? `At ${path.replace(/^\./, '')}: ` : '';
}

/**
 * Those that the caller has put where the fault is, and GraphQL's own types: whoever may not look at the schema learns no other.
 * What stands elsewhere in the document does not count: a comment holds a whole dictionary.
 */
export function namesAt(nodes: readonly ASTNode[]): ReadonlySet<string> {
  return new Set([...nodes.map(nameAt), ...BUILT_IN]);
}

function nameAt(node: ASTNode): string {
  if (node.kind === Kind.FIELD) return node.name.value;
  if (node.kind !== Kind.VARIABLE_DEFINITION) return '';
  let { type } = node;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

const BUILT_IN = specifiedScalarTypes.map(({ name }) => name);

/** Every name that the schema itself uses. */
export function schemaNames(schema: GraphQLSchema): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    if (isEnumType(type)) for (const value of type.getValues()) names.add(value.name);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        names.add(field.name);
        for (const arg of field.args) names.add(arg.name);
      }
    }
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) names.add(field.name);
  }
  return names;
}
