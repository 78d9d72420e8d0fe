/** A workload of the benchmark: what is measured, and what must be reached. */
import type { Bench } from './support/bench.js';

export interface Workload {
  readonly id: string;
  readonly title: string;
  /** It is given up after so long; the others go on. */
  readonly patienceMs: number;
  run(bench: Bench): Promise<Findings>;
}

export interface Findings {
  readonly goals: readonly Goal[];
  /** What else a reader wants to see. */
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
}

export interface Goal {
  readonly name: string;
  readonly measured: string;
  readonly bound: string;
  readonly reached: boolean;
}

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function atLeast(name: string, measured: number, bound: number, unit = ''): Goal {
  return goal(name, measured, '≥', bound, unit, measured >= bound);
}

export function atMost(name: string, measured: number, bound: number, unit = ''): Goal {
  return goal(name, measured, '≤', bound, unit, measured <= bound);
}

/** What could not be measured is not reached. */
export function missing(name: string, why: string): Goal {
  return { name, measured: why, bound: 'measured', reached: false };
}

function goal(
  name: string,
  measured: number,
  sign: string,
  bound: number,
  unit: string,
  reached: boolean,
): Goal {
  const after = unit === '' ? '' : ` ${unit}`;
  return { name, measured: `${tidy(measured)}${after}`, bound: `${sign} ${tidy(bound)}${after}`, reached };
}

/** Three digits that count; thousands with commas. */
export function tidy(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
