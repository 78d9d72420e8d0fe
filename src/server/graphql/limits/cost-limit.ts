/** Refuses an operation that would cost too much, before anything of it is executed, and says what to ask instead. */
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { GatewayContext } from '../../../schema/context.js';
import { TooCostlyError } from '../../../schema/too-costly-error.js';
import { LEAST_REQUESTORS, MOST_ACCOUNTS, type Sizes } from './list-lengths.js';
import { type AskedOperation, operationCost, UnreadableVariables } from './operation-cost.js';

/** docs/channel-teams.md says what the documents of the typed client cost. */
export const COST_LIMIT = 20_000;

export const costLimitPlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        // An operation that is not there costs nothing.
        if (operation === undefined) return;
        const { variables = {} } = request;
        await requireAffordable({ schema, document, operation, variables }, contextValue);
      },
    };
  },
};

/** @throws TooCostlyError */
export async function requireAffordable(asked: AskedOperation, context: GatewayContext): Promise<void> {
  // Nobody is asked anything for a stranger.
  if (context.accountHolder === null) return;
  const sizes = {
    accounts: MOST_ACCOUNTS,
    requestors: Math.max(context.requestorCount(), LEAST_REQUESTORS),
    ranges: context.issuerRanges.all.length,
  };
  try {
    const most = operationCost(asked, sizes);
    if (most.cost <= COST_LIMIT) return;
    // Asked for once per request: who asks for her accounts needs them anyway.
    const accounts = most.used.has('accounts') ? await countAccounts(context) : MOST_ACCOUNTS;
    const { cost, used } = operationCost(asked, { ...sizes, accounts });
    if (cost > COST_LIMIT) throw tooCostly(cost, used, { ...sizes, accounts });
  } catch (error) {
    if (!(error instanceof UnreadableVariables)) throw error;
  }
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
