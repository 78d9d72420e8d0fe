/** The ledger of a single process: bounded, and gone with the process. */
import type { Clock } from '../domain/clock.js';
import { GatewayError } from '../domain/gateway-error.js';
import type { LedgerEntry, PushIdentity, PushLedger } from './ledger.js';
import { expired, type Push, type PushPhase, pushStatus } from './push.js';

const DAY_MS = 86_400_000;
const SWEEP_MS = 15_000;
/** Receipts live for 15 minutes: this is 55 pushes a second, in about 150 MB. */
const CAPACITY = 50_000;

interface Row {
  readonly key: string;
  readonly fingerprint: string;
  push: Push;
}

/** A key and its outcome live a day; receipts and digitization data only until they expire. */
export class MemoryLedger implements PushLedger {
  readonly #byKey = new Map<string, Row>();
  readonly #byId = new Map<string, Row>();
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: { readonly clock: Clock; readonly capacity?: number }) {
    this.#clock = options.clock;
    this.#capacity = options.capacity ?? CAPACITY;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  find(identity: PushIdentity): Promise<LedgerEntry | null> {
    return Promise.resolve(this.#entry(identity));
  }

  reserve(identity: PushIdentity, push: Push): Promise<LedgerEntry | null> {
    const taken = this.#entry(identity);
    if (taken !== null) return Promise.resolve(taken);
    if (this.#byKey.size >= this.#capacity) this.#sweep();
    if (this.#byKey.size >= this.#capacity) this.#dropOldestEnded();
    if (this.#byKey.size >= this.#capacity) {
      const message =
        'Too many pushes are under way. Nothing was pushed; try again with the same idempotencyKey.';
      return Promise.reject(new GatewayError('LEDGER_UNAVAILABLE', message, { retryAfterSeconds: 60 }));
    }
    const row: Row = { key: rowKey(identity), fingerprint: identity.fingerprint, push };
    this.#byKey.set(row.key, row);
    this.#byId.set(push.id, row);
    return Promise.resolve(null);
  }

  conclude(push: Push, phase: PushPhase): Promise<Push> {
    const concluded = { ...push, phase };
    const row = this.#byId.get(push.id);
    if (row !== undefined) row.push = concluded;
    return Promise.resolve(concluded);
  }

  release(push: Push): Promise<void> {
    this.#delete(this.#byId.get(push.id));
    return Promise.resolve();
  }

  get(accountHolder: string, pushId: string): Promise<Push | null> {
    const row = this.#byId.get(pushId);
    return Promise.resolve(row?.push.accountHolder === accountHolder ? this.#current(row) : null);
  }

  close(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#byKey.clear();
    this.#byId.clear();
    return Promise.resolve();
  }

  #entry(identity: PushIdentity): LedgerEntry | null {
    const row = this.#byKey.get(rowKey(identity));
    if (row === undefined) return null;
    if (row.fingerprint !== identity.fingerprint) return { kind: 'OTHER_INPUT' };
    return { kind: 'SAME_INPUT', push: this.#current(row) };
  }

  /** The push as it is now: what has expired is dropped for good. */
  #current(row: Row): Push {
    if (row.push.expiresAt <= this.#clock.now()) row.push = expired(row.push);
    return row.push;
  }

  #sweep(): void {
    const dayAgo = this.#clock.now() - DAY_MS;
    for (const row of this.#byKey.values()) {
      this.#current(row);
      if (row.push.createdAt <= dayAgo) this.#delete(row);
    }
  }

  /** A push whose end is settled makes room; one whose receipts live, or whose end is open, never does. */
  #dropOldestEnded(): void {
    for (const row of this.#byKey.values()) {
      const status = pushStatus(row.push);
      if (status !== 'EXPIRED' && status !== 'FAILED') continue;
      this.#delete(row);
      return;
    }
  }

  #delete(row: Row | undefined): void {
    if (row === undefined) return;
    this.#byKey.delete(row.key);
    this.#byId.delete(row.push.id);
  }
}

function rowKey({ accountHolder, idempotencyKey }: PushIdentity): string {
  return JSON.stringify([accountHolder, idempotencyKey]);
}
