/** The ledger that all processes of an issuer share, and that outlives them: in PostgreSQL, one statement for each step. */
import { z } from 'zod';
import type { NewPush, Push, PushEnd } from '../../push.js';
import { fromCursor, toCursor } from '../cursor.js';
import type {
  Attempt,
  Holder,
  LedgerState,
  PushIdentity,
  PushLedger,
  PushPage,
  Reservation,
} from '../ledger.js';
import { ledgerSilent, nothingPushed, pushUnreadable } from '../ledger-failures.js';
import type { LedgerKeys } from '../ledger-keys.js';
import type { Entrance } from './client-settings.js';
import type { Database, Run } from './database.js';
import { holdSubjects, keyIds } from './hold-subjects.js';
import { type MarkMemory, Progress } from './progress.js';
import { type PushColumns, pushColumns, ROW_FORMAT, readRow, sealContent, sealSecrets } from './push-row.js';
import type { Statement } from './statements.js';
import * as statements from './statements.js';

/** Two who change the same push at once: one of them begins anew. */
const MOST_TRIES = 10;
const SWEEP_MS = 5000;

const standingRow = z.object({
  key_hash: z.string(),
  input: z.string(),
  attempt: z.string(),
  sent: z.boolean(),
  settled: z.boolean(),
  number: z.coerce.bigint().nullable(),
});
const markedRow = z.object({
  created_at: z.number().transform(Math.round),
  expires_at: z.number().transform(Math.round),
});
const concludedRow = z.object({ read_at: z.number().transform(Math.round) });
const changedRow = z.object({ revision: z.number() });
const historyRow = z.object({ id: z.string(), created_at: z.number().transform(Math.round) });

/** What the rows of a push are found under. */
interface Hashes {
  readonly hashes: readonly string[];
  readonly inputs: readonly string[];
  readonly owners: readonly string[];
  /** Under the key that writes. */
  readonly owner: string;
}

interface PostgresLedgerOptions {
  readonly issuer: string;
  readonly keys: LedgerKeys;
  /** null: a process that starts after the database has gone back cannot know. */
  readonly marks: MarkMemory | null;
}

export class PostgresLedger implements PushLedger {
  readonly #issuer: string;
  readonly #keys: LedgerKeys;
  readonly #database: Database;
  readonly #marks: MarkMemory | null;
  readonly #progress = new Progress();
  readonly #hashes = new WeakMap<PushIdentity, Hashes>();
  readonly #sweeper: NodeJS.Timeout;

  /** @param openDatabase is given what must hold before the database is used */
  constructor(
    openDatabase: (check: (run: Run) => Promise<void>) => Database,
    { issuer, keys, marks }: PostgresLedgerOptions,
  ) {
    this.#issuer = issuer;
    this.#keys = keys;
    this.#marks = marks;
    this.#database = openDatabase((run) => this.#check(run));
    this.#sweeper = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
  }

