/** When the deaths of workers are hopeless: five within a minute of service by all, however long a start takes. */
import { expect, it } from '@jest/globals';
import { Deaths } from '../../../src/workers/deaths.js';

/** Whether five deaths are, each after so much service and a start of so long. */
function hopeless(startMs: number, serviceMs: number): boolean {
  let now = 0;
  const deaths = new Deaths(() => now);
  for (let death = 0; death < 5; death += 1) {
    expect(deaths.areHopeless).toBe(false);
    now += startMs;
    deaths.allServe();
    now += serviceMs;
    deaths.oneIsGone();
    deaths.add();
  }
  return deaths.areHopeless;
}

it('five at once, or in a minute', () => {
  expect(hopeless(0, 0)).toBe(true);
  expect(hopeless(2000, 14_000)).toBe(true);
  expect(hopeless(2000, 16_000)).toBe(false);
});

it('slow starts do not stretch the minute', () => {
  expect(hopeless(45_000, 0)).toBe(true);
  expect(hopeless(45_000, 1000)).toBe(true);
});

it('while another is away, none of the time counts', () => {
  let now = 0;
  const deaths = new Deaths(() => now);
  deaths.allServe();
  for (let death = 0; death < 5; death += 1) {
    deaths.oneIsGone();
    deaths.add();
    now += 30_000;
  }
  expect(deaths.areHopeless).toBe(true);
});
