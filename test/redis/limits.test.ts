/** Limits that two processes count together in Redis, what Redis learns of them, and what holds without it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { countOf, push, request } from '../support/limits.js';
import { within } from '../support/measurements.js';
import { RedisServer } from '../support/redis-server.js';

const KEYS = Buffer.alloc(32, 7).toString('base64');
let redis: RedisServer;
let gateways: TestGateway[] = [];

beforeEach(async () => {
  redis = await RedisServer.start();
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await redis.stop();
});

async function two(environment: Readonly<Record<string, string>>): Promise<readonly TestGateway[]> {
  const settings = { CACHE_URL: redis.url, LEDGER_KEYS: KEYS, EXPLORER: 'off', ...environment };
  gateways = await Promise.all([startTestGateway(settings), startTestGateway(settings)]);
  for (const gateway of gateways) await gateway.token('susan');
  return gateways;
}

/** `count` at each of both, a few at a time. */
async function atBoth<T>(count: number, work: (gateway: TestGateway) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let i = 0; i < count; i += 5) {
    answers.push(
      ...(await Promise.all(gateways.flatMap((one) => Array.from({ length: 5 }, () => work(one))))),
    );
  }
  return answers;
}

describe('limits over two processes', () => {
  it('let through what they say in all: requests at most, and hardly less', async () => {
    await two({ RATE_LIMITS: '200/m per account-holder' });
    const through = countOf(await atBoth(150, (gateway) => request(gateway)), 200);
    expect(through).toBeLessThanOrEqual(200);
    expect(through).toBeGreaterThanOrEqual(190);
  });

  it('let through what they say in all: pushes exactly', async () => {
    await two({ PUSH_LIMITS: '9/h per account-holder, 50/h per client, 60/h per token-requestor' });
    expect(countOf(await atBoth(15, (gateway) => push(gateway)), 'READY')).toBe(9);
  });

  it('tell Redis nobody’s name, account, address or card', async () => {
    await two({
      RATE_LIMITS: '200/m per account-holder, 200/m per client, 200/m per address',
      PUSH_LIMITS:
        '9/h per account-holder, 9/h per account, 50/h per client, 60/h per token-requestor, 60/h per address',
    });
    for (const gateway of gateways) expect(await push(gateway)).toBe('READY');
    const keys = (await redis.command('KEYS', 'token-connect-limits-*')).match(/^token-[^\r\n]+/gm);
    expect(keys).toHaveLength(8);
    for (const key of keys ?? []) {
      expect(key).toMatch(/^token-connect-limits-v1-issuer-(requests|pushes)-[a-z-]+-\d+:[\w-]{43}$/);
    }
  });

  it('are counted by each process alone while Redis is away, as soon as ever', async () => {
    await two({ RATE_LIMITS: '20/m per account-holder', PUSH_LIMITS: '3/h per account-holder' });
    await redis.kill();
    const startedAt = performance.now();
    expect(countOf(await atBoth(5, (gateway) => push(gateway)), 'READY')).toBe(6);
    expect(countOf(await atBoth(30, (gateway) => request(gateway)), 200)).toBe(30);
    expect(performance.now() - startedAt).toBeLessThan(within(2000));
  });

  it('refuse pushes while Redis is away, where the operator has chosen so, and nothing else', async () => {
    const [gateway] = await two({
      PUSH_LIMITS: '3/h per account-holder',
      PUSH_LIMITS_WITHOUT_CACHE: 'refuse',
      RATE_LIMITS: '20/m per account-holder',
    });
    if (gateway === undefined) throw new Error('no gateway');
    expect(await push(gateway)).toBe('READY');
    await redis.kill();
    expect(await push(gateway)).toBe('UPSTREAM_UNAVAILABLE');
    expect(await request(gateway)).toBe(200);
  });
});
