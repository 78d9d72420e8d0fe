/** The breaker whose trials are requests that come by themselves. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TrialBreaker, type Verdict } from '../../../src/resilience/trial-breaker.js';

const REST_MS = 100;
const newBreaker = () => new TrialBreaker({ failures: 3, restMs: REST_MS });
const rested = () => pause(REST_MS + 20);

function report(breaker: TrialBreaker, ...verdicts: Verdict[]): TrialBreaker {
  for (const verdict of verdicts) breaker.enter()(verdict);
  return breaker;
}

describe('while it is closed', () => {
  it('opens after so many bad ends in a row, and then has everybody wait', () => {
    const breaker = report(newBreaker(), 'bad', 'bad');
    expect([breaker.isClosed, breaker.waitMs]).toEqual([true, 0]);
    report(breaker, 'bad');
    expect(breaker.isClosed).toBe(false);
    expect(breaker.waitMs).toBeGreaterThan(0);
    expect(breaker.waitMs).toBeLessThanOrEqual(REST_MS);
  });

  it('counts anew after a good end, and goes on counting after one that says nothing', () => {
    expect(report(newBreaker(), 'bad', 'bad', 'good', 'bad', 'bad').isClosed).toBe(true);
    expect(report(newBreaker(), 'bad', 'bad', 'unknown', 'bad').isClosed).toBe(false);
  });
});

describe('once it is open', () => {
  it('lets one request try after its rest, and the others wait until that one has ended', async () => {
    const breaker = report(newBreaker(), 'bad', 'bad', 'bad');
    await rested();
    expect(breaker.waitMs).toBe(0);
    const end = breaker.enter();
    await rested();
    expect(breaker.waitMs).toBe(REST_MS);
    end('good');
    expect([breaker.isClosed, breaker.waitMs]).toEqual([true, 0]);
    expect(report(breaker, 'bad', 'bad').isClosed).toBe(true);
  });

  it.each(['bad', 'unknown'] as const)('rests again after a trial with a %s end', async (verdict) => {
    const breaker = report(newBreaker(), 'bad', 'bad', 'bad');
    await rested();
    report(breaker, verdict);
    expect(breaker.isClosed).toBe(false);
    expect(breaker.waitMs).toBeGreaterThan(0);
  });

  it('does not listen to requests that began before', async () => {
    const breaker = newBreaker();
    const ends = [breaker.enter(), breaker.enter(), breaker.enter()];
    report(breaker, 'bad', 'bad', 'bad');
    ends[0]?.('good');
    expect(breaker.isClosed).toBe(false);
    await rested();
    const end = breaker.enter();
    ends[1]?.('bad');
    expect(breaker.waitMs).toBe(REST_MS);
    end('good');
    for (let i = 0; i < 3; i++) ends[2]?.('bad');
    expect(breaker.isClosed).toBe(true);
  });
});
