/** Follows a push to its end: asks again and again, less and less often. */
import type { FollowedPushFragment, PushStatus, Sdk } from './generated.js';
import { waitAfterError } from './repeat.js';
import { wait } from './wait.js';

export interface FollowPushOptions {
  /** Told of what is seen first, and of every change. */
  readonly onChange?: (push: FollowedPushFragment) => void;
  /** Gives it up: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How long to follow it, in milliseconds; 20 minutes by default, when receipts have long expired. */
  readonly patienceMs?: number;
  /** How long to wait before it is asked for again, in milliseconds, at first and after each change; 1 second by default. */
  readonly firstWaitMs?: number;
}

const GOING_ON: readonly PushStatus[] = ['IN_PROGRESS', 'READY', 'HANDED_OFF'];
const LONGEST_WAIT_MS = 10_000;

/** Failures that pass are waited out like a push that has not changed; any other is thrown. */
export async function followPush(
  { FollowPush }: Pick<Sdk, 'FollowPush'>,
  pushId: string,
  { onChange, signal, patienceMs = 20 * 60_000, firstWaitMs = 1000 }: FollowPushOptions = {},
): Promise<FollowedPushFragment | null> {
  const end = Date.now() + patienceMs;
  let last: FollowedPushFragment | null = null;
  for (let next = firstWaitMs; ; next = Math.min(next * 1.5, LONGEST_WAIT_MS)) {
    let asked = 0;
    try {
      const { push } = await FollowPush({ id: pushId }, undefined, signal ?? null);
      // A status that this release does not know is an end: the app looks at it.
      const isOver = push === null || !GOING_ON.includes(push.status);
      if (push !== null && JSON.stringify(push) !== JSON.stringify(last)) {
        onChange?.(push);
        next = firstWaitMs;
      }
      last = push;
      if (isOver || Date.now() + next > end) return push;
    } catch (error) {
      const passing = waitAfterError(error, 0);
      if (passing === null || Date.now() + passing > end) throw error;
      asked = passing;
    }
    await wait(Math.max(next, asked), signal);
  }
}
