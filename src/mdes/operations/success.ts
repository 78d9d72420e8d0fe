/** Takes MDES's yes out of an answer; everything else becomes an MdesError. */
import { z } from 'zod';
import type { Logger } from '../../observability/logger.js';
import { type JsonAnswer, lost, type Operation, statusFailure } from '../http/failures.js';
import { MdesRefusal } from '../mdes-error.js';
import { mdesReason } from '../wire/error-answer.js';
import { describeIssues } from '../wire/json.js';
import type { Omissions } from '../wire/known-values.js';

const HasErrors = z.object({ errors: z.array(z.unknown()).min(1) });
const HasReceipt = z.object({
  pushAccountReceipts: z
    .array(z.unknown())
    .refine((items) => items.some((item) => Receipt.safeParse(item).success)),
});
const Receipt = z.object({ pushAccountReceipt: z.string() });
const HasResponseId = z.object({ responseId: z.string() });

/** @throws MdesError unless it is a 2xx with JSON and without request-level errors */
export function successJson(operation: Operation, answer: JsonAnswer): unknown {
  const { status, json, fault } = answer;
  if (status < 200 || status >= 300) throw statusFailure(operation, answer);
  if (json === undefined)
    throw lost(operation, `HTTP ${status} without JSON${fault === null ? '' : ` (${fault})`}`);
  if (HasErrors.safeParse(json).success) {
    const reason = mdesReason(json);
    // Yes and no in one answer, or a no that cannot be read.
    if (reason === null || HasReceipt.safeParse(json).success) {
      throw lost(operation, `HTTP ${status} with errors that contradict it`);
    }
    throw new MdesRefusal(`${operation}: ${reason.reasonCode}`, reason);
  }
  return json;
}

/** @throws MdesError */
export function parseSuccess<S extends z.ZodType>(
  schema: S,
  operation: Operation,
  answer: JsonAnswer,
): z.output<S> {
  const parsed = schema.safeParse(successJson(operation, answer));
  if (parsed.success) return parsed.data;
  throw lost(operation, `an answer of another form (${describeIssues(parsed.error)})`);
}

/** MDES says that the two match; in stored samples they do not, so it is worth a line and no more. */
export function checkResponseId(requestId: string, json: unknown, operation: Operation, log: Logger): void {
  if (HasResponseId.safeParse(json).data?.responseId !== requestId) {
    log.info({ operation, requestId }, 'MDES answered with another responseId');
  }
}

export function logOmissions(omissions: Omissions, operation: Operation, log: Logger): void {
  const { notes } = omissions;
  if (notes.length > 0) log.warn({ operation, omitted: notes }, 'left out parts of an answer of MDES');
}
