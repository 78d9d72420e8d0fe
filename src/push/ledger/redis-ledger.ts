/** The ledger that all processes of an issuer share, and that outlives them: on Redis, in one step per operation. */
import { z } from 'zod';
import type { Clock } from '../../domain/clock.js';
import type { RedisConnection } from '../../resilience/redis-connection.js';
import { asOf, isAbandoned, type Push } from '../push.js';
import {
  HISTORY_LIFE_MS,
  KEY_LIFE_MS,
  type LedgerEntry,
  type PushIdentity,
  type PushLedger,
  type PushPage,
} from './ledger.js';
import { ledgerSilent, nothingPushed, pushUnreadable } from './ledger-failures.js';
import { CHANGE, FIND, LIST, READ, RELEASE, RESERVE } from './ledger-scripts.js';
import { PushCodec } from './push-codec.js';
import type { PushKeys } from './push-keys.js';

interface RedisLedgerOptions {
  readonly connection: RedisConnection;
  /** Who we are to MDES, and the format's version. */
  readonly namespace: string;
  readonly keys: PushKeys;
  readonly clock: Clock;
}

/** Two who change the same push at once: one of them begins anew. */
const MOST_TRIES = 10;

const text = z.string().nullable();
const standingRow = z.tuple([text, text, text, text, text]).nullable();
const readRow = z.tuple([text, text, text]).nullable();
const openRows = z.array(z.tuple([z.string(), text])).nullable();

interface Stored {
  readonly push: Push;
  readonly version: string;
}

interface Standing extends Stored {
  readonly fingerprint: string;
}

export class RedisLedger implements PushLedger {
  readonly #connection: RedisConnection;
  readonly #namespace: string;
  readonly #keys: PushKeys;
  readonly #codec: PushCodec;
  readonly #clock: Clock;

