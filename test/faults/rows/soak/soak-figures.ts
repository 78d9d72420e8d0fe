/** What must hold of a soak: every answer, and that nothing grows with time. */
import { atLeast, atMost, type Figure, none, noneOf } from '../../figure.js';
import type { Held, Vitals } from '../../support/gateway/gateway-process.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import type { Sample } from '../../support/load/load-plan.js';
import { count, p99, pushesOf, readsOf } from '../../support/load/samples.js';
import { arrivals } from '../../support/pushes/keyed-pushes.js';
import { ROTATING_FAULTS, type SoakWorld } from './rotating-faults.js';

export interface Round {
  readonly fault: string;
  readonly told: RegExp;
  readonly calm: readonly Sample[];
  /** While the fault lasts, and until all is well. */
  readonly struck: readonly Sample[];
  readonly wellMs: number;
  /** Of the quiet after it. */
  readonly vitals: Vitals;
  readonly held: Held;
  /** Characters. */
  readonly logged: number;
}

/** By then each fault has been met, and what is kept for good is there. */
const SETTLED = 10;
const SLOPE_MB = 1;
const WELL_MS = 10_000;
const CALM_GRACE_MS = 20;
const LOOP_P99_MS = 50;
const LOGGED_A_REQUEST = 1000;

export function soakFigures({ gateway, stage }: SoakWorld, rounds: readonly Round[]): Figure[] {
  const samples = rounds.flatMap(({ calm, struck }) => [...calm, ...struck]);
  const settled = rounds.slice(SETTLED);
  const pushes = pushesOf(samples);
  const sent = arrivals(stage);
  const claimed = pushes.filter(({ push }) => push?.status === 'READY');
  return [
    atLeast('faults', new Set(rounds.map(({ fault }) => fault)).size, ROTATING_FAULTS.length),
    noneOf(
      `of ${samples.length} answers dropped`,
      named(rounds, (end) => end === 'drop'),
    ),
    none('wrong', count(samples, 'wrong')),
    noneOf('errors that the fault is no reason for', unexplained(rounds)),
    none(
      `of ${pushes.length} keys sent twice`,
      pushes.filter(({ push }) => sent(push?.key ?? '') > 1).length,
    ),
    none('READY but never sent', claimed.filter(({ push }) => sent(push?.key ?? '') === 0).length),
    atMost('well after', Math.max(...rounds.map(({ wellMs }) => wellMs)), WELL_MS, 'ms'),
    atMost('heap', slope(settled.map(({ vitals }) => vitals.heapMb)), SLOPE_MB, 'MB a round'),
    atMost('RSS', slope(settled.map(({ vitals }) => vitals.rssMb)), SLOPE_MB, 'MB a round'),
    noneOf('kinds of handle that grow', grown(rounds)),
    atMost(
      'event-loop delay p99',
      Math.max(...rounds.map(({ vitals }) => vitals.delayP99Ms)),
      LOOP_P99_MS,
      'ms',
    ),
    atMost(
      'calm reads p99 at the end',
      calmP99(rounds.slice(-SETTLED)),
      calmP99(rounds.slice(0, SETTLED)) + CALM_GRACE_MS,
      'ms',
    ),
    atMost('logged for each request', gateway.log.length / samples.length, LOGGED_A_REQUEST, 'B'),
    ...aliveFigures([gateway]),
  ];
}

/** For whoever waits for the end. */
export function roundInWords({ fault, calm, struck, wellMs, vitals, held }: Round): string {
  const ends = new Map<string, number>();
  for (const sample of [...calm, ...struck]) ends.set(endOf(sample), (ends.get(endOf(sample)) ?? 0) + 1);
  const { heapMb, rssMb } = vitals;
  const counts = [...Object.entries(held), ...ends].map(([name, count]) => `${name} ${count}`).join(', ');
  return `${fault}, well after ${Math.round(wellMs)} ms, heap ${heapMb.toFixed(1)} MB, RSS ${rssMb.toFixed(1)} MB, ${counts}`;
}

function named(
  rounds: readonly Round[],
  is: (end: string, round: Round, isCalm: boolean) => boolean,
): string[] {
  return rounds.flatMap((round) =>
    [
      ...round.calm.map((sample) => [sample, true] as const),
      ...round.struck.map((sample) => [sample, false] as const),
    ]
      .filter(([sample, isCalm]) => is(endOf(sample), round, isCalm))
      .map(([sample, isCalm]) => `${endOf(sample)} ${isCalm ? 'around' : 'in'} ${round.fault}`),
  );
}

function unexplained(rounds: readonly Round[]): string[] {
  const fine = /^(ok|READY|drop|wrong)$/;
  return named(rounds, (end, { told }, isCalm) => !fine.test(end) && (isCalm || !told.test(end)));
}

function endOf({ outcome, push }: Sample): string {
  return push?.status ?? outcome;
}

/** By least squares, of one round to the next. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const up = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const across = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return across === 0 ? 0 : up / across;
}

/** More of it in each of the last rounds than in any of the first. */
function grown(rounds: readonly Round[]): string[] {
  const [first, last] = [rounds.slice(0, SETTLED), rounds.slice(-SETTLED)];
  const kinds = new Set(rounds.flatMap(({ held }) => Object.keys(held)));
  return [...kinds].flatMap((kind) => {
    const most = Math.max(...first.map(({ held }) => held[kind] ?? 0));
    const least = Math.min(...last.map(({ held }) => held[kind] ?? 0));
    return least > most ? [`${kind} ${most} to ${least}`] : [];
  });
}

function calmP99(rounds: readonly Round[]): number {
  return p99(readsOf(rounds.flatMap(({ calm }) => calm)));
}
