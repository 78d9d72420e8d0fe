/** Where introspection is off, nobody learns a name of the schema that he did not know: not by guessing, not by what is wrong. G7 goes through 10,000 words. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { dictionary, namesOfTheSchema, namesTold, QUESTIONS } from '../../support/schema-words.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ EXPLORER: 'off' });
});
afterAll(() => gateway.close());

const names = namesOfTheSchema();

async function told(question: { readonly query?: string; readonly variables?: Record<string, unknown> }) {
  const { query = '', variables } = question;
  const { text, status } = await gateway.graphql(query, variables);
  expect(status).toBeLessThan(500);
  return namesTold(question, text, names);
}

describe('a name is told to nobody who did not name it', () => {
  it('in whichever place of a document a word is tried', async () => {
    const words = dictionary(10_000).filter((_, index) => index % 397 === 0);
    const found: string[] = [];
    for (const word of words) {
      for (const question of QUESTIONS) {
        const leaked = await told(question(word));
        found.push(...leaked.map((name) => `${name} told to ${JSON.stringify(question(word))}`));
      }
    }
    expect(words.length).toBeGreaterThan(25);
    expect(found).toEqual([]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['a field that is not there, of a type', '{ tokenRequestors { foo } }', {}],
    ['a field without its fields', '{ tokenRequestors }', {}],
    ['a field without its argument', '{ asset { id } }', {}],
    ['a leaf with fields', '{ catalogue { asOf { a } } }', {}],
    ['an argument nearly right', '{ tokenRequestors(accountRange: []) { id } }', {}],
    ['an argument of another type', '{ tokenRequestors(filter: 1) { id } }', {}],
    ['an enum value nearly right', '{ tokenRequestors(filter: { type: WALLE }) { id } }', {}],
    ['an input’s field nearly right', '{ tokenRequestors(filter: { typ: WALLET }) { id } }', {}],
    ['a union without its types', 'mutation { pushCard(input: {}) { id } }', {}],
    ['an empty input', 'mutation { pushCard(input: {}) { __typename } }', {}],
    [
      'a variable that misses fields',
      'mutation ($i: PushCardInput!) { pushCard(input: $i) { __typename } }',
      { i: {} },
    ],
    [
      'a variable with a field too many',
      'mutation ($i: PushCardInput!) { pushCard(input: $i) { __typename } }',
      { i: { foo: 1 } },
    ],
    ['a variable of another type', 'query ($i: ID!) { tokenRequestors(filter: $i) { id } }', { i: 'x' }],
    ['a fragment on another type', '{ catalogue { ...a } } fragment a on Push { id }', {}],
    ['two fields of one name', '{ a: catalogue { asOf } a: pushes { nodes { id } } }', {}],
    ['an account range that is none', '{ tokenRequestors(accountRanges: [1]) { id } }', {}],
    ['introspection', '{ __schema { types { name } } }', {}],
    ['the type of a type', '{ __type(name: "Query") { fields { name } } }', {}],
  ])('with %s', async (_name, query, variables) => {
    expect(await told({ query, variables })).toEqual([]);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['a comment', '{ tokenRequestors } # @', {}],
    [
      'a comment, of a missing field',
      'mutation ($i: PushCardInput!) { pushCard(input: $i) { __typename } } # @',
      { i: {} },
    ],
    ['a comment, of a missing argument', '{ asset { svgUrl } } # @', {}],
    ['a fragment', '{ tokenRequestors } fragment a on Query { @ }', {}],
    ['the fault’s own arguments', '{ tokenRequestors(a: [@]) }', {}],
    ['a text', '{ tokenRequestors(a: "@") }', {}],
  ])('though all words stand in %s', async (_name, query, variables) => {
    const question = { query: query.replace('@', [...names].join(' ')), variables };
    const { text } = await gateway.graphql(question.query, variables);
    expect(namesTold({ query: query.replace('@', ''), variables }, text, names)).toEqual([]);
  });
});
