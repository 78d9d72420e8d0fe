/** How often pushes may be sent: counted before anything else is done, given back where nothing was sent. */
import { GatewayError, RETRY_AFTER_SECONDS } from '../domain/gateway-error.js';
import type { Limit, LimitDimension } from '../domain/limit.js';
import { type Count, type Counted, giveBack, type LimitCounter } from '../resilience/limits/limit-counter.js';
import type { LimitCounters } from '../resilience/limits/limit-counters.js';
import type { PushCaller } from './caller.js';
import type { PushInput } from './push-input.js';

/** What was counted for one push. */
export interface Allowance {
  /** It was not sent. */
  giveBack(): void;
}

export interface PushLimits {
  /** @throws GatewayError RATE_LIMITED, or UPSTREAM_UNAVAILABLE where it must be counted and cannot be */
  take(caller: PushCaller, input: PushInput): Promise<Allowance>;
}

interface PushLimitsOptions {
  readonly limits: readonly Limit[];
  readonly withoutCache: 'count-alone' | 'refuse';
}

interface CountedLimit {
  readonly dimension: LimitDimension;
  readonly counter: LimitCounter;
}

export async function createPushLimits(
  counters: LimitCounters,
  { limits, withoutCache }: PushLimitsOptions,
): Promise<PushLimits> {
  const options = {
    what: 'pushes',
    countsAlone: withoutCache === 'count-alone',
  } as const;
  const counted = await Promise.all(
    limits.map(async (limit) => ({
      dimension: limit.dimension,
      counter: await counters.of(limit, options),
    })),
  );
  return { take: (caller, input) => take(counted, caller, input) };
}

/** Side by side, so that Redis is waited for once. */
async function take(
  limits: readonly CountedLimit[],
  caller: PushCaller,
  input: PushInput,
): Promise<Allowance> {
  const counts = await Promise.all(
    limits.flatMap(({ dimension, counter }) =>
      subjectsOf(dimension, caller, input).map((subject) => counter.take(subject)),
    ),
  );
  const counted = counts.filter(isCounted);
  const allowance = { giveBack: () => counted.forEach(giveBack) };
  if (counted.length === counts.length) return allowance;
  allowance.giveBack();
  throw refusal(counts);
}

function subjectsOf(dimension: LimitDimension, caller: PushCaller, input: PushInput): readonly string[] {
  switch (dimension) {
    case 'account-holder':
      return [caller.accountHolder];
    case 'account':
      // With its holder: nobody can use up what is another's.
      return input.fundingAccountIds.map((id) => JSON.stringify([caller.accountHolder, id]));
    case 'client':
      return [caller.client ?? ''];
    case 'token-requestor':
      return [input.tokenRequestorId];
    case 'address':
      return [caller.address];
    default:
      return dimension satisfies never;
  }
}

function isCounted(count: Count): count is Counted {
  return count.kind === 'COUNTED';
}

function refusal(counts: readonly Count[]): GatewayError {
  const waits = counts.flatMap((count) => (count.kind === 'FULL' ? [count.retryAfterSeconds] : []));
  if (waits.length === 0) {
    return new GatewayError(
      'UPSTREAM_UNAVAILABLE',
      'Pushes cannot be counted just now. Nothing was pushed; try again with the same idempotencyKey.',
      { retryAfterSeconds: RETRY_AFTER_SECONDS },
    );
  }
  return new GatewayError(
    'RATE_LIMITED',
    'Too many pushes. Nothing was pushed; try again after retryAfter seconds with the same idempotencyKey.',
    { retryAfterSeconds: Math.max(...waits) },
  );
}
