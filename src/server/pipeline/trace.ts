/** A trace id on every answer: the caller's own by W3C Trace Context, or a new one. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const TRACE_HEADER = 'x-trace-id';

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const NO_TRACE = '0'.repeat(32);

export function traceIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const { traceparent } = headers;
  const given = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
  return given === undefined || given === NO_TRACE ? newTraceId() : given;
}

export function newTraceId(): string {
  // Node has the randomness of many at hand; asking for sixteen bytes costs more than all the rest.
  const id = randomUUID().replaceAll('-', '');
  // One that the log's last net could take for a card number would be masked there, and found by nobody.
  return /\d{16}/.test(id) ? newTraceId() : id;
}
