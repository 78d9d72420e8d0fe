/** How a connection to Redis begins and ends: absent or frozen at boot, dead without a word, closed. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { within } from '../support/measurements.js';
import { RedisServer } from '../support/redis-server.js';
import {
  CacheBench,
  eventually,
  holds,
  NAMESPACE,
  put,
  readSteadily,
  sleep,
  TTL_MS,
} from '../support/shared-cache.js';

// An unhandled rejection fails the test in which it happens: Jest sees to that.

/** The deadline is 40 ms; 20 ms are the grace when our own loop was late; the rest is for a busy machine. */
const SLOWEST_MS = 110;
/** Half a second, and slack for a machine that runs other tests beside. */
const BOOT_MS = 1500;
const bench = new CacheBench();
let redis: RedisServer;

beforeEach(async () => {
  redis = await RedisServer.reserve();
});
afterEach(async () => {
  redis.thaw();
  await bench.closeAll();
  await redis.stop();
});

describe('Redis at boot', () => {
  test('absent: the cache is made within half a second, answers at once, and Redis joins', async () => {
    const startedAt = performance.now();
    const cache = await bench.make(redis.url);
    expect(performance.now() - startedAt).toBeLessThan(within(BOOT_MS));
    expect(cache.state()).toBe('degraded');
    const { slowestMs } = await readSteadily(cache, 'a', 10, 500);
    expect(slowestMs).toBeLessThan(within(50));
    await redis.start();
    await eventually(() => cache.state() === 'ready', 3000);
    await put(redis, cache, 'a', 1);
    expect(await cache.getMany(['a'])).toEqual([1]);
  });

  test.each([500, 3500])('frozen for %i ms: the same', async (frozenMs) => {
    await redis.start();
    redis.freeze();
    const startedAt = performance.now();
    const cache = await bench.make(redis.url);
    expect(performance.now() - startedAt).toBeLessThan(within(BOOT_MS));
    const { slowestMs } = await readSteadily(cache, 'a', 10, frozenMs);
    expect(slowestMs).toBeLessThan(within(50));
    redis.thaw();
    await eventually(() => cache.state() === 'ready', 2000);
    await put(redis, cache, 'a', 1);
    expect(await cache.getMany(['a'])).toEqual([1]);
  });
});

describe('a connection that dies without a word', () => {
  let proxy: Server;
  const pairs: [Socket, Socket][] = [];

  beforeEach(async () => {
    await redis.start();
    proxy = createServer((inner) => {
      const outer = connect(redis.port, '127.0.0.1');
      pairs.push([inner.pipe(outer), outer.pipe(inner)]);
      for (const socket of [inner, outer]) socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    for (const socket of pairs.splice(0).flat()) socket.destroy();
    proxy.close();
  });

  test.each([
    ['under load', true],
    ['idle', false],
  ])('is given up for a new one, %s', async (_, isLoaded) => {
    const address = proxy.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const cache = await bench.make(`redis://127.0.0.1:${port}`);
    await put(redis, cache, 'a', 1);
    await sleep(50);
    for (const [one, other] of pairs) {
      one.unpipe().pause();
      other.unpipe().pause();
    }
    if (isLoaded) {
      const { slowestMs } = await readSteadily(cache, 'a', 10, 2500);
      expect(slowestMs).toBeLessThan(within(SLOWEST_MS));
    } else await eventually(() => cache.state() === 'degraded', 5000);
    await eventually(() => cache.state() === 'ready', 3000);
    expect(await cache.getMany(['a'])).toEqual([1]);
  });
});

describe('our own event loop blocked for 200 ms', () => {
  test.each(['before', 'after'])('makes no miss of an answer, %s the request has left', async (when) => {
    await redis.start();
    const cache = await bench.make(redis.url);
    await put(redis, cache, 'a', 1);
    await sleep(50);
    for (let i = 0; i < 3; i++) {
      const answer = cache.getMany(['a']);
      if (when === 'after') await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      const until = performance.now() + 200;
      while (performance.now() < until);
      expect(await answer).toEqual([1]);
    }
    expect(cache.state()).toBe('ready');
  });
});

describe('closing', () => {
  test('waits for writes under way', async () => {
    await redis.start();
    const cache = await bench.make(redis.url);
    cache.setMany(Array.from({ length: 500 }, (_, i) => ({ key: `k${i}`, value: i, ttlMs: TTL_MS })));
    await cache.close();
    expect(await redis.command('DBSIZE')).toBe(':500');
    expect(await cache.getMany(['k1'])).toEqual([undefined]);
  });

  test.each(['frozen', 'absent', 'frozen at boot', 'killed'])(
    'is done soon when Redis is %s',
    async (how) => {
      if (how !== 'absent') await redis.start();
      if (how === 'frozen at boot') redis.freeze();
      const cache = await bench.make(redis.url);
      if (how === 'frozen') redis.freeze();
      if (how === 'killed') await redis.kill();
      cache.setMany(Array.from({ length: 2000 }, (_, i) => ({ key: `k${i}`, value: i, ttlMs: TTL_MS })));
      const startedAt = performance.now();
      await Promise.all([cache.close(), cache.close()]);
      expect(performance.now() - startedAt).toBeLessThan(within(BOOT_MS));
      expect(await holds(cache, 'k1')).toBe(false);
      if (how === 'frozen at boot') {
        redis.thaw();
        // Nothing of ours is left behind on Redis: the one client is the one who asks.
        await eventually(async () => (await redis.command('CLIENT', 'LIST')).split('id=').length === 2, 2000);
      }
    },
  );
});

describe('the namespace', () => {
  test('is where everything is kept', async () => {
    await redis.start();
    await put(redis, await bench.make(redis.url), 'a', 1);
    expect(await redis.command('KEYS', '*')).toBe(`*1\r\n$${NAMESPACE.length + 3}\r\n${NAMESPACE}::a`);
    await expect(bench.make(redis.url, { namespace: 'a:b' })).rejects.toThrow(TypeError);
  });
});
