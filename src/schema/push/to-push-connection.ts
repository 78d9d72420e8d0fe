/** A page of pushes as a connection: https://relay.dev/graphql/connections.htm */
import type { PushPage } from '../../push/ledger/ledger.js';
import type { PushConnectionObject } from './push-summary.object.js';
import type { PushView } from './revealed.js';
import { toPushSummary, toUnreadablePush } from './to-push-object.js';

export function toPushConnection(page: PushPage, after: string | null, view: PushView): PushConnectionObject {
  const edges = page.entries.map((entry) => ({
    cursor: entry.cursor,
    node: entry.kind === 'PUSH' ? toPushSummary(entry.push, view) : toUnreadablePush(entry, view),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
