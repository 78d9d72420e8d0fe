/** What a gateway itself says of its catalogue's age. */
import type { GatewayChild } from './gateway-child.js';

export async function isStale(gateway: GatewayChild): Promise<boolean> {
  const { data, text } = await gateway.graphql('{ catalogue { stale } }');
  const stale: unknown = data?.catalogue?.stale;
  if (typeof stale !== 'boolean') throw new Error(`catalogue does not say whether it is stale: ${text}`);
  return stale;
}
