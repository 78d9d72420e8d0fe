/** A page of pushes as a connection: https://relay.dev/graphql/connections.htm */
import type { PushPage } from '../../push/ledger/ledger.js';
import type { PushConnectionObject } from './push.object.js';
import { toPushObject } from './to-push-object.js';

export function toPushConnection(page: PushPage, after: string | null, now: number): PushConnectionObject {
  const nodes = page.pushes.map((push) => toPushObject(push, now));
  const edges = nodes.map((node) => ({ cursor: node.id, node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
