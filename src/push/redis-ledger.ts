/** The ledger that all processes of an issuer share, and that outlives them: on Redis, in one step per operation. */
import { z } from 'zod';
import type { Clock } from '../domain/clock.js';
import { GatewayError } from '../domain/gateway-error.js';
import type { RedisConnection } from '../resilience/redis-connection.js';
import {
  HISTORY_LIFE_MS,
  KEY_LIFE_MS,
  type LedgerEntry,
  type PushIdentity,
  type PushLedger,
  type PushPage,
} from './ledger.js';
import { CHANGE, FIND, LIST, READ, RELEASE, RESERVE } from './ledger-scripts.js';
import { asOf, isAbandoned, type Push, UNDER_WAY_MS } from './push.js';
import { PushCodec } from './push-codec.js';
import type { PushKeys } from './push-keys.js';

export interface RedisLedgerOptions {
  readonly connection: RedisConnection;
  /** Who we are to MDES, and the format's version. */
  readonly namespace: string;
  readonly keys: PushKeys;
  readonly clock: Clock;
}

const RETRY_AFTER_SECONDS = 5;
/** Two who change the same push at once: one of them begins anew. */
const MOST_TRIES = 10;

const text = z.string().nullable();
const foundRow = z.tuple([text, text, text, text]).nullable();
const readRow = z.tuple([text, text, text]).nullable();
const openRows = z.array(z.string()).nullable();

interface Stored {
  readonly push: Push;
  readonly version: string;
}

/** What stands there is no push of ours: whoever cannot read it must not send. */
class Unreadable extends Error {}

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
    const row = await this.#run(
      foundRow,
      FIND,
      [this.#keyOf(identity), this.#push(''), this.#secrets('')],
      [],
    );
    return this.#entry(row, identity);
  }

  async reserve(identity: PushIdentity, push: Push): Promise<LedgerEntry | null> {
    const now = this.#clock.now();
    const row = await this.#run(
      foundRow,
      RESERVE,
      [this.#keyOf(identity), this.#push(''), this.#secrets(''), this.#ownersList(push.owner)],
      [
        push.id,
        identity.fingerprint,
        push.phase.kind,
        String(push.phaseSince),
        this.#codec.open(push),
        String(push.createdAt),
        String(now - UNDER_WAY_MS),
        String(KEY_LIFE_MS),
        String(HISTORY_LIFE_MS),
        String(now - HISTORY_LIFE_MS),
      ],
    );
    return this.#entry(row, identity);
  }

  async change(pushId: string, change: (push: Push) => Push | null): Promise<Push | null> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const stored = await this.#read(pushId);
      if (stored === null) return null;
      const changed = change(stored.push);
      if (changed === null) return stored.push;
      if (await this.#write(stored, changed)) return asOf(changed, this.#clock.now());
    }
    throw unavailable();
  }

  async release({ owner, idempotencyKey }: PushIdentity, push: Push): Promise<void> {
    const key = this.#keyOf({ owner, idempotencyKey });
    const rows = [key, this.#push(push.id), this.#secrets(push.id), this.#ownersList(owner)];
    await this.#run(z.unknown(), RELEASE, rows, [push.id]);
  }

  async get(pushId: string): Promise<Push | null> {
    return (await this.#read(pushId))?.push ?? null;
  }

  async list(owner: string, first: number, after: string | null): Promise<PushPage | null> {
    const rows = [this.#ownersList(owner), this.#push('')];
    const opens = await this.#run(openRows, LIST, rows, [after ?? '', String(first + 1)]);
    if (opens === null) return null;
    // One that has grown too old since, or cannot be read, is left out.
    const pushes = opens.slice(0, first).flatMap((open) => this.#codec.read(open, null) ?? []);
    return { pushes, hasNextPage: opens.length > first };
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #read(pushId: string): Promise<Stored | null> {
    const row = await this.#run(readRow, READ, [this.#push(pushId), this.#secrets(pushId)], []);
    if (row === null) return null;
    const [version, open, sealed] = row;
    const push = this.#codec.read(open, sealed);
    if (push === undefined || version === null) throw unavailable(new Unreadable());
    return { push: asOf(push, this.#clock.now()), version };
  }

  async #write({ push, version }: Stored, changed: Push): Promise<boolean> {
    const { secrets } = changed;
    const isNew = secrets !== null && secrets !== push.secrets;
    const life = Math.max(1, Math.round(changed.expiresAt - this.#clock.now()));
    const answer = await this.#run(
      z.number(),
      CHANGE,
      [this.#push(changed.id), this.#secrets(changed.id)],
      [
        version,
        changed.phase.kind,
        String(changed.phaseSince),
        this.#codec.open(changed),
        isNew ? this.#codec.sealed(changed, secrets) : '',
        String(life),
      ],
    );
    return answer === 1;
  }

  #entry(row: z.infer<typeof foundRow>, identity: PushIdentity): LedgerEntry | null {
    if (row === null) return null;
    const [fingerprint, , open, sealed] = row;
    const push = this.#codec.read(open, sealed);
    if (push === undefined) throw unavailable(new Unreadable());
    const now = this.#clock.now();
    if (isAbandoned(push, now)) return null;
    return fingerprint === identity.fingerprint
      ? { kind: 'SAME_INPUT', push: asOf(push, now) }
      : { kind: 'OTHER_INPUT' };
  }

  /** @throws GatewayError LEDGER_UNAVAILABLE whatever goes wrong */
  async #run<S extends z.ZodType>(
    answer: S,
    script: string,
    keys: string[],
    args: string[],
  ): Promise<z.output<S>> {
    try {
      return answer.parse(
        await this.#connection.run((client) => client.eval(script, { keys, arguments: args })),
      );
    } catch (error) {
      if (this.#connection.isUp) this.#connection.log.fault('asking', error);
      throw unavailable(error);
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

/** A cause that names the kind only: Redis repeats commands in its messages. */
function unavailable(cause?: unknown): GatewayError {
  const message =
    'The push ledger does not answer just now. Nothing was pushed by this request; try again with the same idempotencyKey.';
  return new GatewayError('LEDGER_UNAVAILABLE', message, {
    cause: new Error(
      `the ledger failed: ${cause instanceof Error ? cause.constructor.name : 'changed too often'}`,
    ),
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
