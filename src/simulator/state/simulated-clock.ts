/** The clock that receipts age by: real time, plus whatever it was advanced. */
import type { Clock } from '../../domain/clock.js';

export interface SimulatedClock extends Clock {
  advance(ms: number): void;
  reset(): void;
}

export function createSimulatedClock(): SimulatedClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance(ms) {
      offset += ms;
    },
    reset() {
      offset = 0;
    },
  };
}
