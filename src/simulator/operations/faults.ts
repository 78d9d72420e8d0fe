/** Faults that a test can order for an operation: they strike before the request is even authenticated. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiGatewayErrorBody, systemError } from '../api-gateway/api-gateway-error.js';
import { sendJson, sendText } from '../http/answer.js';
import { waitWhileOpen } from '../http/wait.js';
import { wireError } from '../wire/wire-error.js';

export const FAULTS = ['500', 'malformed', 'html', 'errors', 'reset', 'hang', 'delay'] as const;
type Fault = (typeof FAULTS)[number];

export interface OrderedFault {
  readonly fault: Fault;
  /** Waited before the fault strikes; for `delay` it is the whole fault. */
  readonly delayMs: number;
}

/** True when the request goes on as if nothing had happened. */
export async function strike(
  { fault, delayMs }: OrderedFault,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  await waitWhileOpen(response, delayMs);
  if (fault === 'delay') return !response.destroyed;
  request.resume();
  switch (fault) {
    case '500':
      sendJson(response, systemError.status, apiGatewayErrorBody(systemError));
      break;
    case 'malformed':
      sendText(response, 200, 'application/json', '{"responseId":"4f2c","tokenRequestors":[{"tokenReq');
      break;
    case 'html':
      sendText(response, 200, 'text/html', '<!doctype html><title>Maintenance</title><h1>Back soon</h1>');
      break;
    case 'errors':
      sendJson(response, 200, { errors: [wireError.internalFailure()] });
      break;
    case 'reset':
      request.socket.resetAndDestroy();
      break;
    case 'hang':
      break;
  }
  return false;
}
