/** Which of the four kinds of error an answer, or the lack of one, amounts to. */

import { type HttpAnswer, TOO_LARGE, type TransportError } from '../../resilience/http-exchange.js';
import { MdesError, type MdesReason, MdesRefusal, Throttled } from '../mdes-error.js';
import { apiGatewayReason, mdesReason } from '../wire/error-answer.js';

export type Operation = 'getEligibleTokenRequestors' | 'getAsset' | 'pushMultipleAccounts';

/** An answer whose body has been read as JSON; undefined: there is no JSON in it. */
export interface JsonAnswer extends Omit<HttpAnswer, 'body' | 'retryAfter'> {
  readonly json: unknown;
  readonly retryAfterSeconds: number | undefined;
  /** How far our clock is before that of MDES, by the answer's date; undefined: it has none. */
  readonly clockAheadMs?: number | undefined;
}

/** Past that MDES may refuse a signature for its time, with the words that it has for a wrong key. */
const CLOCK_OFF_MS = 60_000;

/** The request may have arrived, but nothing can be read from what came back. */
export function lost(
  operation: Operation,
  detail: string,
  reason: MdesReason | null = null,
  retryAfterSeconds?: number,
): MdesError {
  const kind = operation === 'pushMultipleAccounts' ? 'UNCLEAR' : 'UNAVAILABLE';
  return new MdesError(kind, `${operation}: ${detail}`, reason, { retryAfterSeconds });
}

export function transportFailure(operation: Operation, { code, sent }: TransportError): MdesError {
  if (sent) return lost(operation, `no answer (${code})`);
  return new MdesError('UNAVAILABLE', `${operation}: nothing was sent (${code})`);
}

/** There was an answer, but more of it than we read: ours to mend, by asking for less. */
export function isTooLarge({ status, fault }: JsonAnswer): boolean {
  return status >= 200 && status < 300 && fault === TOO_LARGE;
}

/** They may be about the time that something took, or about a first request that was carried out. */
const NO_CLEAR_NO = [408, 409, 425, 499];

/**
 * For every status but 2xx. To a push a 4xx is a clear no only in the words of MDES or of its API gateway: anybody on the
 * way can make up a status, also after MDES has carried it out.
 */
export function statusFailure(operation: Operation, answer: JsonAnswer): MdesError {
  const { status, json, retryAfterSeconds } = answer;
  const refused = mdesReason(json);
  const apiGateway = apiGatewayReason(json);
  const reason = refused ?? apiGateway?.reason ?? null;
  const detail = [`HTTP ${status}`, reason?.reasonCode, answer.fault].filter(Boolean).join(', ');
  const isClear = reason !== null && !NO_CLEAR_NO.includes(status);
  const isPush = operation === 'pushMultipleAccounts';
  if (status < 400 || status >= 500 || (isPush && !isClear)) {
    return lost(operation, detail, reason, retryAfterSeconds);
  }
  const message = `${operation}: ${detail}`;
  const fail = (kind: 'UNAUTHORIZED' | 'UNAVAILABLE') => {
    const clockOffSeconds = kind === 'UNAUTHORIZED' ? clockOff(answer) : undefined;
    const clock =
      clockOffSeconds === undefined ? '' : `, our clock is ${inWords(clockOffSeconds)} that of MDES`;
    return new MdesError(kind, message + clock, reason, { retryAfterSeconds, clockOffSeconds });
  };
  if (status === 429) return new Throttled(message, reason, retryAfterSeconds);
  if (refused !== null) return new MdesRefusal(message, refused, retryAfterSeconds);
  if (status === 401 || status === 403) return fail('UNAUTHORIZED');
  if (apiGateway === null) return fail('UNAVAILABLE');
  if (apiGateway.authenticated) return new MdesRefusal(message, apiGateway.reason, retryAfterSeconds);
  const aboutUs = status === 400 || apiGateway.reason.reasonCode.startsWith('INVALID_');
  return fail(aboutUs ? 'UNAUTHORIZED' : 'UNAVAILABLE');
}

function clockOff({ clockAheadMs = 0 }: JsonAnswer): number | undefined {
  return Math.abs(clockAheadMs) > CLOCK_OFF_MS ? Math.round(clockAheadMs / 1000) : undefined;
}

function inWords(seconds: number): string {
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'before' : 'behind'}`;
}
