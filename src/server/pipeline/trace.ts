/** A trace id on every answer: the caller's own by W3C Trace Context, or a new one. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { mayHoldCardNumber } from '../../observability/card-number-net.js';

export const TRACE_HEADER = 'x-trace-id';

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** In hexadecimal there is no card number without one of these. */
const LONG_NUMBER = /\d{12}/;
const NO_TRACE = '0'.repeat(32);

export function traceIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const { traceparent } = headers;
  const given = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  const isTaken =
    given !== undefined && given !== NO_TRACE && !(LONG_NUMBER.test(given) && mayHoldCardNumber(given));
  return isTaken ? given : newTraceId();
}

export function newTraceId(): string {
  // Node has the randomness of many at hand; asking for sixteen bytes costs more than all the rest.
  const uuid = randomUUID();
  const id = uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24);
  // It goes past the log's last net: a trace id looks like no card number, whoever made it.
  return LONG_NUMBER.test(id) ? newTraceId() : id;
}
