/** P2 and P3: how the pushes ended that were cut off, once none of them can be under way any more. */
import { setTimeout as sleep } from 'node:timers/promises';
import { UNDER_WAY_MS } from '../../../../src/resilience/time-limits.js';
import { atLeast, type Figure, none, noneOf } from '../../figure.js';
import type { Stage } from '../stage.js';
import { arrivals, atOnce, type Pushed, type Pusher, pushWithKey } from './keyed-pushes.js';

const AT_ONCE = 10;

/**
 * Each key is tried twice more. It was sent once, or nobody can tell, or it was certainly not sent: then the first of the
 * two has sent it. Whatever it is, the second finds the same.
 */
export async function settledFigures(
  stage: Stage,
  gateway: Pusher,
  keys: readonly string[],
  /** So many at least, or the cuts came too late or too early to show anything. */
  least = { unknown: 0, unsent: 0 },
): Promise<Figure[]> {
  await sleep(UNDER_WAY_MS + 1000);
  const before = arrivals(stage);
  const first = await again(gateway, keys);
  const second = await again(gateway, keys);
  const after = arrivals(stage);
  const ends = (wanted: string) => keys.filter((key) => second.get(key)?.end === wanted);
  // Where the row takes longer than 15 minutes, what was sent first is past its time.
  const [ready, unknown] = [[...ends('READY'), ...ends('EXPIRED')], ends('UNKNOWN')];
  const unsent = keys.filter((key) => before(key) === 0 && after(key) === 1);
  const how = `${ready.length - unsent.length} sent, ${unknown.length} UNKNOWN, ${unsent.length} not sent before`;
  return [
    atLeast('keys UNKNOWN', unknown.length, least.unknown),
    atLeast('keys not sent before', unsent.length, least.unsent),
    none(`of ${keys.length} keys (${how}) sent twice`, keys.filter((key) => after(key) > 1).length),
    none('READY and not sent once', ready.filter((key) => after(key) !== 1).length),
    none(
      'sent again though UNKNOWN or sent',
      keys.filter((key) => (unknown.includes(key) || before(key) > 0) && after(key) !== before(key)).length,
    ),
    noneOf(
      'other ends',
      keys
        .filter((key) => !ready.includes(key) && !unknown.includes(key))
        .map((key) => second.get(key)?.end ?? 'none'),
    ),
    none('two pushes for a key', keys.filter((key) => first.get(key)?.id !== second.get(key)?.id).length),
  ];
}

async function again(gateway: Pusher, keys: readonly string[]): Promise<Map<string, Pushed>> {
  const ends = new Map<string, Pushed>();
  await atOnce(keys, AT_ONCE, async (key) => ends.set(key, await pushWithKey(gateway, key)));
  return ends;
}
