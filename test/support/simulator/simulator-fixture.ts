/** A simulator for the tests of one file. */
import { afterAll, beforeAll } from '@jest/globals';
import { type RunningSimulator, type SimulatorOptions } from '../../../src/simulator/simulator.js';
import { startTestSimulator } from './start-simulator.js';

/** Call it in a describe block; the simulator is there while its tests run. */
export function simulatorForTests(options: SimulatorOptions = {}): () => RunningSimulator {
  let running: RunningSimulator | undefined;
  beforeAll(async () => {
    running = await startTestSimulator(options);
  });
  afterAll(async () => {
    await running?.close();
  });
  return () => {
    if (running === undefined) throw new Error('the simulator is not running');
    return running;
  };
}
