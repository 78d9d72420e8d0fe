/** Asks a gateway for everything that it promises, and tells how each ended. */
import { type Asked, postGraphQL } from '../ask-graphql.js';
import { CARD_RANGE, PUSH, pushInput, READ } from '../documents.js';
import type { GatewayChild } from '../gateway/gateway-child.js';
import { tokenOfUnknownKey } from '../signed-in.js';
import type { Ends } from './destinations.js';

/** @param cold an account range that nobody has asked for yet */
export async function endsOf(gateway: GatewayChild, cold: string, key: string): Promise<Ends> {
  const stranger = { url: gateway.url, token: tokenOfUnknownKey(key) };
  const [cached, fetched, accounts, push, refused] = await Promise.all([
    gateway.graphql(READ, { ranges: [CARD_RANGE] }),
    gateway.graphql(READ, { ranges: [cold] }),
    gateway.graphql('{ fundingAccounts { id label } }'),
    gateway.graphql(PUSH, { input: pushInput(key.replaceAll(' ', '-')) }),
    postGraphQL(stranger, '{ __typename }', {}),
  ]);
  return {
    cached: endOf(cached, cached.data?.tokenRequestors?.length > 0),
    cold: endOf(fetched, Array.isArray(fetched.data?.tokenRequestors)),
    accounts: endOf(accounts, accounts.data?.fundingAccounts?.length > 0),
    push: push.data?.pushCard?.status ?? push.data?.pushCard?.code ?? push.codes.join(),
    stranger: refused.codes.join(),
  };
}

/** In words; empty when there are none. */
export function differences(ends: Ends, expected: Ends): string[] {
  return (Object.keys(expected) as (keyof Ends)[])
    .filter((what) => ends[what] !== expected[what])
    .map((what) => `${what} ends ${ends[what]} not ${expected[what]}`);
}

function endOf({ codes, text }: Asked, isRight: boolean): string {
  if (codes.length > 0) return codes.join();
  return isRight ? 'ok' : text.slice(0, 80);
}
