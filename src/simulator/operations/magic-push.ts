/** What the magic requestors make of a whole push. */

import { rateLimitExceeded, serviceUnavailable } from '../api-gateway/api-gateway-error.js';
import type { MagicOutcome } from '../catalogue/magic.js';
import { type WireError, wireError } from '../wire/wire-error.js';
import { apiGatewayAnswer, errorsAnswer, type OperationAnswer } from './operation.js';

/** `undefined` where the push goes on to its accounts. */
export function magicErrors(outcome: MagicOutcome): readonly WireError[] | undefined {
  switch (outcome) {
    case 'AUTHORIZATION_FAILED':
      return [wireError.authorizationFailed()];
    case 'INTERNAL_SERVICE_FAILURE':
    case 'ERROR_WRAPPER':
    case 'GATEWAY_UNAVAILABLE':
    case 'GATEWAY_RATE_LIMIT':
      return [wireError.internalFailure()];
    case 'ALL_REFUSED':
    case 'FIRST_ONLY':
    case 'ANSWER_LOST':
      return undefined;
  }
}

export function magicAnswer(
  outcome: MagicOutcome,
  errors: readonly WireError[],
  responseId: string,
): OperationAnswer {
  if (outcome === 'GATEWAY_UNAVAILABLE') return apiGatewayAnswer(serviceUnavailable);
  if (outcome === 'GATEWAY_RATE_LIMIT') {
    const refusal = apiGatewayAnswer(rateLimitExceeded);
    return refusal.kind === 'JSON' ? { ...refusal, retryAfter: 2 } : refusal;
  }
  return errorsAnswer(errors, responseId, outcome === 'ERROR_WRAPPER' ? 500 : 200);
}
