/** Operation pushMultipleAccounts: deposits accounts for a token requestor, in exactly one HTTP request. */

import { handOffs } from '../hand-off/hand-off.js';
import { type CallDeps, call, jsonBody } from '../http/call.js';
import { lost } from '../http/failures.js';
import type { PushAnswer, PushRequest } from '../mdes-client.js';
import { MdesError } from '../mdes-error.js';
import { clearPayload } from '../wire/clear-payload.js';
import { type EncryptedPayload, sealEnvelope } from '../wire/envelope.js';
import { Omissions } from '../wire/known-values.js';
import { Misfit, type ReadPush, readPush } from '../wire/push-answer.js';
import { checkResponseId, logOmissions, successJson } from './success.js';

const OPERATION = 'pushMultipleAccounts';
const MAX_ANSWER_BYTES = 1024 * 1024;

export async function pushMultipleAccounts(
  request: PushRequest,
  deadlineMs: number,
  deps: CallDeps,
): Promise<PushAnswer> {
  const answer = await call(
    {
      operation: OPERATION,
      path: '/connect/1/0/pushMultipleAccounts',
      body: jsonBody(wireRequest(request, seal(request, deps))),
      deadlineMs,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      once: true,
    },
    deps,
  );
  const push = read(successJson(OPERATION, answer), request);
  checkResponseId(request.requestId, answer.json, OPERATION, deps.log);
  return { accounts: push.accounts, handOffs: handOffsOf(push, request, deps) };
}

function seal({ accounts }: PushRequest, { identity, clock }: CallDeps): EncryptedPayload {
  try {
    return sealEnvelope(clearPayload(accounts, clock.now()), identity);
  } catch {
    throw new MdesError('UNAVAILABLE', `${OPERATION}: the accounts could not be encrypted, nothing was sent`);
  }
}

function wireRequest(request: PushRequest, encryptedPayload: EncryptedPayload) {
  const signatureData = {
    ...(request.callbackUrl !== null && { callbackURL: request.callbackUrl }),
    ...(request.accountHolderDataSupplied && { accountHolderDataSupplied: true }),
    ...(request.locale !== null && { locale: request.locale }),
  };
  return {
    requestId: request.requestId,
    pushFundingAccounts: { encryptedPayload },
    tokenRequestorId: request.tokenRequestorId,
    ...(Object.keys(signatureData).length > 0 && { signatureData }),
    requestIssuerInitiatedDigitizationData: request.requestIssuerInitiatedDigitizationData,
    pushAccountReceiptsValidityPeriod: request.pushAccountReceiptsValidityPeriod,
  };
}

function read(json: unknown, request: PushRequest): ReadPush {
  try {
    return readPush(json, request);
  } catch (error) {
    throw error instanceof Misfit ? lost(OPERATION, error.message) : error;
  }
}

function handOffsOf(push: ReadPush, request: PushRequest, { log }: CallDeps): PushAnswer['handOffs'] {
  // With digitization data the app hands off by the requestor's own way.
  if (request.requestIssuerInitiatedDigitizationData || push.receipts.length === 0) return [];
  const omissions = new Omissions();
  if (push.signatureExpected && push.signature === null)
    omissions.note('a signature that MDES announced is missing');
  const urls = handOffs(push.methods, push, request, omissions);
  if (urls.length === 0) omissions.note('no push method is left: the account holder cannot be handed off');
  logOmissions(omissions, OPERATION, log);
  return urls;
}
