/** What must hold for reads and pushes while a part of the world is broken. */
import { atMost, exactly, type Figure, none, noneOf } from '../figure.js';
import type { GatewayChild } from './gateway-child.js';
import { count, errorsOf, keysOf, p99, pushesOf, readsOf, slowest } from './samples.js';
import type { Scene } from './scene.js';
import type { Trial } from './under-load.js';

const P99_GRACE_MS = 20;

/** Every read is answered, rightly and soon. */
export function readFigures(trial: Trial, maxMs: number): Figure[] {
  const reads = readsOf(trial.since);
  return [
    none('dropped reads', count(reads, 'drop')),
    none('wrong reads', count(reads, 'wrong')),
    noneOf('read errors', errorsOf(reads)),
    atMost('read p99', p99(reads), p99(readsOf(trial.before)) + P99_GRACE_MS, 'ms'),
    atMost('read max', slowest(reads), maxMs, 'ms'),
  ];
}

/** MDES was asked for each range once by each instance, at most. */
export function upstreamFigure({ stage }: Scene, trial: Trial, instances: number): Figure {
  const calls = stage.proxy.calls('getEligibleTokenRequestors').length;
  return atMost('upstream catalogue calls', calls, keysOf(trial.all) * instances);
}

/**
 * Each push is answered, and none is sent twice; the simulator says what was sent.
 * When the ledger is in Redis: while that is away, each push must be refused with LEDGER_UNAVAILABLE within 200 ms and
 * nothing may be sent; the figures for that belong here.
 */
export async function pushFigures({ stage }: Scene, trial: Trial): Promise<Figure[]> {
  const pushes = pushesOf(trial.all);
  const { pushes: sent } = JSON.parse(await stage.simulator.pushes()) as { pushes: { requestId: string }[] };
  const ids = sent.map(({ requestId }) => requestId);
  const claimed = pushes.filter(({ push }) => push?.status === 'READY');
  const unsent = claimed.filter(({ push }) => !ids.includes(push?.id ?? ''));
  return [
    none('dropped pushes', count(pushes, 'drop')),
    none('pushed twice', ids.length - new Set(ids).size),
    none('pushed unasked', Math.max(0, ids.length - pushes.length)),
    none('READY but never sent', unsent.length),
  ];
}

export function aliveFigures(gateways: readonly GatewayChild[]): Figure[] {
  return [
    exactly('alive', gateways.filter(({ isAlive }) => isAlive).length, gateways.length),
    noneOf(
      'warnings of Node',
      gateways.flatMap(({ warnings }) => warnings),
    ),
  ];
}
