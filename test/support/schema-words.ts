/** Words that somebody might feel his way through the schema with: like its names, nearly its names, and its names themselves. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

/** Every name of the schema, but for those that GraphQL gives to all. */
export function namesOfTheSchema(): ReadonlySet<string> {
  const names = new Set<string>();
  const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    if (!/^(Query|Mutation)$/.test(type.name)) names.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      for (const { name } of field.args) names.add(name);
    }
  }
  return names;
}

const HEADS =
  'get list all my find fetch card account token push wallet user customer holder asset logo range'.split(
    ' ',
  );
const TAILS =
  'id ids name names number numbers card cards account accounts status type types list data info details requestor requestors receipt range ranges history status url urls holder'.split(
    ' ',
  );

/** So many, always the same. */
export function dictionary(size: number): string[] {
  const words = new Set<string>();
  for (const name of namesOfTheSchema()) {
    words.add(name);
    for (const near of nearMissesOf(name)) words.add(near);
  }
  for (const head of HEADS) for (const tail of TAILS) words.add(head + capital(tail));
  for (let number = 0; words.size < size; number++) {
    const [head = '', tail = ''] = [HEADS[number % HEADS.length], TAILS[number % TAILS.length]];
    words.add(`${head}${capital(tail)}${number}`);
  }
  return [...words].slice(0, size);
}

function nearMissesOf(name: string): string[] {
  const middle = Math.floor(name.length / 2);
  return [
    `${name}s`,
    name.slice(0, -1),
    name.slice(1),
    name.slice(0, middle) + name.slice(middle + 1),
    `${name.slice(0, middle)}x${name.slice(middle)}`,
    name.toLowerCase(),
    name.toUpperCase(),
    capital(name),
    `${name}_`,
    name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase(),
  ].filter((word) => /^[A-Za-z_]\w*$/.test(word) && !word.startsWith('__'));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The places of a document, and of its variables, in which a word can be tried. */
export const QUESTIONS: readonly ((word: string) => object)[] = [
  (word) => ({ query: `{ ${word} }` }),
  (word) => ({ query: `{ ${word} { a } }` }),
  (word) => ({ query: `mutation { ${word} }` }),
  (word) => ({ query: `{ ...a } fragment a on ${word} { b }` }),
  (word) => ({ query: `{ ... on ${word} { __typename } }` }),
  (word) => ({ query: `query ($a: ${word}!) { __typename }`, variables: { a: {} } }),
  (word) => ({ query: `query ($a: ${word}) { __typename @include(if: $a) }`, variables: { a: 'x' } }),
  (word) => ({ query: `{ a(${word}: 1) }` }),
  (word) => ({ query: `{ __type(name: "${word}") { name fields { name } } }` }),
  (word) => ({ query: `{ __typename @${word} }` }),
  (word) => ({ query: `query ${word} { a }`, operationName: word }),
];

/** Names of the schema that stand in the answer and not in the question. */
export function namesTold(question: object, answer: string, names: ReadonlySet<string>): string[] {
  const asked = new Set(JSON.stringify(question).match(/\w+/g));
  // What an answer is made of, and words of fixed sentences.
  const form = new Set(
    'data errors message extensions code locations line column traceId type input'.split(' '),
  );
  const words = new Set(answer.match(/\w+/g));
  return [...words].filter((word) => names.has(word) && !asked.has(word) && !form.has(word));
}
