/** Deadlines: of one piece of work, and of all that wait for the same answerer. */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { CommonDeadline, DeadlineExceeded, withDeadline } from '../../../src/resilience/deadline.js';

const MS = 60;
const NEVER = new Promise<string>(() => undefined);

/** How it ended, and after how long. */
async function ended(work: Promise<unknown>) {
  const startedAt = performance.now();
  const [result] = await Promise.allSettled([work]);
  return { ...result, ms: performance.now() - startedAt };
}

describe('a deadline', () => {
  it('ends the waiting, and says so', async () => {
    const { reason } = (await ended(withDeadline(NEVER, MS))) as { reason?: unknown };
    expect(reason).toBeInstanceOf(DeadlineExceeded);
  });

  it('hands on what comes in time, be it good or bad', async () => {
    expect(await withDeadline(Promise.resolve('good'), MS)).toBe('good');
    await expect(withDeadline(Promise.reject(new TypeError('bad')), MS)).rejects.toThrow(TypeError);
  });
});

describe('a common deadline', () => {
  it('ends the waiting of all when the first has waited in vain', async () => {
    const deadline = new CommonDeadline(MS);
    const first = ended(deadline.run(NEVER));
    await pause(MS * 0.7);
    const second = ended(deadline.run(NEVER));
    const told = await Promise.all([first, second]);
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    // Not a deadline of its own after the other.
    expect(told[1]?.ms).toBeLessThan(MS * 0.9);
  });

  it('lets whoever comes afterwards wait for as long as the first did', async () => {
    const deadline = new CommonDeadline(MS);
    await Promise.all([ended(deadline.run(NEVER)), pause(MS * 0.5).then(() => ended(deadline.run(NEVER)))]);
    const { status, ms } = await ended(deadline.run(NEVER));
    expect(status).toBe('rejected');
    expect(ms).toBeGreaterThan(MS * 0.9);
  });

  it('speaks for nobody where the first was answered', async () => {
    const deadline = new CommonDeadline(MS);
    const first = deadline.run(pause(MS * 0.5, 'first'));
    await pause(MS * 0.4);
    const second = deadline.run(pause(MS * 0.9, 'second'));
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });
});
