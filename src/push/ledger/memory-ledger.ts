/** The ledger of a single process: bounded, and gone with the process. */
import type { Clock } from '../../domain/clock.js';
import { GatewayError } from '../../domain/gateway-error.js';
import { asOf, isAbandoned, type Push } from '../push.js';
import { pushStatus } from '../push-status.js';
import {
  HISTORY_LIFE_MS,
  KEY_LIFE_MS,
  type LedgerEntry,
  type PushIdentity,
  type PushLedger,
  type PushPage,
} from './ledger.js';

const SWEEP_MS = 15_000;
/** Receipts live for 15 minutes: this is 55 pushes a second, in about 150 MB. */
const CAPACITY = 50_000;
/** A push whose end is settled makes room; one whose receipts live, or whose end is open, never does. */
const SETTLED = ['EXPIRED', 'FAILED', 'COMPLETED', 'DECLINED', 'CANCELLED'];

interface Row {
  readonly key: string;
  readonly fingerprint: string;
  push: Push;
}

export class MemoryLedger implements PushLedger {
  readonly #byKey = new Map<string, Row>();
  /** In the order of their making. */
  readonly #byId = new Map<string, Row>();
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: { readonly clock: Clock; readonly capacity?: number }) {
    this.#clock = options.clock;
    this.#capacity = options.capacity ?? CAPACITY;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  async find(identity: PushIdentity): Promise<LedgerEntry | null> {
    return this.#entry(identity);
  }

  /** Without a pause from the look to the taking. */
  async reserve(identity: PushIdentity, push: Push): Promise<LedgerEntry | null> {
    const taken = this.#entry(identity);
    if (taken !== null) return taken;
    this.#delete(this.#byKey.get(rowKey(identity)));
    if (this.#byId.size >= this.#capacity) this.#sweep();
    if (this.#byId.size >= this.#capacity) this.#dropOldestSettled();
    if (this.#byId.size >= this.#capacity) {
      const message =
        'Too many pushes are under way. Nothing was pushed; try again with the same idempotencyKey.';
      throw new GatewayError('LEDGER_UNAVAILABLE', message, { retryAfterSeconds: 60 });
    }
    const row: Row = { key: rowKey(identity), fingerprint: identity.fingerprint, push };
    this.#byKey.set(row.key, row);
    this.#byId.set(push.id, row);
    return null;
  }

  async change(pushId: string, change: (push: Push) => Push | null): Promise<Push | null> {
    const row = this.#byId.get(pushId);
    if (row === undefined) return null;
    row.push = change(this.#current(row)) ?? row.push;
    return this.#current(row);
  }

  async release(_identity: PushIdentity, push: Push): Promise<void> {
    this.#delete(this.#byId.get(push.id));
  }

  async get(pushId: string): Promise<Push | null> {
    const row = this.#byId.get(pushId);
    return row === undefined ? null : this.#current(row);
  }

  async list(owner: string, first: number, after: string | null): Promise<PushPage | null> {
    const own = [...this.#byId.values()].filter(({ push }) => push.owner === owner).reverse();
    const position = after === null ? -1 : own.findIndex(({ push }) => push.id === after);
    if (after !== null && position < 0) return null;
    const rows = own.slice(position + 1, position + 1 + first);
    return {
      pushes: rows.map((row) => this.#current(row)),
      hasNextPage: own.length > position + 1 + first,
    };
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#byKey.clear();
    this.#byId.clear();
  }

  #entry(identity: PushIdentity): LedgerEntry | null {
    const row = this.#byKey.get(rowKey(identity));
    if (row === undefined || isAbandoned(row.push, this.#clock.now())) return null;
    if (row.fingerprint !== identity.fingerprint) return { kind: 'OTHER_INPUT' };
    return { kind: 'SAME_INPUT', push: this.#current(row) };
  }

  /** What has expired is dropped for good. */
  #current(row: Row): Push {
    row.push = asOf(row.push, this.#clock.now());
    return row.push;
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const row of this.#byId.values()) {
      this.#current(row);
      if (row.push.createdAt + KEY_LIFE_MS <= now && this.#byKey.get(row.key) === row)
        this.#byKey.delete(row.key);
      if (row.push.createdAt + HISTORY_LIFE_MS <= now) this.#delete(row);
    }
  }

  #dropOldestSettled(): void {
    for (const row of this.#byId.values()) {
      if (!SETTLED.includes(pushStatus(row.push, this.#clock.now()))) continue;
      this.#delete(row);
      return;
    }
  }

  #delete(row: Row | undefined): void {
    if (row === undefined) return;
    if (this.#byKey.get(row.key) === row) this.#byKey.delete(row.key);
    this.#byId.delete(row.push.id);
  }
}

function rowKey({ owner, idempotencyKey }: PushIdentity): string {
  return JSON.stringify([owner, idempotencyKey]);
}
