/** Refuses an operation that would cost too much, before anything of it is executed, and says what to ask instead. */
import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { type GraphQLError, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../../schema/context.js';
import { TooCostlyError } from '../../schema/too-costly-error.js';
import { costOf } from './document-cost.js';
import { LEAST_REQUESTORS, MOST_ACCOUNTS, type Sizes } from './list-lengths.js';

/** docs/channel-teams.md says what the documents of the typed client cost. */
export const COST_LIMIT = 20_000;

export const costLimitPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return { didResolveOperation: requireAffordable };
  },
};

/** Variables that cannot be read: the execution says so itself, before it asks anybody. */
class UnreadableVariables extends Error {}

async function requireAffordable(
  asked: GraphQLRequestContextDidResolveOperation<GatewayContext>,
): Promise<void> {
  const { contextValue, operation: named } = asked;
  // Nobody is asked anything for a stranger, and an operation that is not there costs nothing.
  if (contextValue.accountHolder === null || named === undefined) return;
  try {
    const most = sizesOf(contextValue, MOST_ACCOUNTS);
    const operation = costedOperation(asked, named);
    if (costOf(operation, most.sizes) <= COST_LIMIT) return;
    // Asked for once per request: who asks for her accounts needs them anyway.
    const accounts = most.used.has('accounts') ? await countAccounts(contextValue) : MOST_ACCOUNTS;
    const { sizes, used } = sizesOf(contextValue, accounts);
    const cost = costOf(operation, sizes);
    if (cost > COST_LIMIT) throw tooCostly(cost, used, sizes);
  } catch (error) {
    if (!(error instanceof UnreadableVariables)) throw error;
  }
}

function costedOperation(
  { schema, document, request }: GraphQLRequestContextDidResolveOperation<GatewayContext>,
  operation: OperationDefinitionNode,
) {
  let coerced: Readonly<Record<string, unknown>> | undefined;
  const variables = () => {
    if (coerced !== undefined) return coerced;
    const values = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
      maxErrors: 1,
    });
    if (values.coerced === undefined) throw new UnreadableVariables();
    coerced = values.coerced;
    return coerced;
  };
  return { schema, document, operation, variables };
}

/** Looked up only where they count; `used` tells which did. */
function sizesOf(
  { catalogueStatus, issuerRanges }: GatewayContext,
  accounts: number,
): { readonly sizes: Sizes; readonly used: ReadonlySet<keyof Sizes> } {
  const used = new Set<keyof Sizes>();
  let requestors: number | undefined;
  const sizes: Sizes = {
    get accounts() {
      used.add('accounts');
      return accounts;
    },
    get requestors() {
      used.add('requestors');
      requestors ??= Math.max(catalogueStatus().tokenRequestorCount, LEAST_REQUESTORS);
      return requestors;
    },
    get ranges() {
      used.add('ranges');
      return issuerRanges.all.length;
    },
  };
  return { sizes, used };
}

/** A card store that cannot answer leaves none, and the execution says so. */
async function countAccounts({ loaders }: GatewayContext): Promise<number> {
  try {
    return (await loaders.fundingAccounts()).length;
  } catch {
    return 0;
  }
}

const HINTS: Readonly<Record<keyof Sizes, string>> = {
  accounts: 'for fewer accounts at a time, as with fundingAccounts(ids: …)',
  requestors: 'for those of a name, with filter: { name: … }, or eligibility(tokenRequestorIds: …)',
  ranges: 'without enabledAccountRanges',
};

function tooCostly(cost: number, used: ReadonlySet<keyof Sizes>, sizes: Sizes): GraphQLError {
  const counted = (['accounts', 'requestors', 'ranges'] as const).filter((size) => used.has(size));
  const hints = counted.map((size) => HINTS[size]);
  const instead = hints.length === 0 ? 'for fewer fields at a time' : hints.join('; or ');
  const over = counted.map((size) => `${sizes[size]} ${size}`).join(', ');
  const given = over === '' ? '' : ` (${over})`;
  return new TooCostlyError(`This would cost ${cost}${given}; the limit is ${COST_LIMIT}. Ask ${instead}.`, {
    cost,
    limit: COST_LIMIT,
  });
}
