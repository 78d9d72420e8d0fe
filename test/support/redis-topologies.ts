/** Redis as it is run: one server; behind Sentinels or as a cluster, each of a primary, a replica and whoever promotes it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisServer } from './redis-server.js';

export interface Topology {
  /** For CACHE_URL. */
  readonly url: string;
  /** Where our keys are, and what takes its place. */
  readonly primary: RedisServer;
  /** The primary itself where there is one server. */
  readonly replica: RedisServer;
  /** Which of the two it is now: another one may have been promoted. */
  primaryNow(): Promise<RedisServer>;
  /** The replica takes the primary's place, or the one server becomes a replica of nobody: that takes no more writes. */
  demote(): Promise<void>;
  /** What `demote` has done to the one server is undone. */
  restore(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export type RedisSetUp = 'SERVER' | 'SENTINEL' | 'CLUSTER';

export function topologyOf(setUp: RedisSetUp): Promise<Topology> {
  if (setUp === 'SENTINEL') return sentinelTopology();
  return setUp === 'CLUSTER' ? clusterTopology() : oneServer();
}

async function oneServer(): Promise<Topology> {
  const server = await RedisServer.reserve();
  return {
    url: server.url,
    primary: server,
    replica: server,
    primaryNow: () => Promise.resolve(server),
    // Its master does not exist; what it holds is still read.
    demote: async () => void (await server.command('REPLICAOF', '127.0.0.1', '1')),
    restore: async () => void (await server.command('REPLICAOF', 'NO', 'ONE')),
    start: () => server.start(),
    stop: () => server.stop(),
  };
}

export const PRIMARY_NAME = 'cards';
const NOTICED_MS = 1000;
const PATIENCE_MS = 45_000;
const SLOTS = 16_384;

export async function sentinelTopology(): Promise<Topology> {
  const primary = await RedisServer.reserve();
  const replica = await RedisServer.reserve({ args: ['--replicaof', '127.0.0.1', String(primary.port)] });
  const sentinels = await Promise.all([1, 2, 3].map(() => RedisServer.reserve({ sentinel: true })));
  // Sentinels turn the old primary into a replica some ten seconds after they have promoted another one.
  const primaryNow = async () => {
    await until(async () => (await isFollowing(primary)) || (await isFollowing(replica)), PATIENCE_MS);
    return primaryOf(primary, replica);
  };
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${PRIMARY_NAME}`,
    primary,
    replica,
    async start() {
      await Promise.all([primary.start(), replica.start()]);
      for (const sentinel of sentinels) {
        const about = (setting: string, value: number) => `sentinel ${setting} ${PRIMARY_NAME} ${value}`;
        writeFileSync(
          join(sentinel.folder, 'sentinel.conf'),
          [
            `sentinel monitor ${PRIMARY_NAME} 127.0.0.1 ${primary.port} 2`,
            about('down-after-milliseconds', NOTICED_MS),
            about('failover-timeout', 5 * NOTICED_MS),
          ].join('\n'),
        );
        await sentinel.start();
      }
      // Before they know each other and the replica nobody is promoted.
      await until(async () => {
        const said = await sentinels[0]?.command('SENTINEL', 'MASTER', PRIMARY_NAME);
        return (
          /num-slaves\r\n\$1\r\n1\r\n/.test(said ?? '') &&
          /num-other-sentinels\r\n\$1\r\n2\r\n/.test(said ?? '')
        );
      }, PATIENCE_MS);
    },
    primaryNow,
    async demote() {
      const old = await primaryNow();
      // Refused while another one is under way, or while they know no replica that is well. Once: the next would take it back.
      const isTaken = async () =>
        /^\+OK/.test((await sentinels[0]?.command('SENTINEL', 'FAILOVER', PRIMARY_NAME)) ?? '');
      await until(isTaken, PATIENCE_MS);
      await until(() => isReplica(old), PATIENCE_MS);
    },
    restore: () => Promise.resolve(),
    async stop() {
      await Promise.all([...sentinels, replica, primary].map((server) => server.stop()));
    },
  };
}

/** @param issuer whose keys the first node has */
export async function clusterTopology(): Promise<Topology> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', String(NOTICED_MS)];
  const nodes = await Promise.all([1, 2, 3, 4].map(() => RedisServer.reserve({ args })));
  const [primary, second, third, replica] = nodes;
  if (!primary || !second || !third || !replica) throw new RangeError('a cluster has four nodes here');
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    primary,
    replica,
    async start() {
      await Promise.all(nodes.map((node) => node.start()));
      // All slots that an issuer's name can lead to but the last two are the first node's.
      const slots = [
        [0, SLOTS - 3],
        [SLOTS - 2, SLOTS - 2],
        [SLOTS - 1, SLOTS - 1],
      ];
      for (const [index, node] of [primary, second, third].entries()) {
        await node.command('CLUSTER', 'ADDSLOTSRANGE', ...(slots[index] ?? []).map(String));
        await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
      }
      for (const node of nodes) await node.command('CLUSTER', 'MEET', '127.0.0.1', String(primary.port));
      const isWhole = async () => {
        const said = await Promise.all(nodes.map((node) => node.command('CLUSTER', 'INFO')));
        return said.every((info) => /cluster_state:ok/.test(info) && /cluster_known_nodes:4/.test(info));
      };
      await until(isWhole);
      const id = /[0-9a-f]{40}/.exec(await primary.command('CLUSTER', 'MYID'))?.[0] ?? '';
      await replica.command('CLUSTER', 'REPLICATE', id);
      await until(async () => /connected_slaves:1/.test(await primary.command('INFO', 'replication')));
      await until(async () => /master_link_status:up/.test(await replica.command('INFO', 'replication')));
    },
    primaryNow: () => primaryOf(primary, replica),
    async demote() {
      const old = await primaryOf(primary, replica);
      await (old === primary ? replica : primary).command('CLUSTER', 'FAILOVER');
      await until(() => isReplica(old));
    },
    restore: () => Promise.resolve(),
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

async function primaryOf(primary: RedisServer, replica: RedisServer): Promise<RedisServer> {
  return (await isReplica(primary)) ? replica : primary;
}

async function isReplica(server: RedisServer): Promise<boolean> {
  return /role:slave/.test(await server.command('INFO', 'replication'));
}

async function isFollowing(server: RedisServer): Promise<boolean> {
  const said = await server.command('INFO', 'replication');
  return /role:slave/.test(said) && /master_link_status:up/.test(said);
}

async function until(holds: () => Promise<boolean>, patienceMs = 15_000): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('the servers do not come together');
    await sleep(50);
  }
}
