/** R7: Redis is there and refuses: out of memory, read-only, another password. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisServer } from '../../../support/redis-server.js';
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
  /** What Redis then says to a write. */
  readonly says: RegExp;
  readonly begin: readonly (readonly string[])[];
  readonly end: readonly (readonly string[])[];
}

const REFUSALS: readonly Refusal[] = [
  {
    says: /OOM/,
    begin: [
      ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'],
      ['CONFIG', 'SET', 'maxmemory', '1mb'],
    ],
    end: [['CONFIG', 'SET', 'maxmemory', '0']],
  },
  // Its master does not exist; what it holds is still read.
  { says: /READONLY/, begin: [['REPLICAOF', '127.0.0.1', '1']], end: [['REPLICAOF', 'NO', 'ONE']] },
  {
    says: /NOAUTH/,
    begin: [
      ['CONFIG', 'SET', 'requirepass', PASSWORD],
      ['CLIENT', 'KILL', 'TYPE', 'normal'],
    ],
    end: [
      ['AUTH', PASSWORD],
      ['CONFIG', 'SET', 'requirepass', ''],
    ],
  },
];

export const redisRefuses: Row = {
  id: 'R7',
  title: 'Redis out of memory, read-only, with another password',
  bothLayers: true,
  async run(scene, inProcessCache) {
    const redis = await scene.redis();
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

async function refuse(redis: RedisServer, { says, begin, end }: Refusal): Promise<Span> {
  await redis.commands(begin);
  const answer = await redis.command('SET', 'probe', 'x');
  if (!says.test(answer)) throw new Error(`Redis should refuse with ${says}, and says ${answer}`);
  const from = now();
  await sleep(EACH_MS);
  const span = { from, to: now() };
  await redis.commands(end);
  await sleep(BETWEEN_MS);
  return span;
}