  constructor({ connection, namespace, keys, clock }: RedisLedgerOptions) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#keys = keys;
    this.#codec = new PushCodec(keys);
    this.#clock = clock;
  }

  async find(identity: PushIdentity): Promise<LedgerEntry | null> {
    const rows = [this.#keyOf(identity), this.#push(''), this.#secrets('')];
    const row = await this.#run('finding', standingRow, FIND, rows, []).catch(nothingPushed);
    return row === null ? null : this.#entry(this.#standing(row), identity);
  }

  async reserve(identity: PushIdentity, push: Push): Promise<LedgerEntry | null> {
    let abandoned: Standing | null = null;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const row = await this.#take(identity, push, abandoned).catch(nothingPushed);
      if (row === null) return null;
      const standing = this.#standing(row);
      const entry = this.#entry(standing, identity);
      if (entry !== null) return entry;
      abandoned = standing;
    }
    return nothingPushed();
  }

  async change(pushId: string, change: (push: Push) => Push | null): Promise<Push | null> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const stored = await this.#read(pushId);
      if (stored === null) return null;
      const changed = change(stored.push);
      if (changed === null) return stored.push;
      const current = asOf(changed, this.#clock.now());
      if (await this.#write(stored, current)) return current;
    }
    throw ledgerSilent();
  }

  async release(identity: PushIdentity, { id, owner }: Push): Promise<void> {
    const rows = [this.#keyOf(identity), this.#push(id), this.#secrets(id), this.#ownersList(owner)];
    await this.#run('releasing', z.literal(1), RELEASE, rows, [id]);
  }

  async get(pushId: string): Promise<Push | null> {
    return (await this.#read(pushId))?.push ?? null;
  }

  /** Without secrets: nobody hands off from a list. */
  async list(owner: string, first: number, after: string | null): Promise<PushPage | null> {
    const rows = [this.#ownersList(owner), this.#push('')];
    const found = await this.#run('listing', openRows, LIST, rows, [after ?? '', String(first + 1)]);
    if (found === null) return null;
    // One that has grown too old since, or cannot be read, hides none of the others.
    const pushes = found
      .slice(0, first)
      .flatMap(([id, open]) => (open === null ? [] : (this.#codec.read(id, open, null) ?? [])));
    const [, nextOpen = null] = found[first] ?? [];
    return { pushes, hasNextPage: nextOpen !== null };
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #read(pushId: string): Promise<Stored | null> {
    const rows = [this.#push(pushId), this.#secrets(pushId)];
    const row = await this.#run('reading', readRow, READ, rows, []);
    return row === null ? null : this.#stored(pushId, ...row);
  }

  /** @param abandoned stands there, and may be replaced if it has not changed since */
  #take({ fingerprint, ...key }: PushIdentity, push: Push, abandoned: Standing | null) {
    const rows = [this.#keyOf(key), this.#push(''), this.#secrets(''), this.#ownersList(push.owner)];
    const tooOld = push.createdAt - HISTORY_LIFE_MS;
    return this.#run('reserving', standingRow, RESERVE, rows, [
      push.id,
      fingerprint,
      this.#codec.open(push),
      ...[push.createdAt, KEY_LIFE_MS, HISTORY_LIFE_MS, tooOld].map(String),
      abandoned?.push.id ?? '',
      abandoned?.version ?? '',
    ]);
  }

  /** False when somebody else has changed it since. */
  async #write({ push: known, version }: Stored, { id, secrets, ...rest }: Push): Promise<boolean> {
    const rows = [this.#push(id), this.#secrets(id)];
    const change = [version, this.#codec.open({ id, secrets, ...rest })];
    if (secrets === null) change.push('DROP');
    else if (secrets === known.secrets) change.push('KEEP');
    else {
      // Redis takes whole milliseconds, and at least one.
      const life = Math.max(1, Math.ceil(rest.expiresAt - this.#clock.now()));
      change.push('SET', this.#codec.sealed(id, secrets), String(life));
    }
    return (await this.#run('changing', z.union([z.literal(0), z.literal(1)]), CHANGE, rows, change)) === 1;
  }

  /** null: whoever reserved it is gone, and has certainly not sent it. */
  #entry({ push, fingerprint }: Standing, identity: PushIdentity): LedgerEntry | null {
    if (isAbandoned(push, this.#clock.now())) return null;
    return fingerprint === identity.fingerprint ? { kind: 'SAME_INPUT', push } : { kind: 'OTHER_INPUT' };
  }

  #standing([id, fingerprint, ...row]: NonNullable<z.output<typeof standingRow>>): Standing {
    if (id === null || fingerprint === null) throw pushUnreadable();
    return { ...this.#stored(id, ...row), fingerprint };
  }

  #stored(id: string, version: string | null, open: string | null, sealed: string | null): Stored {
    const push = open === null ? undefined : this.#codec.read(id, open, sealed);
    if (push === undefined || version === null) throw pushUnreadable();
    return { push: asOf(push, this.#clock.now()), version };
  }

  /** @throws GatewayError LEDGER_UNAVAILABLE; what was asked for may have been done all the same */
  async #run<S extends z.ZodType>(
    doing: string,
    answer: S,
    script: string,
    keys: string[],
    values: string[],
  ): Promise<z.output<S>> {
    try {
      const reply = await this.#connection.run((client) => client.eval(script, { keys, arguments: values }));
      return answer.parse(reply);
    } catch (error) {
      // That Redis is away at all has been said by the connection.
      if (this.#connection.isUp) this.#connection.log.fault(doing, error);
      throw ledgerSilent();
    }
  }

  /** The key itself may hold anything that a front end likes, and is not kept. */
  #keyOf({ owner, idempotencyKey }: Pick<PushIdentity, 'owner' | 'idempotencyKey'>): string {
    return `${this.#namespace}:key:${this.#keys.fingerprint(JSON.stringify([owner, idempotencyKey]))}`;
  }

  #push(pushId: string): string {
    return `${this.#namespace}:push:${pushId}`;
  }

  #secrets(pushId: string): string {
    return `${this.#namespace}:sealed:${pushId}`;
  }

  #ownersList(owner: string): string {
    return `${this.#namespace}:owner:${owner}`;
  }
}
