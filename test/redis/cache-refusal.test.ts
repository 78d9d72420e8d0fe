/** A Redis that answers, but refuses: full, read-only, or with another password than ours. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { RedisConnection } from '../../src/resilience/redis-connection.js';
import { RedisServer } from '../support/redis-server.js';
import { CacheBench, eventually, holds, NAMESPACE, put, sleep, TTL_MS } from '../support/shared-cache.js';

const bench = new CacheBench();
let redis: RedisServer;

beforeEach(async () => {
  redis = await RedisServer.start();
});
afterEach(async () => {
  await bench.closeAll();
  await redis.stop();
});

const entries = Array.from({ length: 20 }, (_, i) => ({ key: `k${i}`, value: i, ttlMs: TTL_MS }));

describe('a Redis that takes no writes', () => {
  test.each([
    ['OOM', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['READONLY', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
  ])('(%s) still answers reads, is said once, and takes writes again later', async (code, refuse, accept) => {
    const cache = await bench.make(redis.url);
    await put(redis, cache, 'a', 1);
    await redis.command(...refuse);
    for (let i = 0; i < 10; i++) {
      cache.setMany(entries);
      await sleep(10);
      expect(await cache.getMany(['a'])).toEqual([1]);
    }
    expect(cache.state()).toBe('ready');
    expect(bench.linesWith(`"fault":"${code}"`)).toHaveLength(1);
    await redis.command(...accept);
    await put(redis, cache, 'b', 2);
    expect(await cache.getMany(['k1', 'b'])).toEqual([undefined, 2]);
  });
});

describe('a Redis whose password has changed', () => {
  const ours = 'ours-4711';
  const theirs = 'theirs-0815';

  test('is missed, and joins again when it takes ours', async () => {
    await redis.command('CONFIG', 'SET', 'requirepass', ours);
    const cache = await bench.make(`redis://:${ours}@127.0.0.1:${redis.port}`);
    cache.setMany([{ key: 'a', value: 1, ttlMs: TTL_MS }]);
    const asked = [
      ['AUTH', ours],
      ['EXISTS', `${NAMESPACE}::a`],
    ];
    await eventually(async () => (await redis.commands(asked)).includes(':1'), 1000);
    expect(await cache.getMany(['a'])).toEqual([1]);
    const change = ['CONFIG', 'SET', 'requirepass', theirs];
    await redis.commands([['AUTH', ours], change, ['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']]);
    await eventually(() => cache.state() === 'degraded', 1000);
    await sleep(500);
    expect(await cache.getMany(['a'])).toEqual([undefined]);
    await redis.commands([
      ['AUTH', theirs],
      ['CONFIG', 'SET', 'requirepass', ours],
    ]);
    await eventually(() => cache.state() === 'ready', 2000);
    expect(await cache.getMany(['a'])).toEqual([1]);
    expect(bench.linesWith('does not take our user and password')).toHaveLength(1);
    expect([...bench.linesWith(ours), ...bench.linesWith(theirs), ...bench.linesWith('redis:')]).toEqual([]);
  });

  test('is missed when we have none at all', async () => {
    await redis.command('CONFIG', 'SET', 'requirepass', theirs);
    const cache = await bench.make(redis.url);
    cache.setMany(entries);
    expect(await holds(cache, 'a')).toBe(false);
    expect(cache.state()).toBe('degraded');
    await redis.commands([
      ['AUTH', theirs],
      ['CONFIG', 'SET', 'requirepass', ''],
    ]);
    expect(await holds(cache, 'a')).toBe(false);
    await eventually(() => cache.state() === 'ready', 2000);
  });
});

describe('a URL that is none', () => {
  test.each(['http://user:pass-word@host', 'redis://:pass-word@host:99999', 'redis://:pass-word@host/db'])(
    '(%s) is refused without repeating it',
    async (url) => {
      const refusal = await bench.make(url).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(TypeError);
      expect(JSON.stringify([String(refusal), refusal, (refusal as Error).stack])).not.toContain('pass-word');
    },
  );
});

describe('the connection', () => {
  test('gathers no listeners over ten reconnections', async () => {
    const log = createLogger('silent');
    const url = new Secret(redis.url);
    const connection = new RedisConnection(
      { log },
      {
        redis: { url },
        issuer: 'test',
        name: 'test',
        whileAway: 'so what',
        deadlineMs: 60,
      },
    );
    const listeners = () =>
      connection.run('read', async (client) =>
        client.eventNames().map((name) => [String(name), client.listenerCount(name)]),
      );
    await connection.whenUp(1000);
    const before = await listeners();
    for (let i = 0; i < 10; i++) {
      await redis.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await connection.run('read', (client) => client.ping()).catch(() => undefined);
      await eventually(() => connection.isUp, 2000);
    }
    expect(await listeners()).toEqual(before);
    await connection.close();
  });
});
