/** Where the limit of a document's cost lies, whose lengths it is counted with, when it is counted anew, and what a refusal says to ask instead. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildASTSchema, type GraphQLSchema, Kind, parse } from 'graphql';
import type { GatewayContext } from '../../../src/schema/context.js';
import { COST_LIMIT, requireAffordable } from '../../../src/server/graphql/limits/cost-limit.js';
import { LEAST_REQUESTORS, MOST_ACCOUNTS } from '../../../src/server/graphql/limits/list-lengths.js';
import {
  type AskedOperation,
  operationCost,
  UnreadableVariables,
} from '../../../src/server/graphql/limits/operation-cost.js';

let schema: GraphQLSchema;
beforeAll(() => {
  schema = buildASTSchema(parse(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8')));
});

function asked(text: string, variables: Readonly<Record<string, unknown>> = {}): AskedOperation {
  const document = parse(text);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new TypeError('no operation');
  return { schema, document, operation, variables };
}

function contextOf({
  accounts = 1,
  requestors = 100,
  ranges = 40,
  accountHolder = 'susan' as string | null,
} = {}) {
  const looks = { accounts: 0 };
  const context = {
    accountHolder,
    requestorCount: () => requestors,
    issuerRanges: { all: Array.from({ length: ranges }, String) },
    loaders: {
      async fundingAccounts() {
        looks.accounts += 1;
        if (accounts < 0) throw new Error('the card store is away');
        return Array.from({ length: accounts });
      },
    },
  } as unknown as GatewayContext;
  return { context, looks };
}

/** `count` times two: each is a value. */
const names = (count: number) => Array.from({ length: count }, (_, at) => `a${at}:__typename`).join(' ');

describe('the limit of what a document may cost', () => {
  it('lets through what costs as much, and refuses what costs one more', async () => {
    const { context, looks } = contextOf();
    await requireAffordable(asked(`{${names(COST_LIMIT)}}`), context);
    await expect(requireAffordable(asked(`{${names(COST_LIMIT + 1)}}`), context)).rejects.toMatchObject({
      message: `This would cost ${COST_LIMIT + 1}; the limit is ${COST_LIMIT}. Ask for fewer fields at a time.`,
      excess: { cost: COST_LIMIT + 1, limit: COST_LIMIT },
    });
    expect(looks.accounts).toBe(0);
  });

  it('counts her own accounts where the most that there may be are too many, and asks for them only then', async () => {
    const cheap = contextOf({ accounts: 3 });
    await requireAffordable(asked('{fundingAccounts{id}}'), cheap.context);
    expect(cheap.looks.accounts).toBe(0);
    // A requestor of hers is 2, and what she has is at most MOST_ACCOUNTS.
    const each = `{fundingAccounts{tokenRequestors{${names(Math.ceil(COST_LIMIT / 100 / MOST_ACCOUNTS) + 1)}}}}`;
    const few = contextOf({ accounts: 1 });
    await requireAffordable(asked(each), few.context);
    expect(few.looks.accounts).toBe(1);
    const many = contextOf({ accounts: MOST_ACCOUNTS });
    await expect(requireAffordable(asked(each), many.context)).rejects.toThrow(
      new RegExp(
        `\\(${MOST_ACCOUNTS} accounts, 100 requestors\\).*Ask for fewer accounts at a time.*; or for those of a name`,
      ),
    );
  });

  it('lets through to the execution what a card store that is away cannot be counted for', async () => {
    const { context, looks } = contextOf({ accounts: -1 });
    await requireAffordable(asked(`{fundingAccounts{tokenRequestors{${names(100)}}}}`), context);
    expect(looks.accounts).toBe(1);
  });

  it('counts at least so many requestors, since a catalogue may still be empty', async () => {
    const { context } = contextOf({ requestors: 0 });
    await expect(
      requireAffordable(asked(`{tokenRequestors{${names(COST_LIMIT / LEAST_REQUESTORS + 1)}}}`), context),
    ).rejects.toThrow(`${LEAST_REQUESTORS} requestors`);
  });

  it('names the ranges where they count', async () => {
    const { context } = contextOf({ ranges: 10_000 });
    await expect(
      requireAffordable(asked('{tokenRequestors{enabledAccountRanges}}'), context),
    ).rejects.toThrow(/100 requestors, 10000 ranges.*; or without enabledAccountRanges\.$/);
  });

  it('asks nothing for a stranger, and leaves variables that cannot be read to the execution', async () => {
    const stranger = contextOf({ accountHolder: null });
    await requireAffordable(asked(`{${names(COST_LIMIT + 1)}}`), stranger.context);
    const text = 'query($first:Int){pushes(first:$first){nodes{id}}}';
    await requireAffordable(asked(text, { first: 'many' }), contextOf().context);
    const broken = contextOf().context;
    Object.assign(broken, { requestorCount: () => Number.NaN, issuerRanges: null });
    await expect(requireAffordable(asked(text), broken)).rejects.toThrow(TypeError);
  });
});

describe('the cost of an operation', () => {
  const SIZES = { accounts: 2, requestors: 100, ranges: 40 };

  it('is counted once for the same lengths, and anew for others', () => {
    const one = asked('{fundingAccounts{id}}');
    const found = operationCost(one, SIZES);
    expect(found).toEqual({ cost: 4, used: new Set(['accounts']) });
    expect(operationCost(one, { ...SIZES })).toBe(found);
    expect(operationCost(one, { ...SIZES, accounts: 3 }).cost).toBe(6);
    expect(operationCost(one, SIZES)).toBe(found);
    expect(operationCost(asked('{fundingAccounts{id}}'), SIZES)).not.toBe(found);
  });

  it('is kept for fifty lengths', () => {
    const one = asked('{fundingAccounts{id}}');
    const costOf = (accounts: number) => operationCost(one, { ...SIZES, accounts });
    const first = costOf(0);
    for (let accounts = 1; accounts < 50; accounts++) costOf(accounts);
    expect(costOf(0)).toBe(first);
    const fiftieth = costOf(49);
    costOf(50);
    expect(costOf(0)).not.toBe(first);
    expect(costOf(49)).not.toBe(fiftieth);
  });

  it('that hangs on variables is counted each time, with them', () => {
    const MANY = { ...SIZES, accounts: 9 };
    const text = 'query($ids:[ID!]){fundingAccounts(ids:$ids){id}}';
    const one = asked(text, { ids: ['a'] });
    expect(operationCost(one, MANY).cost).toBe(2);
    expect(operationCost({ ...one, variables: { ids: ['a', 'b', 'c'] } }, MANY).cost).toBe(6);
    expect(operationCost({ ...one, variables: {} }, MANY).cost).toBe(18);
    const twice = asked(
      'query($ids:[ID!],$first:Int){fundingAccounts(ids:$ids){id} pushes(first:$first){nodes{id}}}',
      { ids: ['a'], first: 1 },
    );
    expect(operationCost(twice, MANY).cost).toBe(2 + 3);
  });

  it('of variables that cannot be read is none', () => {
    const one = asked('query($first:Int){pushes(first:$first){nodes{id}}}', { first: 'many' });
    expect(() => operationCost(one, SIZES)).toThrow(UnreadableVariables);
  });

  it('tells which lengths counted', () => {
    const used = (text: string) => [...operationCost(asked(text), SIZES).used].sort();
    expect(used('{__typename}')).toEqual([]);
    expect(used('{tokenRequestors{enabledAccountRanges}}')).toEqual(['ranges', 'requestors']);
    expect(used('{fundingAccounts{tokenRequestors{id}}}')).toEqual(['accounts', 'requestors']);
  });
});
