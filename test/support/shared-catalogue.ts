/** What one gateway has put into Redis, and what another is asked to find there. */
import { expect } from '@jest/globals';
import { rangeStart } from '../../src/simulator/catalogue/account-ranges.js';
import { DEMO_ACCOUNTS } from '../../src/simulator/demo/demo-accounts.js';
import type { GraphQLAnswer, TestGateway } from './gateway.js';
import type { RedisServer } from './redis-server.js';
import { eventually } from './shared-cache.js';
import type { SimulatorControl } from './simulator/simulator-control.js';

export const READ_RANGES =
  'query ($r: [AccountRange!]) { tokenRequestors(accountRanges: $r) { id consumerFacingEntityName } }';
const ACCOUNTS = '{ fundingAccounts { id tokenRequestors { id } } }';
const ASSET = 'query ($id: ID!) { asset(id: $id) { mediaContents { type data } } }';

export interface Filled {
  readonly assetId: string;
  /** Of `askCatalogue`. */
  readonly answers: readonly unknown[];
}

interface Scene {
  readonly gateway: TestGateway;
  readonly upstream: SimulatorControl;
  readonly redis: RedisServer;
  readonly ranges: readonly string[];
}

/** Until all of it is written; the calls to MDES are counted from nought again. */
export async function fillCatalogue({ gateway, upstream, redis, ranges }: Scene): Promise<Filled> {
  const { data } = await gateway.graphql('{ tokenRequestors { imageAssetId } }');
  const assetId: string = data.tokenRequestors[0].imageAssetId;
  const answers = await askCatalogue(gateway.graphql, ranges, assetId);
  const calls = await upstream.calls();
  expect(calls.getEligibleTokenRequestors).toBeGreaterThanOrEqual(2);
  expect(calls.getAsset).toBe(1);
  const susans = DEMO_ACCOUNTS.filter(({ accountHolder }) => accountHolder === 'susan');
  const own = susans.map(({ range }) => rangeStart(range));
  const rows = new Set([...ranges, ...own]).size;
  // What a range names is written before it.
  await eventually(async () => (await keysOf(redis, 'range')) === rows, 4000);
  await eventually(async () => (await keysOf(redis, 'asset')) === 1, 4000);
  await upstream.reset();
  return { assetId, answers };
}

async function keysOf(redis: RedisServer, kind: string): Promise<number> {
  return (await redis.command('KEYS', `*::${kind}-*`)).split('\r\n').filter((line) => line.includes('::'))
    .length;
}

export async function askCatalogue(
  graphql: (query: string, variables: Record<string, unknown>) => Promise<GraphQLAnswer>,
  ranges: readonly string[],
  assetId: string,
): Promise<unknown[]> {
  const answers = [];
  for (const [query, variables] of [
    [READ_RANGES, { r: ranges }],
    [ACCOUNTS, {}],
    [ASSET, { id: assetId }],
  ] as const) {
    const { data, errors } = await graphql(query, variables);
    expect(errors).toBeUndefined();
    answers.push(data);
  }
  return answers;
}
