/** Looks at a database before it is used: whether it can hold the ledger, and what it does not guarantee. */
import type pg from 'pg';
import { z } from 'zod';
import { type TlsFault, tlsFault } from '../../../domain/network/tls-fault.js';
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

/** What is done with each table; holds are set by whoever runs `npm run hold`. */
const RIGHTS = {
  ledger_key: ['select', 'insert', 'update', 'delete'],
  ledger_push: ['select', 'insert', 'update', 'delete'],
  ledger_progress: ['select', 'insert', 'update'],
  ledger_writer: ['select', 'insert', 'update'],
  ledger_hold: ['select'],
} as const;

/** What this user lacks of that, like `delete on ledger_key`. Its tables are up to date. */
export async function missingRights(client: pg.ClientBase): Promise<string[]> {
  const wanted = Object.entries(RIGHTS).flatMap(([table, rights]) => rights.map((right) => [table, right]));
  const { rows } = await client.query<{ lacking: string }>(
    `select r || ' on ' || t as lacking from unnest($1::text[], $2::text[]) as wanted (t, r)
where not has_table_privilege(t, r)`,
    [wanted.map(([table]) => table), wanted.map(([, right]) => right)],
  );
  return rows.map(({ lacking }) => lacking);
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

/** The server does not take user, password or certificate, or we do not take its own: nothing was asked of it. */
export function isNotLetIn(error: unknown): boolean {
  const code = codeOf(error);
  return /^28(P01|000)$/.test(code) || tlsFault(code) !== null;
}

const MEND_OF_TLS: Readonly<Record<TlsFault, string>> = {
  UNTRUSTED:
    'the certificate of the server is signed by nobody whom we trust: name its authority in LEDGER_TLS_CA, or with sslrootcert in LEDGER_URL.',
  DATES:
    "the certificate of the server is not valid today: compare this machine's clock; if that is right, have it renewed.",
  NAME: 'the certificate of the server is of another host: name the host in LEDGER_URL for which it is.',
  WANTS_CERTIFICATE:
    'the server asks for a client certificate: set LEDGER_TLS_CERTIFICATE and LEDGER_TLS_KEY.',
  REFUSED:
    'the server does not take our client certificate, or asks for one: have LEDGER_TLS_CERTIFICATE signed by an authority that it trusts (ssl_ca_file), and look at its dates.',
  OLD: 'the server speaks a version of TLS that is not safe any more: have it speak TLS 1.2 or 1.3 (ssl_min_protocol_version, ssl_max_protocol_version).',
  NO_TLS: 'what listens at host and port of LEDGER_URL does not speak TLS: mend them.',
};

/** By the server's own words, which are of its language: what they do not tell, the last sentence holds. */
function mendOfEntrance(said: string): string {
  if (/requires a valid client certificate/.test(said)) return MEND_OF_TLS.WANTS_CERTIFICATE;
  if (/certificate authentication failed/.test(said)) {
    return 'the server does not take our client certificate for this user: its CN has to be the user in LEDGER_URL, or be mapped to it in pg_ident.conf.';
  }
  if (/no encryption/.test(said)) {
    return 'the server does not let this user in without TLS: set LEDGER_TLS_CA, or sslmode=verify-full in LEDGER_URL; else mend pg_hba.conf.';
  }
  return 'the server does not let this user in: check user, password and pg_hba.conf.';
}

/** What an operator can do about an error of the connection or the server; null where it says it all itself. */
export function mendOf(error: unknown): string | null {
  if (error instanceof UnfitDatabase) return error.message;
  const code = codeOf(error);
  const ofTls = tlsFault(code);
  if (ofTls !== null) return MEND_OF_TLS[ofTls];
  if (isNotLetIn(error)) return mendOfEntrance(error instanceof Error ? error.message : '');
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
  if (error instanceof Error && /SSL/.test(error.message)) {
    return 'the server does not take TLS: set it up there, or sslmode=disable in LEDGER_URL on a network that you trust.';
  }
  return null;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
