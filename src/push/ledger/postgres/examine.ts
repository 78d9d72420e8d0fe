/** Looks at a database before it is used: whether it can hold the ledger, and what it does not guarantee. */
import type pg from 'pg';
import { z } from 'zod';
import { migrate, readSchemaState } from './migrations.js';

const OLDEST_VERSION = 130_000;

const settings = z.object({
  version: z.coerce.number(),
  standby: z.boolean(),
  readOnly: z.string(),
  synchronousCommit: z.string(),
  fsync: z.string(),
  fullPageWrites: z.string(),
  synchronousStandbys: z.string(),
});
export type DatabaseSettings = z.output<typeof settings>;

/** Through `current_setting(…, true)`: what speaks PostgreSQL's protocol need not know all of them. */
const LOOK = `select
  coalesce(current_setting('server_version_num', true), '0') as version,
  pg_is_in_recovery() as standby,
  coalesce(current_setting('transaction_read_only', true), 'off') as "readOnly",
  coalesce(current_setting('synchronous_commit', true), 'unknown') as "synchronousCommit",
  coalesce(current_setting('fsync', true), 'unknown') as fsync,
  coalesce(current_setting('full_page_writes', true), 'unknown') as "fullPageWrites",
  coalesce(current_setting('synchronous_standby_names', true), '') as "synchronousStandbys"`;

export const GONE_BACK =
  'the database has gone back in time (restored or emptied), and keys that it has forgotten would push again: read "A restored ledger" in docs/operating.md, then npm run migrate -- --accept-restore.';

/** Why a database cannot hold the ledger, in one sentence that says what to mend. */
export class UnfitDatabase extends Error {
  override readonly name = 'UnfitDatabase';
}

/** Makes missing tables where it may. Gives what is not guaranteed. @throws UnfitDatabase, or what the client throws */
export async function examine(client: pg.ClientBase): Promise<string[]> {
  const { caveats, missing } = await lookAt(client);
  if (missing > 0) await makeTables(client);
  return caveats;
}

/** Changes nothing. Gives what is not guaranteed, and how many migrations are missing. @throws as `examine` */
export async function lookAt(
  client: pg.ClientBase,
): Promise<{ readonly caveats: string[]; readonly missing: number }> {
  const { rows } = await client.query(LOOK);
  const found = settings.parse(rows[0]);
  const fault = unfitness(found);
  if (fault !== null) throw new UnfitDatabase(fault);
  const schema = await readSchemaState(client);
  if (schema.needs > schema.known) {
    throw new UnfitDatabase(
      `the tables are of a newer release (migration ${schema.needs}, this one knows ${schema.known}): run that release, or a newer one.`,
    );
  }
  return { caveats: ledgerCaveats(found), missing: schema.missing.length };
}

/** Whether a process has noticed that it went back in time, and no operator has accepted that. Its tables are up to date. */
export async function hasGoneBack(client: pg.ClientBase, issuer: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from ledger_progress where issuer = $1 and gone_back_at > coalesce(accepted_at, '-infinity')",
    [issuer],
  );
  return rowCount !== 0;
}

export function unfitness({ version, standby, readOnly }: DatabaseSettings): string | null {
  if (version < OLDEST_VERSION) {
    return `the server is older than PostgreSQL 13 (server_version_num ${version}): upgrade it.`;
  }
  if (standby) return 'LEDGER_URL leads to a standby, which cannot be written: name the primary.';
  if (readOnly === 'on') return 'the database is read-only: set default_transaction_read_only to off.';
  return null;
}

/** What a database of these settings does not promise, in words for its operators; empty when all is well. */
export function ledgerCaveats(found: DatabaseSettings): string[] {
  const again = 'and a repeated idempotencyKey may push again';
  const caveats: string[] = [];
  if (found.fsync !== 'on') {
    caveats.push(`a crash of the database's machine may destroy the ledger, ${again}: set fsync to on.`);
  }
  if (found.fullPageWrites !== 'on') {
    caveats.push(`a crash may leave half-written pages, ${again}: set full_page_writes to on.`);
  }
  if (['off', 'unknown'].includes(found.synchronousCommit)) {
    caveats.push(
      `a crash of the database forgets the last pushes, ${again}: synchronous_commit is ${found.synchronousCommit}. Set it to on.`,
    );
  }
  if (found.synchronousStandbys === '') {
    caveats.push(
      `when this server is lost and a standby takes its place, the last pushes are forgotten, ${again}: no standby is synchronous. Set synchronous_standby_names, or leave it where one server with its disk is all there is.`,
    );
  } else if (found.synchronousCommit === 'local') {
    caveats.push(
      `no standby is waited for, ${again} when one is promoted: synchronous_commit is local. Set it to on.`,
    );
  }
  return caveats;
}

async function makeTables(client: pg.ClientBase): Promise<void> {
  try {
    await migrate(client);
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new UnfitDatabase(
      'the tables are missing or old, and this user may not make them: run npm run migrate with the LEDGER_URL of one who may.',
    );
  }
}

/** The server does not take user or password: nothing was asked of it. */
export function isNotLetIn(error: unknown): boolean {
  return /^28(P01|000)$/.test(codeOf(error));
}

/** What an operator can do about an error of the connection or the server; null where it says it all itself. */
export function mendOf(error: unknown): string | null {
  if (error instanceof UnfitDatabase) return error.message;
  const code = codeOf(error);
  if (isNotLetIn(error)) {
    return 'the server does not let this user in: check user, password and pg_hba.conf.';
  }
  if (code === '3D000') return 'the server has no database of that name: create it, or mend LEDGER_URL.';
  if (code === '42501')
    return 'this user lacks rights on the ledger’s tables: grant select, insert, update, delete on them.';
  if (code === '53300')
    return 'the server has no connection left: raise max_connections, or run fewer processes.';
  if (code === '53100') return 'the disk of the server is full: make room.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'the host of LEDGER_URL is not known: look for a typo.';
  }
  if (code === 'ECONNREFUSED')
    return 'nothing listens at host and port of LEDGER_URL: start the server, or mend it.';
  if (/^ERR_SSL_.*_ALERT_/.test(code)) {
    return 'the server refuses our side of TLS: where it asks for a certificate, name ours with sslcert and sslkey in LEDGER_URL.';
  }
  if (error instanceof Error && /SSL/.test(error.message)) {
    return 'the server does not take TLS: set it up there, or sslmode=disable in LEDGER_URL on a network that you trust.';
  }
  if (error instanceof Error && /CERT|certificate|self.signed|UNABLE_TO/i.test(`${code} ${error.message}`)) {
    return 'the certificate of the server cannot be verified: name its authority by LEDGER_TLS_CA_FILE, or with sslrootcert in LEDGER_URL.';
  }
  return null;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
