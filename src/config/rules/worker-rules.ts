/** What several workers on one port must share, or have each for itself: where it cannot be so the gateway does not start. */
import type { AuditTarget } from '../audit-settings.js';
import type { SettingReader } from '../setting-reader.js';
import { WORKER } from '../workers.js';

/** Notes a fault for each; embedded parts have theirs. */
export function checkWorkers(
  config: {
    readonly workers: number;
    readonly cache: object | null;
    readonly ledger: { readonly url: object | null };
    readonly audit: { readonly target: AuditTarget | null };
  },
  reader: SettingReader,
): void {
  if (config.workers === 1) return;
  if (config.cache === null) {
    reader.fault(
      'WORKERS is more than 1, and CACHE_URL names no Redis: each worker would fetch the catalogue, and count limits, for itself. Set CACHE_URL to redis://host:port, or WORKERS to 1.',
    );
  }
  if (config.ledger.url === null) {
    reader.fault(
      'WORKERS is more than 1, and LEDGER_URL names no database: each worker would know its own pushes alone, and send one twice. Set LEDGER_URL to postgres://user:password@host/database, or WORKERS to 1.',
    );
  }
  const { target } = config.audit;
  if (target?.kind === 'FILE' && !target.path.includes(WORKER)) {
    reader.fault(
      `WORKERS is more than 1: each worker needs an audit file of its own. Put ${WORKER} into the path of AUDIT_LOG, like file:/var/log/audit-${WORKER}.log, or set WORKERS to 1.`,
    );
  }
}
