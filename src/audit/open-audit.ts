/** Opens the audit trail of a process: its first lines tell what was started, where, and with which configuration. */
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { AuditSettings, AuditTarget } from '../config/audit-settings.js';
import { WORKER } from '../config/workers.js';
import type { Clock } from '../domain/clock.js';
import { Secret } from '../domain/secret.js';
import { auditKeyMadeUp } from '../observability/audit-events.js';
import type { Logger } from '../observability/logger.js';
import type { LossyOutput } from '../observability/lossy-output.js';
import { AuditKey } from './audit-key.js';
import { FileSink } from './file-sink.js';
import type { AuditSink } from './sink.js';
import { SyslogSink } from './syslog-sink.js';
import { type Audit, type AuditState, AuditTrail } from './trail.js';

export type Program = 'gateway' | 'hold' | 'migrate';

interface OpenAuditDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly stdout: LossyOutput;
  /** Its number, where several processes serve on one port. */
  readonly worker?: number | undefined;
}

export interface OpenAudit extends Audit {
  state(): AuditState;
  /** With the line that tells a clean end. */
  close(): Promise<void>;
}

/** Where nothing is to be written. */
export const NO_AUDIT: OpenAudit = {
  record: () => undefined,
  state: () => 'off',
  close: async () => undefined,
};

/** @throws AuditSinkError that says what to mend */
export async function openAudit(
  program: Program,
  { target, keys, configuration }: AuditSettings,
  { clock, log, stdout, worker }: OpenAuditDeps,
): Promise<OpenAudit> {
  if (target === null) return NO_AUDIT;
  const sink = await openSink(target, stdout, program === 'gateway' ? String(worker ?? 1) : program);
  const [secret = new Secret(randomBytes(32))] = keys;
  if (keys.length === 0) auditKeyMadeUp(log);
  const trail = new AuditTrail({ sink, key: new AuditKey(secret), clock, log });
  const { pid, version: node } = process;
  trail.record({
    action: 'process.started',
    details: { program, worker, host: hostname(), pid, user: userName(), node },
  });
  trail.record({ action: 'configuration.read', details: { ...configuration } });
  return trail;
}

/** @param writer every process that writes to a file may have one of its own */
async function openSink(target: AuditTarget, stdout: LossyOutput, writer: string): Promise<AuditSink> {
  switch (target.kind) {
    case 'STDOUT':
      return {
        write: (line) => stdout.offer(line),
        isWell: () => !stdout.isStuck,
        end: () => stdout.end(),
      };
    case 'FILE':
      return FileSink.open(target.path.replaceAll(WORKER, writer));
    case 'SYSLOG':
      return SyslogSink.open(target);
    default:
      return target satisfies never;
  }
}

/** A container may run as a number that no user has. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}
