/** Stops pushes, lists what is stopped, and lets go again: what `npm run hold` does to the ledger's database. */
import type pg from 'pg';
import { z } from 'zod';
import type { TlsSettings } from '../../../domain/network/outward.js';
import type { Secret } from '../../../domain/secret.js';
import { LedgerKeys } from '../ledger-keys.js';
import { type HoldTarget, holdSubject, NO_KEY, subjectsOf } from './hold-subjects.js';
import { withClient } from './operate.js';

interface HoldsOptions {
  readonly url: Secret<string>;
  readonly tls?: TlsSettings;
  readonly issuer: string;
  readonly keys: readonly Secret<Buffer>[];
}

const holdRows = z.array(
  z.object({
    subject: z.string(),
    key_id: z.string(),
    sealed_name: z.instanceof(Buffer).nullable(),
    note: z.string(),
    since: z.date(),
  }),
);
type HoldRow = z.infer<typeof holdRows>[number];

/** Each gives what to tell the operator. @throws UnfitDatabase that says what to mend */
export class Holds {
  readonly #database: Pick<HoldsOptions, 'url' | 'tls'>;
  readonly #issuer: string;
  readonly #keys: LedgerKeys;

  constructor({ issuer, keys, ...database }: HoldsOptions) {
    this.#database = database;
    this.#issuer = issuer;
    this.#keys = new LedgerKeys(keys);
  }

  set(target: HoldTarget, note: string): Promise<string> {
    const key = this.#keys.writing;
    const subject = holdSubject(target, key);
    const isHolder = target.kind === 'account-holder';
    const name = isHolder ? key.seal(target.name, this.#context(subject)) : null;
    return withClient(this.#database, async (client) => {
      await client.query(
        `insert into ledger_hold (issuer, subject, key_id, sealed_name, note) values ($1, $2, $3, $4, $5)
on conflict (issuer, subject) do update set note = excluded.note`,
        [this.#issuer, subject, isHolder ? key.id : NO_KEY, name, note],
      );
      const underOtherKeys = subjectsOf(this.#keys, target).filter((one) => one !== subject);
      await this.#delete(client, underOtherKeys);
      return `Stopped: ${inWords(target)}. Every process sees it from its next push on; what is being sent now still is.`;
    });
  }

  lift(target: HoldTarget): Promise<string> {
    return withClient(this.#database, async (client) => {
      const count = await this.#delete(client, subjectsOf(this.#keys, target));
      const others = (await this.#rows(client)).length;
      const left =
        others === 0 ? 'Nothing else is stopped.' : `${others} other hold(s) stand: list shows them.`;
      return `${count === 0 ? 'Was not stopped' : 'Lifted'}: ${inWords(target)}. ${left}`;
    });
  }

  list(): Promise<string> {
    return withClient(this.#database, async (client) => {
      const rows = await this.#rows(client);
      return rows.length === 0 ? 'Nothing is stopped.' : rows.map((row) => this.#line(row)).join('\n');
    });
  }

  async #delete(client: pg.Client, subjects: readonly string[]): Promise<number> {
    const { rowCount } = await client.query(
      'delete from ledger_hold where issuer = $1 and subject = any($2::text[])',
      [this.#issuer, subjects],
    );
    return rowCount ?? 0;
  }

  async #rows(client: pg.Client): Promise<HoldRow[]> {
    const { rows } = await client.query(
      'select subject, key_id, sealed_name, note, since from ledger_hold where issuer = $1 order by since, subject',
      [this.#issuer],
    );
    return holdRows.parse(rows);
  }

  #line({ subject, key_id, sealed_name, note, since }: HoldRow): string {
    const name =
      sealed_name === null ? null : this.#keys.byId(key_id)?.open(sealed_name, this.#context(subject));
    const whom =
      name === null
        ? subject
        : name === undefined
          ? 'an account holder whose name needs a ledger key that LEDGER_KEYS lacks; until it is there, ALL pushes are stopped'
          : `account-holder ${name}`;
    const said = [since.toISOString(), whom, note].filter((part) => part !== '').join('  ');
    // It may go where audit lines are collected: nothing that somebody has written in a note is taken for one.
    return said.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll('"', "'");
  }

  #context(subject: string): string {
    return JSON.stringify(['hold', this.#issuer, subject]);
  }
}

function inWords(target: HoldTarget): string {
  return target.kind === 'all' ? 'all pushes' : `pushes of ${target.kind} ${target.name}`;
}
