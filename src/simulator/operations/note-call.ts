/** Notes a call for the timeline once its end is known, answered or not. */
import type { ServerResponse } from 'node:http';
import { parseJson } from '../http/parse-json.js';
import type { EventLog } from '../state/event-log.js';
import { type Operation, readRequestId } from './operation.js';

/** @returns to be told the body, once it has been read */
export function noteCall(
  events: EventLog,
  response: ServerResponse,
  call: { readonly operation: Operation; readonly fault: string | undefined },
): (body: Buffer | undefined) => void {
  const startedAt = Date.now();
  let requestId: string | undefined;
  response.once('close', () => {
    const status = response.writableFinished ? response.statusCode : null;
    events.note({ kind: 'CALL', ...call, requestId, status, ms: Date.now() - startedAt });
  });
  return (body) => {
    const json = body === undefined ? undefined : parseJson(body);
    if (json?.ok === true) requestId = readRequestId(json.value);
  };
}
