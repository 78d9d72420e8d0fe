/** Where audit lines go. Nobody ever waits for it. */

export interface AuditSink {
  /** In the order in which they come. false: there is no room, the line was not taken. */
  write(line: string): boolean;
  /** Whether what is taken gets where it belongs just now. */
  isWell(): boolean;
  /** What waits has a moment to get there. */
  end(): Promise<void>;
}

/** AUDIT_LOG cannot be used. The message says what to mend. */
export class AuditSinkError extends Error {
  override readonly name = 'AuditSinkError';
}
