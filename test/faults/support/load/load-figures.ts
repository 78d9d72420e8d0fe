/** What must hold for reads and pushes while a part of the world is broken. */
import { atLeast, atMost, exactly, type Figure, none, noneOf } from '../../figure.js';
import type { GatewayChild } from '../gateway/gateway-child.js';
import { arrivals, arrivedKeys } from '../pushes/keyed-pushes.js';
import type { Scene } from '../scene.js';
import { count, errorsOf, keysOf, p99, pushesOf, readsOf, slowest } from './samples.js';
import type { Trial } from './under-load.js';

const P99_GRACE_MS = 20;
const LEDGER_AWAY_MS = 200;
/** What was marked as sent before may still be on its way. */
const LAST_SENDS_MS = 200;
const PUSHES_TO_SHOW = 10;

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

/** Each push is answered, and none is sent twice: counted by its key, of what arrived at MDES. */
export async function pushFigures({ stage }: Scene, trial: Trial): Promise<Figure[]> {
  const pushes = pushesOf(trial.all);
  const keys = pushes.map(({ push }) => push?.key ?? '');
  const sent = arrivals(stage);
  const claimed = pushes.filter(({ push }) => push?.status === 'READY');
  return [
    none('dropped pushes', count(pushes, 'drop')),
    none('keys sent twice', keys.filter((key) => sent(key) > 1).length),
    none('pushed unasked', Math.max(0, arrivedKeys(stage).filter((key) => !keys.includes(key)).length)),
    none('READY but never sent', claimed.filter(({ push }) => sent(push?.key ?? '') === 0).length),
  ];
}

/** Redis is none of the ledger's business. */
export function pushesUnharmed(trial: Trial, spans: readonly Span[]): Figure[] {
  const pushes = pushesOf(trial.since).filter(isIn(spans));
  return [
    atLeast('pushes meanwhile', pushes.length, spans.length * PUSHES_TO_SHOW),
    noneOf(
      'of them not READY',
      pushes.map(({ push, outcome }) => push?.status ?? outcome).filter((end) => end !== 'READY'),
    ),
  ];
}

/** While the ledger is away or takes nothing, each push is refused soon, and nothing is sent. */
export function ledgerAwayFigures(
  { stage }: Scene,
  trial: Trial,
  spans: readonly Span[],
  refusedWithinMs = LEDGER_AWAY_MS,
): Figure[] {
  const pushes = pushesOf(trial.since).filter(isIn(spans));
  return [
    atLeast('pushes without a ledger', pushes.length, spans.length * PUSHES_TO_SHOW),
    noneOf(
      'of them not LEDGER_UNAVAILABLE',
      pushes.map(({ outcome }) => outcome).filter((outcome) => outcome !== 'LEDGER_UNAVAILABLE'),
    ),
    atMost('refused after', slowest(pushes), refusedWithinMs, 'ms'),
    none('sent meanwhile', stage.proxy.calls('pushMultipleAccounts').filter(isIn(spans)).length),
  ];
}

function isIn(spans: readonly Span[]): (one: { readonly at: number }) => boolean {
  return ({ at }) => spans.some(({ from, to }) => at >= from + LAST_SENDS_MS && at < to);
}

export interface Span {
  readonly from: number;
  readonly to: number;
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
