/**
 * Mocks that hang together, for the tests of an app: `import { createMocks } from 'token-connect-client/mocks'`. What one field names, the
 * others know; a push that is begun is in the history. For a real gateway in a test: `token-connect-gateway/testing`.
 */
import { MockPushes, type MockPushInput } from './mock-pushes.js';
import { byId, FUNDING_ACCOUNTS, holderData, type Row, TOKEN_REQUESTORS } from './world.js';

/** Of all fields together: each looks at its own. */
interface Args {
  readonly id?: string;
  readonly ids?: readonly string[] | null;
  readonly tokenRequestorIds?: readonly string[] | null;
  readonly filter?: { readonly type?: string | null; readonly name?: string | null } | null;
  readonly items?: readonly string[];
  readonly first?: number | null;
  readonly after?: string | null;
  readonly input?: MockPushInput;
  readonly pushId?: string;
  readonly outcomes?: readonly { readonly fundingAccountId: string; readonly outcome: string }[];
}

export type MockResolver = (source: Row, args: Args) => unknown;

export interface Mocks {
  /** By type and field: for `@graphql-tools/mock`, `@graphql-tools/schema`, Apollo Server, … */
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, MockResolver>>>>;
  /** Of the scalars, for what a test adds to the schema. */
  readonly mocks: Readonly<Record<string, () => unknown>>;
}

/**
 * A world of its own for each call: Susan's three accounts, two wallets and a merchant, no push yet.
 *
 * @example
 * const schema = makeExecutableSchema({ typeDefs, resolvers: createMocks().resolvers });
 * const handler = graphql.link(url).operation(async ({ query, variables }) =>
 *   HttpResponse.json(await execute({ schema, source: query, variableValues: variables })));
 */
export function createMocks(): Mocks {
  const pushes = new MockPushes();
  return {
    resolvers: {
      Query: {
        fundingAccounts: (_, { ids } = {}) =>
          FUNDING_ACCOUNTS.filter(({ id }) => !ids || ids.includes(String(id))),
        tokenRequestors: (_, { filter } = {}) => TOKEN_REQUESTORS.filter((one) => fits(one, filter)),
        tokenRequestor: (_, { id }) => byId(TOKEN_REQUESTORS, id),
        asset: (_, { id }) =>
          TOKEN_REQUESTORS.find(({ imageAssetId }) => imageAssetId === id)?.['logo'] ?? null,
        catalogue: () => ({
          asOf: '2026-11-27T02:00:00Z',
          nextRefreshAt: null,
          stale: false,
          tokenRequestorCount: TOKEN_REQUESTORS.length,
        }),
        push: (_, { id }) => pushes.find(id),
        pushes: (_, { first, after }) => page(pushes.list(), first ?? 20, after),
      },
      Mutation: {
        pushCard: (_, { input }) => input && pushes.push(input),
        recordHandOff: (_, { pushId }) => pushes.handOff(pushId),
        recordOutcome: (_, { pushId, outcomes }) => pushes.conclude(pushId, outcomes),
        recordPushCallback: (_, { pushId }) => pushes.conclude(pushId),
      },
      FundingAccount: {
        tokenRequestors: (_, { filter } = {}) => TOKEN_REQUESTORS.filter((one) => fits(one, filter)),
        eligibility: (_, { filter, tokenRequestorIds } = {}) =>
          TOKEN_REQUESTORS.filter((one) => fits(one, filter))
            .filter(({ id }) => !tokenRequestorIds || tokenRequestorIds.includes(String(id)))
            .map(eligible),
        accountHolderDataPreview: (_, { items }) => holderData(items ?? []),
      },
      PushCardResult: { __resolveType: ({ __typename }) => __typename },
      NextStep: { __resolveType: ({ __typename }) => __typename },
    },
    mocks: {
      AccountRange: () => '5204740000000000000',
      DateTime: () => '2026-11-27T02:00:00Z',
    },
  };
}

function fits({ type, consumerFacingEntityName }: Row, filter: Args['filter']): boolean {
  const name = String(consumerFacingEntityName).toLowerCase();
  return (!filter?.type || filter.type === type) && name.includes((filter?.name ?? '').trim().toLowerCase());
}

function eligible(tokenRequestor: Row): Row {
  const items = tokenRequestor['supportedAccountHolderData'];
  return {
    tokenRequestor,
    status: 'ELIGIBLE',
    maximumAccounts: tokenRequestor['supportsMultiplePushedCards'] ? 5 : 1,
    refusal: null,
    accountHolderDataPreview: holderData(Array.isArray(items) ? items : []),
  };
}

function page(all: readonly Row[], first: number, after: string | null | undefined): Row {
  const start = after ? all.findIndex(({ id }) => id === after) + 1 : 0;
  const nodes = all.slice(start, start + first);
  return {
    nodes,
    edges: nodes.map((node) => ({ node, cursor: node['id'] })),
    pageInfo: {
      hasNextPage: start + first < all.length,
      hasPreviousPage: start > 0,
      startCursor: nodes[0]?.['id'] ?? null,
      endCursor: nodes.at(-1)?.['id'] ?? null,
    },
  };
}
