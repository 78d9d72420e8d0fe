/** R2 and R5: a Redis that does not answer, without a word. */
import { setTimeout as sleep } from 'node:timers/promises';
import { atLeast, atMost, type Figure } from '../../figure.js';
import { aliveFigures, pushFigures, readFigures, upstreamFigure } from '../load/load-figures.js';
import { now } from '../load/load-plan.js';
import { count } from '../load/samples.js';
import { type Trial, underLoad } from '../load/under-load.js';
import type { Scene } from '../scene.js';

export interface SilentRedis {
  readonly url: string;
  silence(): unknown;
  resume(): unknown;
  /** Answer of INFO stats, of each server that there is. */
  stats(): Promise<string>;
}

const MAX_MS = 250;
const RSS_GROWTH_MB = 20;
const HIT_RATIO = 0.95;
const BACK_WITHIN_MS = 2000;
const WINDOW_MS = 2000;

export async function silentRedisFigures(
  scene: Scene,
  redis: SilentRedis,
  silentMs: number,
  inProcessCache: boolean,
): Promise<Figure[]> {
  await scene.postgres();
  const gateway = await scene.gateway({ redisUrl: redis.url, inProcessCache });
  let rssBefore = 0;
  let window: Promise<Window> | undefined;
  const trial = await underLoad(scene, {
    gateways: [gateway],
    // It collects garbage first, which holds up requests.
    async lastLook() {
      rssBefore = (await gateway.vitals()).rssMb;
    },
    async fault() {
      await redis.silence();
      await sleep(silentMs);
      await redis.resume();
      window = watch(redis);
      // Looked at only after the load has ended.
      window.catch(() => undefined);
    },
    afterMs: BACK_WITHIN_MS + WINDOW_MS + 500,
  });
  const rssAfter = (await gateway.vitals()).rssMb;
  const seen = (await window) ?? { from: 0, to: 0, hits: 0 };
  return [
    ...readFigures(trial, MAX_MS),
    upstreamFigure(scene, trial, 1),
    ...(await pushFigures(scene, trial)),
    atMost('RSS growth', rssAfter - rssBefore, RSS_GROWTH_MB, 'MB'),
    atLeast('hit ratio 2 s after', hitRatio(scene, trial, seen, inProcessCache), HIT_RATIO),
    ...aliveFigures([gateway]),
  ];
}

interface Window {
  readonly from: number;
  readonly to: number;
  /** That Redis has counted in it. */
  readonly hits: number;
}

async function watch(redis: SilentRedis): Promise<Window> {
  await sleep(BACK_WITHIN_MS);
  const from = now();
  const hitsBefore = hitsIn(await redis.stats());
  await sleep(WINDOW_MS);
  return { from, to: now(), hits: hitsIn(await redis.stats()) - hitsBefore };
}

/** Without the in-process layer by Redis's own count, with it by what did not go on to MDES. */
function hitRatio(
  { stage }: Scene,
  trial: Trial,
  { from, to, hits }: Window,
  inProcessCache: boolean,
): number {
  // By when they were answered: a busy machine sends late.
  const samples = trial.all.filter(({ at, ms }) => at + ms >= from && at + ms < to);
  const known = samples.filter((sample) => sample.class !== 'cold' && sample.outcome === 'ok').length;
  if (!inProcessCache) return hits / known;
  const cold = count(
    samples.filter((sample) => sample.class === 'cold'),
    'ok',
  );
  const calls = stage.proxy.calls('getEligibleTokenRequestors', from).filter(({ at }) => at < to).length;
  return 1 - Math.max(0, calls - cold) / known;
}

function hitsIn(stats: string): number {
  const counts = [...stats.matchAll(/keyspace_hits:(\d+)/g)].map(([, count]) => Number(count));
  return counts.length === 0 ? Number.NaN : counts.reduce((sum, count) => sum + count);
}