  async reserve({ id, identity }: Attempt): Promise<Reservation> {
    const { hashes, inputs, owners } = this.#hashesOf(identity);
    const before = this.#progress.number;
    const values = [this.#issuer, hashes, inputs, id, holdSubjects(identity, owners), keyIds(this.#keys)];
    const rows = await this.#run('reserving', statements.RESERVE, values, z.unknown()).catch(nothingPushed);
    if (rows.length === 0) return { kind: 'STOPPED' };
    const standing = rows.map((row) => ({ row, ...standingRow.parse(row) }));
    for (const { number } of standing) {
      if (number !== null && !this.#progress.numbered(number, before)) {
        this.#database.standAside();
        return nothingPushed();
      }
    }
    if (standing.length === hashes.length && standing.every(({ attempt, sent }) => attempt === id && !sent)) {
      return { kind: 'OURS' };
    }
    const other = standing.find(({ sent }) => sent) ?? standing.find(({ attempt }) => attempt !== id);
    if (other === undefined) throw pushUnreadable();
    if (inputs[hashes.indexOf(other.key_hash)] !== other.input) return { kind: 'OTHER_INPUT' };
    const columns = pushColumns.safeParse(other.row).data;
    if (other.sent && columns !== undefined) return { kind: 'SAME_INPUT', push: this.#read(columns) };
    // Marked in this very moment, its row is not to be seen yet; later it would be one that has vanished.
    if (other.sent && other.settled) throw pushUnreadable();
    return { kind: 'HELD' };
  }

  async markSent({ id, identity }: Attempt, { validityMs, ...asked }: NewPush): Promise<Push | null> {
    const key = this.#keys.writing;
    const { hashes, owner } = this.#hashesOf(identity);
    const begun = { ...asked, phase: { kind: 'SENT' }, handedOff: null, handOffs: [] } as const;
    const content = sealContent(key, { issuer: this.#issuer, id, owner }, begun);
    const values = [this.#issuer, hashes, id, owner, key.id, ROW_FORMAT, validityMs, content];
    const [row] = await this.#run('marking', statements.MARK_SENT, values, markedRow).catch(nothingPushed);
    if (row === undefined) return null;
    return { ...begun, createdAt: row.created_at, expiresAt: row.expires_at, readAt: row.created_at };
  }

  async conclude({ identity }: Attempt, sent: Push, end: PushEnd): Promise<Push> {
    const key = this.#keys.writing;
    const { hashes, inputs, owner } = this.#hashesOf(identity);
    const row = { issuer: this.#issuer, id: sent.id, owner };
    const ended = { ...sent, ...end };
    const [concluded] = await this.#run(
      'concluding',
      statements.CONCLUDE,
      [
        this.#issuer,
        hashes,
        inputs,
        sent.id,
        owner,
        key.id,
        ROW_FORMAT,
        sent.createdAt,
        sent.expiresAt,
        sealContent(key, row, ended),
        sealSecrets(key, row, ended),
      ],
      concludedRow,
    );
    return { ...ended, readAt: concluded?.read_at ?? sent.readAt };
  }

  async release({ id, identity }: Attempt): Promise<void> {
    const { hashes } = this.#hashesOf(identity);
    await this.#run('releasing', statements.RELEASE, [this.#issuer, id, hashes], z.unknown());
  }

  async find(pushId: string, holder: Holder): Promise<Push | null> {
    const row = await this.#find(pushId, holder);
    return row === null ? null : this.#read(row);
  }

  async change(pushId: string, holder: Holder, change: (push: Push) => Push | null): Promise<Push | null> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const row = await this.#find(pushId, holder);
      if (row === null) return null;
      const known = this.#read(row);
      const changed = change(known);
      if (changed === null) return known;
      if (await this.#write(row, changed)) return changed;
    }
    throw ledgerSilent();
  }

  async history(accountHolder: string, first: number, after: string | null): Promise<PushPage> {
    const start = after === null ? null : fromCursor(accountHolder, after);
    const owners = this.#keys.hashes('owner', accountHolder);
    const values = [this.#issuer, owners, start?.createdAt ?? null, start?.id ?? null, first + 1];
    const rows = await this.#run('listing', statements.HISTORY, values, z.unknown());
    const entries = rows.slice(0, first).map((row) => {
      const { id, created_at: createdAt } = historyRow.parse(row);
      const columns = pushColumns.safeParse(row).data;
      const push = columns && readRow(this.#keys, this.#issuer, columns);
      const cursor = toCursor(accountHolder, { createdAt, id });
      if (push !== undefined) return { kind: 'PUSH', push, cursor } as const;
      this.#database.log.fault('reading a push', new Unreadable());
      return { kind: 'UNREADABLE', id, createdAt, cursor } as const;
    });
    return { entries, hasNextPage: rows.length > first };
  }

  state(): LedgerState {
    return this.#database.isUp ? 'ready' : 'unavailable';
  }

  /** For who shares the database with other ledgers. */
  stopSweeping(): void {
    clearInterval(this.#sweeper);
  }

  replaceEntrance(entrance: Entrance): void {
    this.#database.replaceEntrance(entrance);
  }

  close(): Promise<void> {
    this.stopSweeping();
    return this.#database.close();
  }

  /** Deletes what has outlived its time; what is left comes next time. */
  async #sweep(): Promise<void> {
    try {
      for (const statement of statements.SWEEPS) await this.#database.run(statement, []);
    } catch (error) {
      if (this.#database.isUp) this.#database.log.fault('sweeping', error);
    }
  }

  async #find(pushId: string, holder: Holder): Promise<PushColumns | null> {
    const owners = holder === 'anybody' ? null : this.#keys.hashes('owner', holder.accountHolder);
    const values = [this.#issuer, pushId, owners];
    const [row] = await this.#run('reading', statements.FIND, values, z.unknown());
    if (row === undefined) return null;
    const columns = pushColumns.safeParse(row).data;
    if (columns === undefined) throw this.#unreadable();
    return columns;
  }

  /** False when somebody else has changed it since. Sealed with the row's own key, as its secrets are. */
  async #write(row: PushColumns, push: Push): Promise<boolean> {
    const key = this.#keys.byId(row.key_id);
    if (key === undefined) throw this.#unreadable();
    const content = sealContent(key, { issuer: this.#issuer, id: row.id, owner: row.owner }, push);
    const values = [this.#issuer, row.id, row.revision, content];
    const changed = await this.#run('changing', statements.CHANGE, values, changedRow);
    return changed.length > 0;
  }

  #read(row: PushColumns): Push {
    const push = readRow(this.#keys, this.#issuer, row);
    if (push === undefined) throw this.#unreadable();
    return push;
  }

  #unreadable(): Error {
    this.#database.log.fault('reading a push', new Unreadable());
    return pushUnreadable();
  }

  /** The key itself may hold anything that a front end likes, and is not kept. Each step of an attempt asks for them. */
  #hashesOf(identity: PushIdentity): Hashes {
    const known = this.#hashes.get(identity);
    if (known !== undefined) return known;
    const { accountHolder, idempotencyKey, input } = identity;
    const name = JSON.stringify([accountHolder, idempotencyKey]);
    // In one order, so that nobody waits in a circle.
    const pairs = this.#keys.all
      .map((key) => ({ hash: key.hash('key', name), input: key.hash('input', input) }))
      .sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const owners = this.#keys.hashes('owner', accountHolder);
    // The first key is the one that writes.
    const [owner = ''] = owners;
    const hashes = {
      hashes: pairs.map(({ hash }) => hash),
      inputs: pairs.map((pair) => pair.input),
      owners,
      owner,
    };
    this.#hashes.set(identity, hashes);
    return hashes;
  }

  /** @throws UnfitDatabase */
  async #check(run: Run): Promise<void> {
    const ids = this.#keys.all.map(({ id }) => id);
    // Before it is counted on: what is remembered is then less than what is counted.
    const known = this.#progress.mark ?? (await this.#marks?.recall()) ?? null;
    const [row] = await run(statements.COUNT_ON, [this.#issuer, this.#keys.writing.id, ids]);
    try {
      this.#progress.counted(row, known);
    } finally {
      const { hasGoneBack, acceptedAt } = this.#progress;
      if (hasGoneBack) await run(statements.NOTE_GONE_BACK, [this.#issuer, acceptedAt]);
    }
    const { mark } = this.#progress;
    if (mark !== null) this.#marks?.remember(mark);
  }

  /** @throws GatewayError LEDGER_UNAVAILABLE; what was asked for may be carried out all the same */
  async #run<S extends z.ZodType>(
    doing: string,
    statement: Statement,
    values: readonly unknown[],
    row: S,
  ): Promise<z.output<S>[]> {
    try {
      return (await this.#database.run(statement, values)).map((found) => row.parse(found));
    } catch (error) {
      // That the database is away at all has been said.
      if (this.#database.isUp) this.#database.log.fault(doing, error);
      throw ledgerSilent();
    }
  }
}

class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
