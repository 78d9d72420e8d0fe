/** A real Redis behind Sentinels, and a real cluster: each of a primary, a replica and whoever promotes it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisServer } from './redis-server.js';

export interface Topology {
  /** For CACHE_URL. */
  readonly url: string;
  /** Where our keys are, and what takes its place. */
  readonly primary: RedisServer;
  readonly replica: RedisServer;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const PRIMARY_NAME = 'cards';
const NOTICED_MS = 1000;
const SLOTS = 16_384;

export async function sentinelTopology(): Promise<Topology> {
  const primary = await RedisServer.reserve();
  const replica = await RedisServer.reserve({ args: ['--replicaof', '127.0.0.1', String(primary.port)] });
  const sentinels = await Promise.all([1, 2, 3].map(() => RedisServer.reserve({ sentinel: true })));
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
      });
    },
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
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('the servers do not come together');
    await sleep(50);
  }
}
