/** What a document costs: its values times the lists that they stand in, by hand for small ones, and for those of the typed client. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildASTSchema,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { COST_LIMIT } from '../../../src/server/graphql/limits/cost-limit.js';
import { costOf } from '../../../src/server/graphql/limits/document-cost.js';
import { CALLS, LENGTHS, type Sizes, WEIGHTS } from '../../../src/server/graphql/limits/list-lengths.js';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const SIZES: Sizes = { accounts: 10, requestors: 100, ranges: 40 };

let schema: GraphQLSchema;
beforeAll(() => {
  schema = buildASTSchema(parse(read('schema.graphql')));
});

function operationsOf(text: string): readonly OperationDefinitionNode[] {
  return parse(text).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
}

function cost(
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
  sizes: Sizes = SIZES,
  operation = operationsOf(text)[0],
): number {
  if (operation === undefined) throw new TypeError('no operation');
  return costOf({ schema, document: parse(text), operation, variables: () => variables }, sizes);
}

describe('the cost of a document', () => {
  it.each([
    ['{__typename}', 1],
    ['{__typename x:__typename}', 2],
    ['{catalogue{asOf stale}}', 3],
    ['{fundingAccounts{id}}', 10 * 2],
    ['{fundingAccounts(ids:["a","b"]){id}}', 2 * 2],
    ['{fundingAccounts(ids:[]){id}}', 0],
    ['{fundingAccounts(ids:null){id}}', 10 * 2],
    ['{tokenRequestors{id}}', 100 * 2],
    ['{tokenRequestors(filter:{name:"x"}){id}}', 50 * 2],
    ['{tokenRequestors(filter:{name:"  "}){id}}', 100 * 2],
    ['{tokenRequestors(filter:{type:WALLET,platform:IOS}){id}}', 100 * 2],
    ['{tokenRequestors{supportedPushMethods supportedAccountHolderData}}', 100 * (1 + 4 + 4)],
    ['{tokenRequestors{logo{svgUrl}}}', 100 * (1 + 1 + 1)],
    ['{tokenRequestors{logo{mediaContents{type data}}}}', 100 * (1 + 1 + 20 + 2 * (1 + 1 + 100))],
    ['{asset(id:"x"){id}}', 20 + 1 + 1],
    ['{fundingAccounts{tokenRequestors{id}}}', 10 * (1 + 100 * 2)],
    ['{fundingAccounts{eligibility{status}}}', 10 * (1 + 4 + 100 * (3 + 1))],
    ['{fundingAccounts{eligibility(tokenRequestorIds:["a","b"]){status}}}', 10 * (1 + 4 + 2 * (3 + 1))],
    ['{fundingAccounts{accountHolderDataPreview(items:[NAME]){name missing}}}', 10 * (1 + 4 + 1 + 1 + 4)],
    ['{pushes{nodes{id}}}', 20 * (1 + 1 + 1)],
    ['{pushes(first:50){nodes{id accounts{lastFour}}}}', 50 * (1 + 1 + 1 + 5 * 2)],
    ['{pushes(first:1000000){nodes{id}}}', 50 * 3],
    ['{pushes(first:-5){nodes{id}}}', 3],
    // All of the issuer's 40, wherever the requestor stands; four of them count as one.
    ['{tokenRequestors{enabledAccountRanges}}', 100 * (1 + 10)],
    ['{tokenRequestors(accountRanges:["1","2","3"]){...{enabledAccountRanges}}}', 100 * (1 + 10)],
    ['{fundingAccounts{tokenRequestors{enabledAccountRanges}}}', 10 * (1 + 100 * (1 + 10))],
    [
      '{fundingAccounts{eligibility{tokenRequestor{enabledAccountRanges}}}}',
      10 * (1 + 4 + 100 * (3 + 1 + 10)),
    ],
    ['{tokenRequestor(id:"x"){enabledAccountRanges}}', 20 + 1 + 10],
    ['{push(id:"x"){tokenRequestor{id}}}', 1 + 20 + 1 + 1],
  ])('%s', (text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it('counts the variables that it is sent with', () => {
    const text =
      'query($first:Int,$ids:[ID!]){pushes(first:$first){nodes{id}} fundingAccounts(ids:$ids){id}}';
    expect(cost(text, { first: 3, ids: ['a'] })).toBe(3 * 3 + 2);
    expect(cost(text, {})).toBe(20 * 3 + 10 * 2);
  });

  it('counts the operation that is run, and no other', () => {
    const text = 'query a{__typename} query b{tokenRequestors{id}}';
    expect(operationsOf(text).map((operation) => cost(text, {}, SIZES, operation))).toEqual([1, 200]);
  });

  it('is the same through fragments as without them', () => {
    const inFragments =
      '{...q ...q} fragment q on Query{fundingAccounts{...a}} fragment a on FundingAccount{...{id} tokenRequestors{...t}} fragment t on TokenRequestor{enabledAccountRanges}';
    expect(cost(inFragments)).toBe(2 * cost('{fundingAccounts{id tokenRequestors{enabledAccountRanges}}}'));
  });

  it('doubles with every level of fragments, and is counted in no time', () => {
    const levels = 200;
    const fragments = Array.from(
      { length: levels },
      (_, n) => `fragment f${n} on Query{...f${n + 1} ...f${n + 1}}`,
    );
    const text = `{...f0} ${fragments.join(' ')} fragment f${levels} on Query{tokenRequestors{id}}`;
    const startedAt = performance.now();
    expect(cost(text)).toBe(2 ** levels * 200);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('knows every list of the schema, and nothing that is not in it', () => {
    const fields = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
      );
    const lists = fields.filter(({ field }) => isListType(getNullableType(field.type)));
    expect(lists.map(({ name }) => name).filter((name) => !(name in LENGTHS))).toEqual([]);
    const known = [...Object.keys(LENGTHS), ...Object.keys(WEIGHTS), ...Object.keys(CALLS)];
    expect(known.filter((name) => !fields.some((field) => field.name === name))).toEqual([]);
  });
});

describe('the documents of the typed client', () => {
  const VARIABLES = {
    first: 50,
    tokenRequestorId: '50130000001',
    accountRanges: Array.from({ length: 40 }, (_, index) => String(520474000 + index)),
  };
  const rows = ['operations', 'following'].flatMap((file) => {
    const text = read(`src/client/${file}.graphql`);
    return operationsOf(text).map((operation) => ({ file, text, operation }));
  });
  const table = () =>
    rows.map(({ text, operation }) => {
      const figure = cost(text, VARIABLES, SIZES, operation);
      return `| \`${operation.name?.value}\` | ${figure} | ${Math.floor((100 * figure) / COST_LIMIT)} % |`;
    });

  it('cost no more than the limit', () => {
    const figures = rows.map(({ text, operation }) => cost(text, VARIABLES, SIZES, operation));
    expect(figures).toHaveLength(17);
    expect(Math.max(...figures)).toBeLessThan(COST_LIMIT);
  });

  it('stand in docs/channel-teams.md with what they cost', () => {
    const [, listed = ''] = read('docs/channel-teams.md').split('<!-- costs -->');
    expect(listed.split('\n').filter((line) => line.startsWith('| `'))).toEqual(table());
  });
});
