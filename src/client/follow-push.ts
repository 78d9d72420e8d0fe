/** Follows a push to its end: asks again and again, less and less often. */
import type { FollowedPushFragment, FollowPushQuery, PushStatus, Sdk } from './generated.js';
import { waitAfterError } from './repeat.js';
import { TokenConnectError } from './token-connect-error.js';
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
  sdk: Pick<Sdk, 'FollowPush'>,
  pushId: string,
  { onChange, signal, patienceMs = 20 * 60_000, firstWaitMs = 1000 }: FollowPushOptions = {},
): Promise<FollowedPushFragment | null> {
  const end = Date.now() + patienceMs;
  let last: FollowedPushFragment | null = null;
  for (let next = firstWaitMs; ; next = Math.min(next * 1.5, LONGEST_WAIT_MS)) {
    const seen = await look(sdk, pushId, signal);
    if ('error' in seen) {
      const passing = waitAfterError(seen.error, 0);
      if (passing === null || Date.now() + passing > end) throw seen.error;
      await wait(Math.max(next, passing), signal);
      continue;
    }
    const { push } = seen;
    if (push === null) return null;
    if (JSON.stringify(push) !== JSON.stringify(last)) {
      onChange?.(push);
      next = firstWaitMs;
    }
    last = push;
    const { nextStep } = push;
    const asked = nextStep?.__typename === 'WaitStep' ? nextStep.askAgainAfter * 1000 : next;
    if (isOver(push) || Date.now() + asked > end) return push;
    await wait(Math.max(next, asked), signal);
  }
}

type Seen = { readonly push: FollowedPushFragment | null } | { readonly error: unknown };

/** A part of it that cannot be told just now, its wallet for one, does not hide the rest. */
async function look(
  { FollowPush }: Pick<Sdk, 'FollowPush'>,
  pushId: string,
  signal: AbortSignal | undefined,
): Promise<Seen> {
  try {
    return await FollowPush({ id: pushId }, undefined, signal ?? null);
  } catch (error) {
    const data = error instanceof TokenConnectError ? (error.data as FollowPushQuery | null) : null;
    return data?.push ? { push: data.push } : { error };
  }
}

/** Without a next step (this token may not see it) the status tells; one that this release does not know is an end. */
function isOver({ nextStep, status }: FollowedPushFragment): boolean {
  return nextStep ? nextStep.__typename === 'DoneStep' : !GOING_ON.includes(status);
}
