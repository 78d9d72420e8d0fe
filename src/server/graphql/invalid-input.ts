/** Says what is wrong with a document or its variables in words that hold names of the schema only, never a value. */
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

const FALLBACK = 'The document or its variables do not fit the schema. `locations` says where.';

/** A message of graphql-js, and ours for it; a template whose names are not all the schema's own is passed over. */
interface Template {
  readonly pattern: RegExp;
  readonly names: readonly string[];
  say(groups: Readonly<Record<string, string>>): string;
}

const TEMPLATES: readonly Template[] = [
  {
    pattern: /Field "(?<field>\w{1,80})" of required type "(?<type>[\w![\]]{1,80})" was not provided\.$/,
    names: ['field', 'type'],
    say: ({ field, type }) => `Field "${field}" of required type "${type}" was not provided.`,
  },
  {
    pattern: /^Variable "\$\w+" of required type "(?<type>[\w![\]]{1,80})" was not provided\.$/,
    names: ['type'],
    say: ({ type }) => `A variable of required type "${type}" was not provided.`,
  },
  {
    pattern: /Field "\w+" is not defined by type "(?<type>\w{1,80})"/,
    names: ['type'],
    say: ({ type }) => `"${type}" has no such field.`,
  },
  {
    pattern: /^Cannot query field "\w+" on type "(?<type>\w{1,80})"/,
    names: ['type'],
    say: ({ type }) => `Type "${type}" has no such field.`,
  },
  {
    pattern:
      /^Field "(?<field>\w{1,80})" of type "(?<type>[\w![\]]{1,80})" must have a selection of subfields/,
    names: ['field', 'type'],
    say: ({ field, type }) => `Field "${field}" of type "${type}" must have a selection of subfields.`,
  },
  {
    pattern:
      /^Field "(?<field>\w{1,80})" argument "(?<arg>\w{1,80})" of type "(?<type>[\w![\]]{1,80})" is required/,
    names: ['field', 'arg', 'type'],
    say: ({ field, arg, type }) => `Field "${field}" needs its argument "${arg}" of type "${type}".`,
  },
  {
    pattern:
      /(?:does not exist in|^Enum) "(?<type>\w{1,80})" (?:enum|cannot represent)|(?<scalar>String|Int|Float|Boolean|ID) cannot represent/,
    names: ['type', 'scalar'],
    say: ({ type, scalar }) => `A value is not a valid ${type ?? scalar}.`,
  },
  {
    pattern: /Expected (?:value of )?(?:non-nullable )?type "(?<type>[\w![\]]{1,80})"/,
    names: ['type'],
    say: ({ type }) => `A value is not a valid ${type}.`,
  },
];

/** Longest message that is looked at: the patterns are linear, and this keeps it so whatever is sent. */
const MAX_MESSAGE = 2000;

export function describeInvalidInput(message: string, names: ReadonlySet<string>): string {
  // The end says what is wrong; the beginning may be a value of any length.
  const tail = message.length > MAX_MESSAGE ? message.slice(-MAX_MESSAGE) : message;
  for (const template of TEMPLATES) {
    const groups = template.pattern.exec(tail)?.groups;
    if (groups === undefined) continue;
    const used = template.names.map((name) => groups[name]).filter((name) => name !== undefined);
    if (used.every((name) => names.has(name.replace(/[![\]]/g, '')))) {
      return placed(tail, names) + template.say(groups);
    }
  }
  return FALLBACK;
}

/** Where in a variable the value stands, as far as the path consists of names of the schema. */
function placed(message: string, names: ReadonlySet<string>): string {
  const path = / at "\w{1,80}(?<path>(?:\.\w{1,80}|\[\d{1,4}\]){1,10})"; /.exec(message)?.groups?.['path'];
  if (path === undefined) return '';
  const known = path.split(/[.[\]]+/).every((part) => part === '' || /^\d+$/.test(part) || names.has(part));
  return known ? `At ${path.replace(/^\./, '')}: ` : '';
}

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
