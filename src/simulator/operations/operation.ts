/** What the three operations have in common: their names, and the forms that their answers take. */
import { stringify } from 'lossless-json';
import { type ApiGatewayError, apiGatewayErrorBody } from '../api-gateway/api-gateway-error.js';
import { isJsonObject } from '../http/parse-json.js';
import { text } from '../wire/field-rules.js';
import type { WireError } from '../wire/wire-error.js';

export const OPERATIONS = ['getEligibleTokenRequestors', 'getAsset', 'pushMultipleAccounts'] as const;
export type Operation = (typeof OPERATIONS)[number];

export type OperationAnswer =
  | { readonly kind: 'JSON'; readonly status: number; readonly body: string; readonly retryAfter?: number }
  | { readonly kind: 'BROKEN_CONNECTION' };

/** BigInts become JSON integers, which is how MDES writes its 19 digits; undefined members are left out. */
export function answer(status: number, body: object): OperationAnswer {
  return { kind: 'JSON', status, body: stringify(body) ?? '' };
}

export function apiGatewayAnswer(error: ApiGatewayError): OperationAnswer {
  return answer(error.status, apiGatewayErrorBody(error));
}

/** MDES's errors of a whole request; with HTTP 200 unless MDES did not take the call at all. */
export function errorsAnswer(
  errors: readonly WireError[],
  responseId: string | undefined,
  status = 200,
): OperationAnswer {
  // The older two members were seen beside errors[] for cryptography errors, on a sister API of the same stack.
  const legacy = errors.find((error) => error.reasonCode === 'CRYPTOGRAPHY_ERROR');
  return answer(status, {
    errorCode: legacy?.reasonCode,
    errorDescription: legacy?.description,
    errors,
    responseId,
  });
}

const requestId = text(1, 64);

/** The request's id if it is one, however wrong the rest may be. */
export function readRequestId(body: unknown): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const parsed = requestId(body['requestId'], 'requestId');
  return parsed.ok ? parsed.value : undefined;
}
