/** By whom pushes are counted, what a refusal says, and what is given back where one of several limits is full. */
import { describe, expect, it } from '@jest/globals';
import type { LimitDimension } from '../../../src/domain/limit.js';
import type { PushCaller } from '../../../src/push/caller.js';
import type { PushInput } from '../../../src/push/push-input.js';
import { createPushLimits } from '../../../src/push/push-limits.js';
import type { Count, LimitCounter } from '../../../src/resilience/limits/limit-counter.js';
import type { LimitCounters } from '../../../src/resilience/limits/limit-counters.js';

const CALLER = { accountHolder: 'susan', client: 'app', address: '198.51.100.1' } as PushCaller;
const INPUT = { tokenRequestorId: 'wallet', fundingAccountIds: ['card-1', 'card-2'] } as unknown as PushInput;

/** Counters that answer as they are told, by the subject. */
async function limitsOf(
  dimensions: readonly LimitDimension[],
  answer: (subject: string) => Count | undefined = () => undefined,
  withoutCache: 'count-alone' | 'refuse' = 'count-alone',
) {
  const [subjects, options, rewards]: [string[], unknown[], unknown[]] = [[], [], []];
  const counters = {
    async of({ dimension }, given) {
      options.push([dimension, given]);
      return {
        async take(subject: string) {
          subjects.push(subject);
          const counter = { reward: async (key: string) => void rewards.push(key) };
          const places = [{ counter, key: subject }];
          return (
            answer(subject) ?? { kind: 'COUNTED', points: 1, endsAt: performance.now() + 60_000, places }
          );
        },
      } as LimitCounter;
    },
  } as LimitCounters;
  const limits = dimensions.map((dimension) => ({ dimension, count: 1, seconds: 60 }));
  return { limits: await createPushLimits(counters, { limits, withoutCache }), subjects, options, rewards };
}

describe('limits of pushes', () => {
  it('count each by whom it says, and accounts with their holder', async () => {
    const { limits, subjects, options } = await limitsOf([
      ...(['account-holder', 'account', 'client', 'token-requestor', 'address'] as const),
    ]);
    await limits.take(CALLER, INPUT);
    expect(subjects).toEqual([
      ...['susan', '["susan","card-1"]', '["susan","card-2"]', 'app', 'wallet', '198.51.100.1'],
    ]);
    expect(options[0]).toEqual(['account-holder', { what: 'pushes', countsAlone: true }]);
    await limits.take({ ...CALLER, client: null }, INPUT);
    expect(subjects[9]).toBe('');
  });

  it('count alone without Redis, or not at all', async () => {
    const { options } = await limitsOf(['client'], undefined, 'refuse');
    expect(options).toEqual([['client', { what: 'pushes', countsAlone: false }]]);
  });

  it('give back what was not sent', async () => {
    const { limits, rewards } = await limitsOf(['account']);
    const allowance = await limits.take(CALLER, INPUT);
    expect(rewards).toEqual([]);
    allowance.giveBack();
    expect(rewards).toEqual(['["susan","card-1"]', '["susan","card-2"]']);
  });

  it('where one is full give back the others, and say the longest wait', async () => {
    const { limits, rewards } = await limitsOf(['account-holder', 'client', 'address'], (subject) => {
      if (subject === 'susan') return undefined;
      return { kind: 'FULL', retryAfterSeconds: subject === 'app' ? 9 : 30 };
    });
    await expect(limits.take(CALLER, INPUT)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 30,
      message: expect.stringContaining('Nothing was pushed'),
    });
    expect(rewards).toEqual(['susan']);
  });

  it('that cannot be counted refuse for another reason, unless one is full', async () => {
    const uncounted = await limitsOf(['client', 'address'], () => ({ kind: 'UNCOUNTED' }));
    await expect(uncounted.limits.take(CALLER, INPUT)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryAfterSeconds: expect.any(Number),
      message: expect.stringContaining('Nothing was pushed'),
    });
    const full = await limitsOf(['client', 'address'], (subject) =>
      subject === 'app' ? { kind: 'UNCOUNTED' } : { kind: 'FULL', retryAfterSeconds: 3 },
    );
    await expect(full.limits.take(CALLER, INPUT)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfterSeconds: 3,
    });
  });
});
