/** How often MDES was called while it failed: first until the breaker opened, then to find out whether it is well again. */
import { atMost, type Figure } from '../../figure.js';
import type { UpstreamCall } from './exchange.js';

interface Pace {
  /** So many calls may fail at first. */
  readonly first: number;
  /** Then there is at most one in so long. */
  readonly probeEveryMs: number;
}

/** @param until when the last of these calls may have been made */
export function paceFigures(calls: readonly UpstreamCall[], until: number, pace: Pace): Figure[] {
  const [begin] = calls;
  if (begin === undefined) throw new Error('MDES was not called at all: nothing is shown');
  const { first, probeEveryMs } = pace;
  const opened = begin.at + probeEveryMs * 0.9;
  const burst = calls.filter(({ at }) => at < opened);
  const probes = calls.length - burst.length;
  const lastAt = burst.at(-1)?.at ?? begin.at;
  return [
    atMost('calls until the breaker opened', burst.length, first),
    atMost('probes since', probes, Math.ceil((until - lastAt) / probeEveryMs)),
  ];
}
