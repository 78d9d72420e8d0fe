/** Operation getEligibleTokenRequestors: who takes accounts of these ranges. */
import type { AccountRange } from '../../domain/account-range.js';
import type { TokenRequestor } from '../../domain/token-requestor.js';
import { call, jsonBody, newRequestId } from '../http/call.js';
import { isTooLarge, lost } from '../http/failures.js';
import { ACCOUNT_RANGES_PER_CALL } from '../mdes-client.js';
import { AnswerTooLarge } from '../mdes-error.js';
import { Omissions } from '../wire/known-values.js';
import { RequestorsAnswer, readRequestors } from '../wire/requestors-answer.js';
import type { ReadDeps } from './read-guard.js';
import { checkResponseId, logOmissions, parseSuccess } from './success.js';

const OPERATION = 'getEligibleTokenRequestors';
/** 2,400 requestors, each with the 25 ranges that were asked for and long names. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

export async function getEligibleTokenRequestors(
  ranges: readonly AccountRange[],
  deps: ReadDeps,
): Promise<readonly TokenRequestor[]> {
  const accountRanges = [...new Set(ranges)];
  if (accountRanges.length === 0) return [];
  if (accountRanges.length > ACCOUNT_RANGES_PER_CALL) {
    throw new RangeError(`at most ${ACCOUNT_RANGES_PER_CALL} account ranges go into one call`);
  }
  return deps.guard.read(OPERATION, (deadlineMs) => askOnce(accountRanges, deadlineMs, deps));
}

async function askOnce(
  accountRanges: readonly AccountRange[],
  deadlineMs: number,
  deps: ReadDeps,
): Promise<readonly TokenRequestor[]> {
  const requestId = newRequestId();
  const answer = await call(
    {
      operation: OPERATION,
      path: '/connect/1/0/getEligibleTokenRequestors',
      body: jsonBody({ requestId, accountRanges }),
      deadlineMs,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    },
    deps,
  );
  if (isTooLarge(answer)) throw new AnswerTooLarge(`${OPERATION}: HTTP ${answer.status} (TOO_LARGE)`);
  const { tokenRequestors } = parseSuccess(RequestorsAnswer, OPERATION, answer);
  checkResponseId(requestId, answer.json, OPERATION, deps.log);
  const omissions = new Omissions();
  const requestors = await readRequestors(tokenRequestors, accountRanges, { omissions, turns: deps.turns });
  logOmissions(omissions, OPERATION, deps.log);
  if (requestors === undefined) throw lost(OPERATION, 'no requestor of the answer can be read');
  return requestors;
}
