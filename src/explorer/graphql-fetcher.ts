/** Sends GraphiQL's operations to the gateway; this API has neither subscriptions nor incremental answers. */
import type { GraphiQLProps } from 'graphiql';

export type GraphqlFetcher = GraphiQLProps['fetcher'];
type Parameters = globalThis.Parameters<GraphqlFetcher>;

export function createGraphqlFetcher(url: URL): (...call: Parameters) => Promise<object> {
  return async (parameters, options) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...options?.headers, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(parameters),
    });
    const answer: unknown = await response.json();
    if (typeof answer !== 'object' || answer === null) {
      throw new Error(`The gateway answered ${response.status} without a GraphQL result`);
    }
    return answer;
  };
}
