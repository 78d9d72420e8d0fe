/** What is known of a request before Fastify gets it: it was read, and perhaps begun. */
import type { IncomingMessage } from 'node:http';
import type { FollowedOperation } from '../observability/telemetry.js';
import type { GatewayContext } from '../schema/context.js';

export interface PassedOn {
  /** Of all that is told of it. */
  readonly traceId: string;
  /** null: it is still to be read. */
  readonly body: Buffer | null;
  /** What it is executed with; null where it was not executed. */
  readonly context: GatewayContext | null;
  /** null where it has asked nobody for anything. */
  readonly followed: FollowedOperation | null;
}

/** On the request itself: it goes with it, and nobody has to hand it around. */
const PASSED_ON = Symbol('passed on');

interface Marked extends IncomingMessage {
  [PASSED_ON]?: PassedOn;
}

export function keepPassedOn(request: Marked, what: PassedOn): void {
  request[PASSED_ON] = what;
}

/** undefined: Fastify was the first to get it. */
export function passedOn(request: Marked): PassedOn | undefined {
  return request[PASSED_ON];
}
