/** A caller of whom no line is written. */
import type { AuditBy } from '../../../src/audit/events.js';
import { NO_AUDIT } from '../../../src/audit/open-audit.js';

export const UNAUDITED: AuditBy = {
  audit: NO_AUDIT,
  accountHolder: null,
  client: null,
  address: '127.0.0.1',
  traceId: '',
};
