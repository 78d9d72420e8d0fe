/** What an operator orders by a command stands in the audit trail, in a chain of that process's own. */
import type { AuditSettings } from '../config/audit-settings.js';
import { systemClock } from '../domain/clock.js';
import { createLogger } from '../observability/logger.js';
import { LossyOutput, STDERR, STDOUT } from '../observability/lossy-output.js';
import { openAudit, type Program } from './open-audit.js';
import type { AuditEvent } from './trail.js';

/** @throws AuditSinkError, and then nothing was done; else what `work` throws, once that is told */
export async function auditedCommand<T>(
  program: Program,
  settings: AuditSettings,
  event: AuditEvent,
  work: () => Promise<T>,
): Promise<T> {
  const audit = await openAudit(program, settings, {
    clock: systemClock,
    log: createLogger('warn', new LossyOutput(STDERR)),
    stdout: new LossyOutput(STDOUT),
  });
  try {
    const done = await work();
    audit.record({ ...event, result: 'DONE' });
    return done;
  } catch (error) {
    audit.record({ ...event, result: 'FAILED' });
    throw error;
  } finally {
    await audit.close();
  }
}
