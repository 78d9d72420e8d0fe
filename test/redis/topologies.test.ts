/** Redis as it is run: behind Sentinels, as a cluster, with users; and each way of setting it up wrongly, said in one sentence. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { RedisServer } from '../support/redis-server.js';
import { clusterTopology, sentinelTopology, type Topology } from '../support/redis-topologies.js';
import { eventually } from '../support/shared-cache.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function started(topology: Topology): Promise<Topology> {
  closers.push(() => topology.stop());
  await topology.start();
  return topology;
}

async function redisWith(...commands: readonly (readonly string[])[]): Promise<RedisServer> {
  const redis = await RedisServer.start();
  closers.push(() => redis.stop());
  if (commands.length > 0) await redis.commands(commands);
  return redis;
}

async function gatewayOn(environment: Readonly<Record<string, string>>): Promise<TestGateway> {
  const limited = { PUSH_LIMITS: '20/h per account-holder', RATE_LIMITS: '1000/m per account-holder' };
  const gateway = await startTestGateway({ ...limited, ...environment }, { inProcessCache: false });
  closers.push(() => gateway.close());
  return gateway;
}

interface Readiness {
  readonly cache: string;
  readonly cacheUnfit: string | null;
  readonly degraded: boolean;
}

async function readiness({ url }: TestGateway): Promise<Readiness> {
  return (await (await fetch(`${url}/readyz`)).json()) as Readiness;
}

async function keysOf(redis: RedisServer): Promise<string> {
  return redis.command('KEYS', '*').catch(() => '');
}

const READ = '{ fundingAccounts { id tokenRequestors { id } } }';

describe.each([
  ['Sentinels', sentinelTopology],
  ['a cluster', clusterTopology],
])('a Redis of %s', (_, make) => {
  test('keeps catalogue and counts', async () => {
    const { url, primary } = await started(await make());
    const gateway = await gatewayOn({ CACHE_URL: url });
    expect(await readiness(gateway)).toMatchObject({ cache: 'ready', cacheUnfit: null });
    expect((await gateway.graphql(READ)).errors).toBeUndefined();
    for (const kind of ['catalogue', 'limits'])
      await eventually(async () => (await keysOf(primary)).includes(`token-connect-${kind}-`), 1000);
  }, 30_000);
});

describe('a user of an access control list, and a database by its number', () => {
  test('are enough with the rights that the documents name', async () => {
    const rights = ['+@read', '+@write', '+@scripting', '+ping', '+hello', '+select'];
    const redis = await redisWith([
      'ACL',
      'SETUSER',
      'cards',
      'on',
      '>s%cret',
      '~token-connect-*',
      ...rights,
    ]);
    const gateway = await gatewayOn({ CACHE_URL: `redis://cards:s%25cret@127.0.0.1:${redis.port}/3` });
    expect(await readiness(gateway)).toMatchObject({ cache: 'ready', cacheUnfit: null });
    expect((await gateway.graphql(READ)).errors).toBeUndefined();
    await eventually(async () => /db3:keys/.test(await redis.command('INFO', 'keyspace')), 1000);
    expect(gateway.logs.filter((line) => line.includes('failed'))).toEqual([]);
  });
});

describe('a Redis that is set up wrongly', () => {
  test.each<[string, string, () => Promise<string>]>([
    [
      'REPLICA',
      'it is a replica, which cannot be written',
      async () => (await redisWith(['REPLICAOF', '127.0.0.1', '1'])).url,
    ],
    [
      'RIGHTS',
      'It lacks +incrby.',
      async () => {
        const all = ['on', '>x', '~*', '+@all', '-incrby'];
        const { port } = await redisWith(['ACL', 'SETUSER', 'cards', ...all]);
        return `redis://cards:x@127.0.0.1:${port}`;
      },
    ],
    [
      'CREDENTIALS',
      'it does not take our user and password',
      async () => `redis://cards:wrong@127.0.0.1:${(await redisWith()).port}`,
    ],
    [
      'CLUSTER',
      'it is a node of a cluster',
      async () => {
        const redis = await RedisServer.start({ args: ['--cluster-enabled', 'yes'] });
        closers.push(() => redis.stop());
        await redis.command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
        return redis.url;
      },
    ],
    [
      'SENTINEL',
      'it is a Sentinel, which keeps no data',
      async () =>
        (await started(await sentinelTopology())).url.replace(/^redis\+sentinel(.*?),.*$/, 'redis$1'),
    ],
    [
      'NO_SUCH_PRIMARY',
      'the Sentinels know no primary by the name',
      async () => `${(await started(await sentinelTopology())).url}-other`,
    ],
    [
      'NO_SENTINEL',
      'it is no Sentinel',
      async () => `redis+sentinel://127.0.0.1:${(await redisWith()).port}/cards`,
    ],
  ])('(%s) is said once, and shown: %s', async (code, sentence, make) => {
    const gateway = await gatewayOn({ CACHE_URL: await make() });
    await eventually(async () => (await readiness(gateway)).cacheUnfit === code, 2000);
    expect(await readiness(gateway)).toMatchObject({ cache: 'degraded', degraded: true });
    expect((await gateway.graphql(READ)).errors).toBeUndefined();
    const said = gateway.logs.filter(
      (line) => line.includes('redis.unfit') && line.includes('catalogue cache'),
    );
    expect(said).toEqual([expect.stringContaining(sentence)]);
    expect(gateway.logs.join()).not.toContain('wrong@');
  });
});
