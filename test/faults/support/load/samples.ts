/** Figures of many samples. */
import type { Sample } from './load-plan.js';

export function between(samples: readonly Sample[], from: number, to = Number.POSITIVE_INFINITY): Sample[] {
  return samples.filter(({ at }) => at >= from && at < to);
}

export function readsOf(samples: readonly Sample[]): Sample[] {
  return samples.filter((sample) => sample.class !== 'push');
}

export function pushesOf(samples: readonly Sample[]): Sample[] {
  return samples.filter((sample) => sample.class === 'push');
}

export function p99(samples: readonly Sample[]): number {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? 0;
}

export function slowest(samples: readonly Sample[]): number {
  return samples.reduce((most, { ms }) => Math.max(most, ms), 0);
}

/** Different ranges that were asked for. */
export function keysOf(samples: readonly Sample[]): number {
  return new Set(samples.flatMap(({ range }) => range ?? [])).size;
}

export function count(samples: readonly Sample[], outcome: string): number {
  return samples.filter((sample) => sample.outcome === outcome).length;
}

/** Codes of errors: neither right, wrong nor dropped. */
export function errorsOf(samples: readonly Sample[]): string[] {
  return samples.map(({ outcome }) => outcome).filter((outcome) => !/^(ok|drop|wrong)$/.test(outcome));
}
