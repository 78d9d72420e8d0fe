/** Who asks, and where to log and audit on their behalf. */
import type { AuditBy } from '../audit/events.js';
import type { Grant } from '../domain/grant.js';
import type { UpstreamCalls } from '../domain/upstream-calls.js';
import type { Logger } from '../observability/logger.js';

export interface Caller {
  readonly accountHolder: string;
  readonly log: Logger;
  readonly audited: AuditBy;
}

/** What the access token says of the sign-in, and of the pushes that it is bound to. */
export type PushGrant = Pick<Grant, 'acr' | 'authTime' | 'pushes'>;

/** Who pushes is counted. */
export interface PushCaller extends Caller {
  /** The app, as the access token names it; null where it does not. */
  readonly client: string | null;
  /** The network address that the request came from. */
  readonly address: string;
  readonly grant: PushGrant;
  /** Of the operation that pushes. */
  readonly calls?: UpstreamCalls;
}
