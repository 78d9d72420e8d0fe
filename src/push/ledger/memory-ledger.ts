/** The ledger of a single process: bounded, and gone with the process. */
import type { Clock } from '../../domain/clock.js';
import { GatewayError } from '../../domain/gateway-error.js';
import { UNDER_WAY_MS } from '../../resilience/time-limits.js';
import { asOf, type NewPush, type Push, type PushEnd, withoutSecrets } from '../push.js';
import { fromCursor, type Position, toCursor } from './cursor.js';
import {
  type Attempt,
  HISTORY_LIFE_MS,
  type Holder,
  KEY_LIFE_MS,
  type PushIdentity,
  type PushLedger,
  type PushPage,
  type Reservation,
} from './ledger.js';

const SWEEP_MS = 15_000;
/** In about 150 MB. A key is kept for a day, whatever became of its push: this is one push in two seconds, all day. */
const CAPACITY = 50_000;

/** What stands under a key: an attempt that was reserved or sent. */
interface Key {
  readonly name: string;
  readonly attemptId: string;
  readonly input: string;
  readonly since: number;
  readonly isSent: boolean;
}

interface Row {
  readonly accountHolder: string;
  push: Push;
}

export class MemoryLedger implements PushLedger {
  readonly #keys = new Map<string, Key>();
  /** In the order of their making. */
  readonly #pushes = new Map<string, Row>();
  readonly #clock: Clock;
  readonly #capacity: number;
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: { readonly clock: Clock; readonly capacity?: number }) {
    this.#clock = options.clock;
    this.#capacity = options.capacity ?? CAPACITY;
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  /** Without a pause from the look to the taking. */
  async reserve({ id, identity }: Attempt): Promise<Reservation> {
    const now = this.#clock.now();
    const key = this.#keys.get(nameOf(identity));
    if (key !== undefined && !isFree(key, now)) return this.#standing(key, id, identity);
    if (key === undefined) this.#requireRoom();
    const name = nameOf(identity);
    this.#keys.set(name, { name, attemptId: id, input: identity.input, since: now, isSent: false });
    return { kind: 'OURS' };
  }

  async markSent({ id, identity }: Attempt, { validityMs, ...asked }: NewPush): Promise<Push | null> {
    const key = this.#keys.get(nameOf(identity));
    if (key?.attemptId !== id || key.isSent) return null;
    const now = this.#clock.now();
    this.#keys.set(key.name, { ...key, since: now, isSent: true });
    const push: Push = {
      ...asked,
      createdAt: now,
      expiresAt: now + validityMs,
      readAt: now,
      phase: { kind: 'SENT' },
      handedOff: null,
      handOffs: [],
    };
    this.#pushes.set(id, { accountHolder: identity.accountHolder, push });
    return push;
  }

  async conclude({ id, identity }: Attempt, sent: Push, end: PushEnd): Promise<Push> {
    const name = nameOf(identity);
    if (!this.#keys.get(name)?.isSent) {
      const key = { name, attemptId: id, input: identity.input, since: sent.createdAt, isSent: true };
      this.#keys.set(name, key);
    }
    const row = this.#pushes.get(sent.id) ?? { accountHolder: identity.accountHolder, push: sent };
    if (row.push.phase.kind === 'SENT') row.push = { ...row.push, ...end };
    this.#pushes.set(sent.id, row);
    return this.#current(row);
  }

  async release({ id, identity }: Attempt): Promise<void> {
    const phase = this.#pushes.get(id)?.push.phase.kind;
    if (phase !== undefined && phase !== 'SENT') return;
    this.#pushes.delete(id);
    const name = nameOf(identity);
    if (this.#keys.get(name)?.attemptId === id) this.#keys.delete(name);
  }

  async find(pushId: string, holder: Holder): Promise<Push | null> {
    const row = this.#pushes.get(pushId);
    return row === undefined || !isTheirs(row, holder) ? null : this.#current(row);
  }

  async change(pushId: string, holder: Holder, change: (push: Push) => Push | null): Promise<Push | null> {
    const row = this.#pushes.get(pushId);
    if (row === undefined || !isTheirs(row, holder)) return null;
    row.push = change(this.#current(row)) ?? row.push;
    return this.#current(row);
  }

  async history(accountHolder: string, first: number, after: string | null): Promise<PushPage> {
    const start = after === null ? null : fromCursor(accountHolder, after);
    const rows = [...this.#pushes.values()]
      .filter((row) => row.accountHolder === accountHolder)
      .sort((a, b) => newestFirst(a.push, b.push))
      .filter(({ push }) => start === null || newestFirst(start, push) < 0);
    return {
      entries: rows.slice(0, first).map((row) => {
        const push = this.#current(row);
        const shown = withoutSecrets(push);
        return { kind: 'PUSH', push: shown, cursor: toCursor(accountHolder, push) };
      }),
      hasNextPage: rows.length > first,
    };
  }

  state(): 'memory' {
    return 'memory';
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    this.#keys.clear();
    this.#pushes.clear();
  }

  #standing(key: Key, attemptId: string, { input }: PushIdentity): Reservation {
    if (key.attemptId === attemptId && !key.isSent) return { kind: 'OURS' };
    if (key.input !== input) return { kind: 'OTHER_INPUT' };
    const row = key.isSent ? this.#pushes.get(key.attemptId) : undefined;
    return row === undefined ? { kind: 'HELD' } : { kind: 'SAME_INPUT', push: this.#current(row) };
  }

  /** What has expired is dropped for good. */
  #current(row: Row): Push {
    row.push = asOf(row.push, this.#clock.now());
    return row.push;
  }

  /** A key that is settled stays for its whole day, whatever else would like its place. */
  #requireRoom(): void {
    const isFull = () => this.#keys.size >= this.#capacity || this.#pushes.size >= this.#capacity;
    if (isFull()) this.#sweep();
    if (!isFull()) return;
    throw new GatewayError(
      'LEDGER_UNAVAILABLE',
      'The push ledger is full. Nothing was pushed; try again later with the same idempotencyKey.',
      { retryAfterSeconds: 60 },
    );
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const key of this.#keys.values()) if (isFree(key, now)) this.#keys.delete(key.name);
    for (const row of this.#pushes.values()) {
      const { id, createdAt } = this.#current(row);
      if (createdAt + HISTORY_LIFE_MS <= now) this.#pushes.delete(id);
    }
    // Whose key is gone may go before its 30 days, the oldest first.
    for (const [id, { push }] of this.#pushes) {
      if (this.#pushes.size < this.#capacity || push.createdAt + KEY_LIFE_MS > now) break;
      this.#pushes.delete(id);
    }
  }
}

/** Expired, or reserved by somebody who is gone and has certainly not sent it. */
function isFree({ since, isSent }: Key, now: number): boolean {
  return since + (isSent ? KEY_LIFE_MS : UNDER_WAY_MS) <= now;
}

function isTheirs(row: Row, holder: Holder): boolean {
  return holder === 'anybody' || row.accountHolder === holder.accountHolder;
}

function newestFirst(a: Position, b: Position): number {
  return b.createdAt - a.createdAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function nameOf({ accountHolder, idempotencyKey }: PushIdentity): string {
  return JSON.stringify([accountHolder, idempotencyKey]);
}
