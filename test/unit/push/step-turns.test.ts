import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { StepTurns } from '../../../src/push/step-turns.js';

describe('the turns of pushes', () => {
  it('gives each turn of the event loop to one step, and the others wait', async () => {
    const turns = new StepTurns();
    let done = 0;
    const all = Promise.all(Array.from({ length: 5 }, () => turns.next('RESERVE').then(() => (done += 1))));
    const seen: number[] = [];
    for (let passed = 0; passed < 6; passed++) {
      await turn();
      seen.push(done);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 5]);
    await all;
  });

  it('lets who is furthest go first, also who comes later', async () => {
    const turns = new StepTurns();
    const order: string[] = [];
    const step = (name: Parameters<StepTurns['next']>[0]) => turns.next(name).then(() => order.push(name));
    const first = [step('RESERVE'), step('RESERVE'), step('CHECK')];
    const later = step('CHECK').then(() => step('END'));
    await Promise.all([...first, later]);
    expect(order).toEqual(['CHECK', 'CHECK', 'END', 'RESERVE', 'RESERVE']);
  });
});
