/** R7: Redis is there and refuses: out of memory, read-only, another password. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisServer } from '../../../support/redis-server.js';
import type { Topology } from '../../../support/redis-topologies.js';
import type { Row } from '../../row.js';
import {
  aliveFigures,
  pushesUnharmed,
  pushFigures,
  readFigures,
  type Span,
  upstreamFigure,
} from '../../support/load/load-figures.js';
import { now } from '../../support/load/load-plan.js';
import { underLoad } from '../../support/load/under-load.js';

const MAX_MS = 300;
const EACH_MS = 3000;
const BETWEEN_MS = 1500;
const PASSWORD = 'changed';

interface Refusal {
  /** What the server then says to a write. */
  readonly says: RegExp;
  begin(redis: Topology, server: RedisServer): Promise<unknown>;
  end(redis: Topology, server: RedisServer): Promise<unknown>;
}

const REFUSALS: readonly Refusal[] = [
  {
    says: /OOM/,
    begin: (_, server) =>
      server.commands([
        ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'],
        ['CONFIG', 'SET', 'maxmemory', '1mb'],
      ]),
    end: (_, server) => server.command('CONFIG', 'SET', 'maxmemory', '0'),
  },
  {
    says: /NOAUTH/,
    begin: (_, server) =>
      server.commands([
        ['CONFIG', 'SET', 'requirepass', PASSWORD],
        ['CLIENT', 'KILL', 'TYPE', 'normal'],
      ]),
    end: (_, server) =>
      server.commands([
        ['AUTH', PASSWORD],
        ['CONFIG', 'SET', 'requirepass', ''],
      ]),
  },
  // Last: from then on another one may be the primary. A node of a cluster says who.
  { says: /READONLY|MOVED/, begin: (redis) => redis.demote(), end: (redis) => redis.restore() },
];

export const redisRefuses: Row = {
  id: 'R7',
  title: 'Redis out of memory, with another password, read-only',
  bothLayers: true,
  everySetUp: true,
  async run(scene, inProcessCache) {
    const redis = await scene.topology();
    await scene.postgres();
    const gateway = await scene.gateway({ redisUrl: redis.url, inProcessCache });
    const spans: Span[] = [];
    const trial = await underLoad(scene, {
      gateways: [gateway],
      async fault() {
        for (const refusal of REFUSALS) spans.push(await refuse(redis, refusal));
      },
      afterMs: 1000,
    });
    return [
      ...readFigures(trial, MAX_MS),
      upstreamFigure(scene, trial, 1),
      ...(await pushFigures(scene, trial)),
      ...pushesUnharmed(trial, spans),
      ...aliveFigures([gateway]),
    ];
  },
};

async function refuse(redis: Topology, { says, begin, end }: Refusal): Promise<Span> {
  const server = await redis.primaryNow();
  await begin(redis, server);
  const answer = await server.command('SET', 'probe', 'x');
  if (!says.test(answer)) throw new Error(`Redis should refuse with ${says}, and says ${answer}`);
  const from = now();
  await sleep(EACH_MS);
  const span = { from, to: now() };
  await end(redis, server);
  await sleep(BETWEEN_MS);
  return span;
}
