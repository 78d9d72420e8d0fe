/** Who asks, and where to log and audit on their behalf. */
import type { AuditBy } from '../audit/events.js';
import type { Logger } from '../observability/logger.js';

export interface Caller {
  readonly accountHolder: string;
  readonly log: Logger;
  readonly audited: AuditBy;
}

/** Who pushes is counted. */
export interface PushCaller extends Caller {
  /** The app, as the access token names it; null where it does not. */
  readonly client: string | null;
  /** The network address that the request came from. */
  readonly address: string;
}
