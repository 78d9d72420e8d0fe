/** How long Redis takes, as a metric: by what is asked of it, and whether it answered. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually } from '../support/shared-cache.js';

const READ = 'query ($ranges: [AccountRange!]) { tokenRequestors(accountRanges: $ranges) { id } }';
let redis: RedisServer;
let gateway: TestGateway;

beforeAll(async () => {
  redis = await RedisServer.start();
  gateway = await startTestGateway({
    ADMIN_PORT: '0',
    CACHE_URL: redis.url,
    RATE_LIMITS: '1000/m per account-holder',
  });
});
afterAll(async () => {
  redis.thaw();
  await gateway.close();
  await redis.stop();
});

async function count(operation: string, outcome: string): Promise<number> {
  const text = await (await fetch(`${gateway.gateway.adminUrl}/metrics`)).text();
  const labels = `system="redis",operation="${operation}",outcome="${outcome}"`;
  const [, value = 0] = new RegExp(`upstream_duration_seconds_count{${labels}} (\\d+)`).exec(text) ?? [];
  return Number(value);
}

it('is told of reads and writes of the cache and of counts of the limits', async () => {
  await gateway.graphql(READ, { ranges: ['520474000'] });
  for (const operation of ['read', 'write', 'count'])
    await eventually(async () => (await count(operation, 'OK')) > 0, 2000);
  expect(await count('read', 'FAILED')).toBe(0);
});

it('counts what is not answered in time as failed', async () => {
  redis.freeze();
  // Of ranges that memory does not know yet.
  await gateway.graphql('{ tokenRequestors { id } }');
  redis.thaw();
  expect(await count('read', 'FAILED')).toBeGreaterThan(0);
});
