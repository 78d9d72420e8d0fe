/** What was found while connections were broken, as figures: by destination, with the phase in each. */
import { atLeast, atMost, type Figure, noneOf } from '../../figure.js';
import type { Phase } from './phases.js';

const BACK_MS = 8000;
/** Each part is waited for once, some beside one another. */
const START_MS = 5000;
const LIVE_MS = 50;
/** Each part that a destination has for a gateway, twice. */
const MOST_LINES = 8;

type Measure = 'back' | 'start' | 'lines';

export class Findings {
  readonly #amiss: Map<string, string[]>;
  readonly #worst = new Map<Measure, { readonly value: number; readonly where: string }>();
  readonly #liveMs: number[] = [];
  #ready = 0;
  #unknown = 0;

  constructor(destinations: readonly string[]) {
    this.#amiss = new Map(destinations.map((name) => [name, []]));
  }

  amiss(destination: string, phase: Phase, what: string): void {
    this.#amiss.get(destination)?.push(`${phase.name}: ${what}`);
  }

  measured(measure: Measure, value: number, where: string): void {
    if (value >= (this.#worst.get(measure)?.value ?? Number.NEGATIVE_INFINITY))
      this.#worst.set(measure, { value, where });
  }

  /** How a push ended for its caller. */
  pushed(end: string): void {
    if (end === 'READY') this.#ready += 1;
    if (end === 'UNKNOWN') this.#unknown += 1;
  }

  live(waits: readonly number[]): void {
    this.#liveMs.push(...waits);
  }

  /** @param arrived pushes, at MDES */
  sendFigures(arrived: number): Figure[] {
    return [
      atLeast('pushes at MDES, each that is READY', arrived, this.#ready),
      atMost('and none but those that are UNKNOWN', arrived, this.#ready + this.#unknown),
    ];
  }

  figures(): Figure[] {
    const worst = (measure: Measure, name: string, bound: number, unit?: string) => {
      const { value = Number.NaN, where = '' } = this.#worst.get(measure) ?? {};
      return atMost(`${name} (${where})`, value, bound, unit);
    };
    const waits = this.#liveMs.sort((a, b) => a - b);
    return [
      ...[...this.#amiss].map(([name, found]) => noneOf(`${name}: amiss`, found)),
      worst('lines', 'lines that tell of one', MOST_LINES),
      worst('back', 'all well after', BACK_MS, 'ms'),
      worst('start', 'started with all broken later than when well by', START_MS, 'ms'),
      atMost(
        `/livez p99 of ${waits.length}`,
        waits[Math.floor(waits.length * 0.99)] ?? Number.NaN,
        LIVE_MS,
        'ms',
      ),
    ];
  }
}
