/** Relay's environment: requests by POST, and records named by type and id, since a `Push` and its `PushSummary` have the same id. */
import { Environment, Network, RecordSource, Store } from 'relay-runtime';

export function createEnvironment(url: string, token: () => string): Environment {
  return new Environment({
    network: Network.create(async ({ text }, variables) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token()}` },
        body: JSON.stringify({ query: text, variables }),
      });
      return answer.json();
    }),
    store: new Store(new RecordSource()),
    getDataID: ({ id }, typeName) => (id ? `${typeName}:${id}` : undefined),
  });
}
