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
  /** Groups that hold a name of the schema. `own` holds one that the caller has made up. */
  readonly names: readonly string[];
  say(groups: Readonly<Record<string, string | undefined>>): string;
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
    pattern: /^Variable "\$(?<own>\w{1,80})" of required type "(?<type>[\w![\]]{1,80})" was not provided\.$/,
    names: ['type'],
    say: ({ own, type }) =>
      `${own === undefined ? 'A variable' : `Variable "$${own}"`} of required type "${type}" was not provided.`,
    unnamed: 'A required variable was not provided.',
  },
  {
    pattern: /Field "(?<own>\w{1,80})" is not defined by type "(?<type>\w{1,80})"/,
    names: ['type'],
    say: ({ own, type }) => `"${type}" has no ${own === undefined ? 'such field' : `field "${own}"`}.`,
    unnamed: 'An input has a field that is not there.',
  },
  {
    pattern: /^Cannot query field "(?<own>\w{1,80})" on type "(?<type>\w{1,80})"/,
    names: ['type'],
    say: ({ own, type }) => `Type "${type}" has no ${own === undefined ? 'such field' : `field "${own}"`}.`,
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
    pattern: /^Unknown argument "(?<own>\w{1,80})" on field "(?<type>\w{1,80})\.(?<field>\w{1,80})"/,
    names: ['type', 'field'],
    say: ({ own, type, field }) =>
      `Field "${type}.${field}" has no ${own === undefined ? 'such argument' : `argument "${own}"`}.`,
    unnamed: 'A field has an argument that is not there. `locations` says which.',
  },
  {
    pattern:
      /^Variable "\$(?<own>\w{1,80})" of type "(?<type>[\w![\]]{1,80})" used in position expecting type "(?<wanted>[\w![\]]{1,80})"/,
    names: ['type', 'wanted'],
    say: ({ own, type, wanted }) =>
      `${own === undefined ? 'A variable' : `Variable "$${own}"`} of type "${type}" stands where type "${wanted}" is expected.`,
    unnamed: 'A variable stands where another type is expected. `locations` says which.',
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

/** What of names may go out. */
interface Telling {
  /** Of the schema's names. Where a value stands the caller has said himself. */
  readonly told: ReadonlySet<string>;
  /** Whether a name that the caller has made up is repeated to him. */
  readonly own: boolean;
}

export function describeInvalidInput(
  message: string,
  names: ReadonlySet<string>,
  { told, own }: Telling,
): string {
  // The end says what is wrong; the beginning may be a value of any length.
  const tail = message.length > MAX_MESSAGE ? message.slice(-MAX_MESSAGE) : message;
  let unnamed: string | undefined;
  for (const template of TEMPLATES) {
    const groups = template.pattern.exec(tail)?.groups;
    if (groups === undefined) continue;
    const used = template.names.map((name) => groups[name]).filter((name) => name !== undefined);
    if (used.every((name) => told.has(name.replace(/[![\]]/g, '')))) {
      const { own: made, ...rest } = groups;
      const repeated = own && made !== undefined && isName(made) ? { own: made } : {};
      return placed(tail, names) + template.say({ ...rest, ...repeated });
    }
    unnamed ??= placed(tail, names) + template.unnamed;
  }
  return unnamed ?? FALLBACK;
}

/** A card number may have got where a name belongs. */
const MOST_DIGITS = 5;

function isName(made: string): boolean {
  return made.replace(/\D/g, '').length <= MOST_DIGITS;
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
