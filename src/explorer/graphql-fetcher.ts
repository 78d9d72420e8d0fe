/** Sends GraphiQL's operations to the gateway; this API has neither subscriptions nor incremental answers. */
import type { GraphiQLProps } from 'graphiql';
import { Kind, parse } from 'graphql';

export type GraphqlFetcher = GraphiQLProps['fetcher'];
type Parameters = globalThis.Parameters<GraphqlFetcher>;

export function createGraphqlFetcher(url: URL): (...call: Parameters) => Promise<object> {
  return async (parameters, options) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...options?.headers, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(named(parameters)),
    });
    const answer: unknown = await response.json();
    if (typeof answer !== 'object' || answer === null) {
      throw new Error(`The gateway answered ${response.status} without a GraphQL result`);
    }
    return answer;
  };
}

/** GraphiQL learns an operation's name a moment after its tab is opened: whoever presses play before would ask for the last tab's. */
function named(parameters: Parameters[0]): Parameters[0] {
  const [only, ...others] = operationNames(parameters.query);
  return only === undefined || others.length > 0 ? parameters : { ...parameters, operationName: only };
}

/** null for one without a name; none of a text that does not parse, which the gateway says better. */
function operationNames(query: string): (string | null)[] {
  try {
    return parse(query).definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? [definition.name?.value ?? null] : [],
    );
  } catch {
    return [];
  }
}
