/** A trace id on every answer: the caller's own by W3C Trace Context, or a new one. */
import { randomBytes } from 'node:crypto';
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

/** Asked for many at once: sixteen random bytes alone cost more than all the rest. */
const IDS_AT_ONCE = 256;
let ids = '';
let used = 0;

export function newTraceId(): string {
  if (used === ids.length) {
    ids = randomBytes(16 * IDS_AT_ONCE).toString('hex');
    used = 0;
  }
  const id = ids.slice(used, used + 32);
  used += 32;
  // It goes past the log's last net: a trace id looks like no card number, whoever made it; nor may it be all zeros (W3C).
  return LONG_NUMBER.test(id) ? newTraceId() : id;
}
