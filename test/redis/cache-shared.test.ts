/** The shared cache on a healthy Redis: who sees what, for how long, and what garbage does to it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { RedisServer } from '../support/redis-server.js';
import { CacheBench, eventually, holds, NAMESPACE, put, sleep, TTL_MS } from '../support/shared-cache.js';

const bench = new CacheBench();
let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.start();
});
beforeEach(async () => {
  await redis.command('FLUSHALL');
});
afterEach(() => bench.closeAll());
afterAll(() => redis.stop());

function rawKey(key: string): string {
  return `${NAMESPACE}::${key}`;
}

describe('two instances on one Redis', () => {
  test('see what the other has written, in the order of their keys', async () => {
    const writer = await bench.make(redis.url, { inProcessLayer: true });
    const reader = await bench.make(redis.url, { inProcessLayer: true });
    writer.setMany([
      { key: 'a', value: { n: [1, 'ü'] }, ttlMs: TTL_MS },
      { key: 'b', value: null, ttlMs: TTL_MS },
    ]);
    await eventually(() => holds(reader, 'a'), 1000);
    expect(await reader.getMany(['x', 'b', 'a', 'y', 'a'])).toEqual([
      undefined,
      null,
      { n: [1, 'ü'] },
      undefined,
      { n: [1, 'ü'] },
    ]);
    expect([writer.state(), reader.state()]).toEqual(['ready', 'ready']);
  });

  test('do not see entries of another namespace', async () => {
    const ours = await bench.make(redis.url);
    const theirs = await bench.make(redis.url, { namespace: 'other-1' });
    await put(redis, ours, 'a', 1);
    expect(await theirs.getMany(['a'])).toEqual([undefined]);
    expect(await redis.command('KEYS', '*')).toContain(`\r\n${NAMESPACE}::a`);
  });

  test('agree on a newer value after a minute at most', async () => {
    let now = Date.now();
    const clock = { now: () => now };
    const reader = await bench.make(redis.url, { inProcessLayer: true, clock });
    const writer = await bench.make(redis.url, { clock });
    await put(redis, writer, 'a', 'old', 3_600_000);
    expect(await reader.getMany(['a'])).toEqual(['old']);
    await put(redis, writer, 'a', 'new', 3_600_000);
    now += 59_999;
    expect(await reader.getMany(['a'])).toEqual(['old']);
    now += 1;
    expect(await reader.getMany(['a'])).toEqual(['new']);
  });

  test('keep a short-lived value no longer for having read it late', async () => {
    let now = Date.now();
    const clock = { now: () => now };
    const reader = await bench.make(redis.url, { inProcessLayer: true, clock });
    await put(redis, await bench.make(redis.url, { clock }), 'a', 1, 10_000);
    now += 9000;
    expect(await reader.getMany(['a'])).toEqual([1]);
    now += 1000;
    expect(await reader.getMany(['a'])).toEqual([undefined]);
  });
});

describe('the in-process layer', () => {
  test('answers without Redis, and the same frozen object each time', async () => {
    const cache = await bench.make(redis.url, { inProcessLayer: true });
    await put(redis, cache, 'a', { n: 1 });
    await redis.command('FLUSHALL');
    const [[first], [second]] = [await cache.getMany(['a']), await cache.getMany(['a'])];
    expect(first).toEqual({ n: 1 });
    expect(second).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
  });

  test('keeps nothing when it is switched off', async () => {
    const cache = await bench.make(redis.url);
    await put(redis, cache, 'a', { n: 1 });
    await sleep(20);
    await redis.command('FLUSHALL');
    expect(await cache.getMany(['a'])).toEqual([undefined]);
  });
});

describe('the lifetime of an entry', () => {
  test('always has an end in Redis', async () => {
    const cache = await bench.make(redis.url);
    const ttls = [1000.5, 0.4, 0, -5, Number.POSITIVE_INFINITY, Number.NaN, 1e300];
    cache.setMany(ttls.map((ttlMs) => ({ key: `ttl${ttlMs}`, value: 1, ttlMs })));
    await put(redis, cache, 'last', 1);
    await sleep(20);
    const present = await cache.getMany(ttls.map((ttlMs) => `ttl${ttlMs}`));
    expect(present).toEqual([1, undefined, undefined, undefined, 1, undefined, 1]);
    for (const key of ['ttl1000.5', 'ttlInfinity', 'ttl1e+300']) {
      const left = Number((await redis.command('PTTL', rawKey(key))).slice(1));
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(365 * 24 * 3_600_000);
    }
  });
});

describe('a value that cannot be cached', () => {
  test('is dropped with a line in the log that does not hold it', async () => {
    const cache = await bench.make(redis.url);
    cache.setMany([
      { key: 'big', value: { secret: 'do-not-log', n: 10n }, ttlMs: TTL_MS },
      { key: 'good', value: 1, ttlMs: TTL_MS },
    ]);
    await eventually(async () => (await redis.command('DBSIZE')) === ':1', 1000);
    expect(bench.linesWith('not cached')).toHaveLength(1);
    expect(bench.linesWith('do-not-log')).toHaveLength(0);
  });
});

describe('garbage in Redis', () => {
  const expiresAt = Date.now() + TTL_MS;
  const garbage: Record<string, string[]> = {
    empty: ['SET', ''],
    text: ['SET', 'garbage'],
    truncated: ['SET', `{"form":1,"expiresAt":${expiresAt},"val`],
    number: ['SET', '123'],
    null: ['SET', 'null'],
    array: ['SET', '[1,2]'],
    envelope: ['SET', '{"value":{"a":1},"expires":"soon"}'],
    oldForm: ['SET', `{"form":0,"expiresAt":${expiresAt},"value":1}`],
    expired: ['SET', '{"form":1,"expiresAt":5,"value":1}'],
    base64: ['SET', '":base64:AAAA"'],
    list: ['RPUSH', 'x'],
    hash: ['HSET', 'x', 'y'],
    set: ['SADD', 'x'],
    stream: ['XADD', '*', 'x', 'y'],
    nested: ['SET', '['.repeat(100_000)],
  };
  const keys = Object.keys(garbage);

  test.each([true, false])(
    'is a miss, takes no neighbour along and is overwritten (memory: %p)',
    async (memory) => {
      await redis.commands(
        Object.entries(garbage).map(([key, [verb = '', ...rest]]) => [verb, rawKey(key), ...rest]),
      );
      await put(redis, await bench.make(redis.url), 'good', { n: 1 });
      const cache = await bench.make(redis.url, { inProcessLayer: memory });
      expect(await cache.getMany([...keys, 'good'])).toEqual([...keys.map(() => undefined), { n: 1 }]);
      expect(cache.state()).toBe('ready');
      cache.setMany(keys.map((key) => ({ key, value: key, ttlMs: TTL_MS })));
      const other = await bench.make(redis.url);
      await eventually(async () => (await other.getMany(keys)).every((value) => value !== undefined), 1000);
      expect(await other.getMany(keys)).toEqual(keys);
    },
  );
});

describe('much at once', () => {
  test('is written and read back: 24 logos of 400 kB each, and 2,000 ranges', async () => {
    const cache = await bench.make(redis.url);
    const logos = Array.from({ length: 24 }, (_, i) => `logo${i}`);
    const ranges = Array.from({ length: 2000 }, (_, i) => `range${i}`);
    const data = 'A'.repeat(400_000);
    cache.setMany(logos.map((key) => ({ key, value: { data }, ttlMs: TTL_MS })));
    cache.setMany(ranges.map((key) => ({ key, value: { list: [key] }, ttlMs: TTL_MS })));
    await eventually(async () => (await redis.command('DBSIZE')) === ':2024', 3000);
    // By the way each of them goes: MDES is asked for one logo at a time, and so is the cache by the logo route.
    for (const key of logos) expect(await cache.getMany([key])).toEqual([{ data }]);
    expect(await cache.getMany(ranges)).toEqual(ranges.map((key) => ({ list: [key] })));
    expect(bench.linesWith('failed')).toEqual([]);
  });
});
