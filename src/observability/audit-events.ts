/** One function per event of the audit trail itself: that it fails must be noticed outside of it. */
import type { Logger } from './logger.js';

/** What AUDIT_LOG names takes no lines just now: they wait, and the oldest stay. */
export function auditFailing(log: Logger): void {
  log.error({ event: 'audit.failing' }, 'audit lines cannot be written');
}

/** There was no room left for them; the trail tells the same, where they are missing. */
export function auditLost(log: Logger, lines: number): void {
  log.error({ event: 'audit.lost', lines }, 'audit lines were lost');
}

/** Nobody will know the key when this process has ended. */
export function auditKeyMadeUp(log: Logger): void {
  log.warn(
    { event: 'audit.no-key' },
    'neither AUDIT_KEYS nor LEDGER_KEYS is set: nobody can verify the audit lines',
  );
}
