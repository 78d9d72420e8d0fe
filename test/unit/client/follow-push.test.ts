/** `followPush()` asks until a push is over, and tells every change once. */
import { describe, expect, test } from '@jest/globals';
import {
  createTokenConnectClient,
  type FollowPushOptions,
  type PushStatus,
} from '../../../src/client/index.js';

/** What is answered in this order, the last for ever: a status, null for no such push, or a code with its retryAfter. */
type Answer = PushStatus | null | { readonly code: string; readonly retryAfter?: number } | Push;

interface Push {
  readonly status: PushStatus;
  readonly nextStep: { readonly __typename: string; readonly askAgainAfter?: number };
}

function following(answers: readonly Answer[], options: FollowPushOptions = {}) {
  const asked: number[] = [];
  const seen: string[] = [];
  const client = createTokenConnectClient({
    url: 'http://gateway.test/graphql',
    token: 't',
    repeat: false,
    fetch: async () => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? null;
      asked.push(performance.now());
      if (answer === null) return Response.json({ data: { push: null } });
      if (typeof answer === 'string')
        return Response.json({ data: { push: { id: 'push-1', status: answer } } });
      if ('status' in answer) return Response.json({ data: { push: { id: 'push-1', ...answer } } });
      return Response.json({
        data: { push: null },
        errors: [{ message: 'No', path: ['push'], extensions: answer }],
      });
    },
  });
  const following = client.followPush('push-1', {
    firstWaitMs: 10,
    onChange: ({ status }) => seen.push(status),
    ...options,
  });
  return { following, asked, seen };
}

describe('followPush', () => {
  test('asks again until the push has come to its end, and tells each change once', async () => {
    const {
      following: end,
      asked,
      seen,
    } = following(['IN_PROGRESS', 'READY', 'READY', 'HANDED_OFF', 'COMPLETED']);
    expect((await end)?.status).toBe('COMPLETED');
    expect(seen).toEqual(['IN_PROGRESS', 'READY', 'HANDED_OFF', 'COMPLETED']);
    expect(asked).toHaveLength(5);
  });

  test('waits longer each time while nothing changes', async () => {
    const answers: Answer[] = ['READY', 'READY', 'READY', 'READY', 'READY', 'EXPIRED'];
    const { following: end, asked } = following(answers, { firstWaitMs: 60 });
    expect((await end)?.status).toBe('EXPIRED');
    // 60, 90, 135, 202.5 and 303.75 milliseconds; timers are never early by more than one.
    expect((asked.at(-1) ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(786);
  });

  test.each<PushStatus>([
    'ACTION_REQUIRED',
    'PARTIALLY_COMPLETED',
    'DECLINED',
    'CANCELLED',
    'FAILED',
    'UNKNOWN',
  ])('takes %s for an end', async (status) => {
    const { following: end, asked } = following([status]);
    expect((await end)?.status).toBe(status);
    expect(asked).toHaveLength(1);
  });

  test('goes by the next step where it is told: asks again when it says, and ends with a DoneStep', async () => {
    const { following: end, asked } = following([
      { status: 'HANDED_OFF', nextStep: { __typename: 'WaitStep', askAgainAfter: 0.1 } },
      { status: 'PARTIALLY_COMPLETED', nextStep: { __typename: 'DigitizationDataStep' } },
      { status: 'PARTIALLY_COMPLETED', nextStep: { __typename: 'DoneStep' } },
    ]);
    expect((await end)?.nextStep?.__typename).toBe('DoneStep');
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(99);
    expect(asked).toHaveLength(3);
  });

  test('is null when there is no such push', async () => {
    expect(await following([null]).following).toBeNull();
  });

  test('waits out what passes, as long as the gateway asks', async () => {
    const { following: end, asked } = following([
      'READY',
      { code: 'LEDGER_UNAVAILABLE', retryAfter: 0.1 },
      'COMPLETED',
    ]);
    expect((await end)?.status).toBe('COMPLETED');
    expect((asked[2] ?? 0) - (asked[1] ?? 0)).toBeGreaterThanOrEqual(99);
  });

  test('throws what does not pass', async () => {
    await expect(following([{ code: 'UNAUTHENTICATED' }]).following).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  test('answers what it has seen last when its patience is over', async () => {
    const { following: end } = following(['HANDED_OFF'], { patienceMs: 100 });
    expect((await end)?.status).toBe('HANDED_OFF');
  });

  test('can be given up', async () => {
    const given = new AbortController();
    const { following: end } = following(['READY'], { signal: given.signal, firstWaitMs: 5000 });
    setTimeout(() => given.abort(new Error('the page is gone')), 20);
    await expect(end).rejects.toThrow('the page is gone');
  });
});
