/** The audit trail of this process: one chain, from its start to its end. What cannot be written is counted in it, never passed over. */
import type { Clock } from '../domain/clock.js';
import { auditFailing, auditLost } from '../observability/audit-events.js';
import type { Logger } from '../observability/logger.js';
import type { AuditKey } from './audit-key.js';
import { Chain } from './chain.js';
import type { AuditSink } from './sink.js';

/** What there is to write about; docs/operating.md says what each means. */
export const AUDIT_ACTIONS = [
  'process.started',
  'configuration.read',
  'process.stopped',
  'lines.lost',
  'sign-in.refused',
  'access.refused',
  'limit.hit',
  'data.read',
  'push.asked',
  'push.ended',
  'push.refused',
  'push.handed-off',
  'push.outcome',
  'pushes.stopped',
  'pushes.resumed',
  'restore.accepted',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEvent {
  readonly action: AuditAction;
  readonly result?: string | undefined;
  /** Its `sub`: the line holds a keyed hash. */
  readonly accountHolder?: string | null | undefined;
  /** As the card store names them: the line holds keyed hashes. */
  readonly accounts?: readonly string[] | undefined;
  /** As they are: no secret, nothing that a caller can choose freely. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** Where events are written. */
export interface Audit {
  record(event: AuditEvent): void;
}

export type AuditState = 'off' | 'ready' | 'failing';

interface AuditTrailDeps {
  readonly sink: AuditSink;
  readonly key: AuditKey;
  readonly clock: Clock;
  readonly log: Logger;
}

export class AuditTrail implements Audit {
  readonly #deps: AuditTrailDeps;
  readonly #chain: Chain;
  #lost = 0;
  #isWell = true;

  constructor(deps: AuditTrailDeps) {
    this.#deps = deps;
    this.#chain = new Chain(deps.key);
  }

  record(event: AuditEvent): void {
    this.#tellOfLost();
    if (this.#lost > 0 || !this.#add(event)) this.#lost += 1;
    this.#look();
  }

  state(): AuditState {
    this.#look();
    return this.#isWell ? 'ready' : 'failing';
  }

  async close(): Promise<void> {
    this.record({ action: 'process.stopped' });
    await this.#deps.sink.end();
  }

  #tellOfLost(): void {
    if (this.#lost === 0) return;
    const lines = this.#lost;
    if (!this.#add({ action: 'lines.lost', details: { lines } })) return;
    this.#lost = 0;
    auditLost(this.#deps.log, lines);
  }

  #add({ action, result, accountHolder, accounts, details }: AuditEvent): boolean {
    const { clock, key, sink } = this.#deps;
    const fields = {
      time: new Date(clock.now()).toISOString(),
      action,
      result,
      holder: accountHolder == null ? undefined : key.hide('account-holder', accountHolder),
      ...details,
      accounts: accounts?.map((account) => key.hide('account', account)),
    };
    return this.#chain.add(fields, (line) => sink.write(line));
  }

  /** Said when it begins. */
  #look(): void {
    const isWell = this.#lost === 0 && this.#deps.sink.isWell();
    if (this.#isWell && !isWell) auditFailing(this.#deps.log);
    this.#isWell = isWell;
  }
}
