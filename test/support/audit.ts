/** Audit lines as tests look at them. */
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { AuditKey } from '../../src/audit/audit-key.js';
import { LINE_START } from '../../src/audit/chain.js';
import type { AuditSink } from '../../src/audit/sink.js';
import { AuditTrail } from '../../src/audit/trail.js';
import { type AuditVerdict, AuditVerifier } from '../../src/audit/verify.js';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';

export const auditKey = () => new AuditKey(new Secret(randomBytes(32)));

/** In memory, for as long as there is room. */
export class MemorySink implements AuditSink {
  readonly lines: string[] = [];
  room = Number.POSITIVE_INFINITY;
  well = true;

  write(line: string): boolean {
    if (this.room <= 0) return false;
    this.room -= 1;
    this.lines.push(line.trimEnd());
    return true;
  }

  isWell(): boolean {
    return this.well;
  }

  end(): Promise<void> {
    return Promise.resolve();
  }
}

export function trailInto(sink: AuditSink, key = auditKey()) {
  const logged: Record<string, unknown>[] = [];
  const output = new PassThrough().on('data', (line: Buffer) => logged.push(JSON.parse(line.toString())));
  const trail = new AuditTrail({
    sink,
    key,
    clock: { now: () => Date.now() },
    log: createLogger('info', output),
  });
  return { trail, key, logged };
}

/** Of a file `log`, whose first line is 1. */
export function verdictOf(
  lines: readonly string[],
  keys: readonly AuditKey[],
  { isPart = false } = {},
): AuditVerdict {
  const verifier = new AuditVerifier(keys, { isPart });
  for (const [index, line] of lines.entries()) verifier.read(line, `log:${index + 1}`);
  return verifier.end();
}

export interface AuditRecord {
  readonly action: string;
  readonly seq: number;
  readonly chain: string;
  readonly [name: string]: unknown;
}

/** The audit lines in a text that holds others too. */
export function recordsIn(text: string): AuditRecord[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(LINE_START))
    .map((line) => JSON.parse(line) as AuditRecord);
}
