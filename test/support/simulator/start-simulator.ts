/** Simulators for tests: each has a state of its own, and all of a worker have the same keys, since keys take long to make. */

import {
  type RunningSimulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../src/simulator/simulator.js';
import { makeSimulatorKeys, type SimulatorKeys } from '../../../src/simulator/simulator-keys.js';
import { onceAWorker } from '../once-a-worker.js';

export function simulatorKeys(): Promise<SimulatorKeys> {
  return onceAWorker('simulator keys', makeSimulatorKeys);
}

export async function startTestSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  return startSimulator({ keys: await simulatorKeys(), ...options });
}
