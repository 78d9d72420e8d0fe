/** POST /simulator/outcomes: what the next pushes come to, whichever token requestor they are for. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { MAGIC_REQUESTORS, type MagicOutcome } from '../catalogue/magic.js';
import type { FaultQueue } from '../http/fault-queue.js';
import { type ControlAnswer, readControlBody } from './control-request.js';

const outcomeOrder = z.strictObject({
  outcome: z.enum(MAGIC_REQUESTORS.map(({ outcome }) => outcome)),
  times: z.int().min(1).max(1_000_000).default(1),
});

export async function forceOutcome(
  outcomes: FaultQueue<MagicOutcome>,
  request: IncomingMessage,
): Promise<ControlAnswer> {
  const order = await readControlBody(request, outcomeOrder);
  if ('bad' in order) return order.bad;
  outcomes.order(order.value.outcome, order.value.times);
  return { status: 200, body: order.value };
}
