/** Looks for canaries where they must not be. */
import { expect } from '@jest/globals';
import { type Canary, CanaryScanner, type Find } from '../../support/canary.js';
import { CANARIES } from './canaries.js';
import { cardStore, consumerKey, receipts, redis, token } from './world.js';

export const scanner = new CanaryScanner(CANARIES);

/** What callers may see, or must, and logs and Redis must not. */
export function secrets(): Canary[] {
  return [
    ...receipts,
    { name: 'the access token', value: token },
    { name: "the card store's token", value: cardStore.token },
    { name: 'the consumer key', value: consumerKey },
  ];
}

export async function scanRedis(scan: CanaryScanner): Promise<Find[]> {
  const keys = keysIn(await redis.command('KEYS', '*'));
  const found = keys.flatMap((key) => scan.scan('a Redis key', key));
  for (const key of keys) found.push(...scan.scan(`the value of ${key}`, await redis.command('GET', key)));
  expect(await redis.command('SAVE')).toMatch(/^(\+OK)?$/);
  return [...found, ...scan.scan('the dump of Redis', redis.dump())];
}

function keysIn(reply: string): string[] {
  return reply.split('\r\n').filter((line) => line !== '' && !/^[*$]\d+$/.test(line));
}

/** `canary, form, where` and how often: short enough to read when something is found. */
export function counted(found: readonly Find[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { canary, form, where } of found) {
    const line = `${canary}, ${form}: ${where}`;
    counts[line] = (counts[line] ?? 0) + 1;
  }
  return counts;
}
