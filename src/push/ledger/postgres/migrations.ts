/** Brings the ledger's tables up to date: numbered SQL files, each run once, by whoever comes first. */
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import { z } from 'zod';

const FOLDER = new URL('./migrations/', import.meta.url);
const FILE = /^(\d{3})-[a-z0-9-]+\.sql$/;

/** A release can work with tables that are newer, unless a migration says that it needs more than the release knows. */
const TABLE = `create table if not exists ledger_migration (
  number integer primary key,
  needs integer not null,
  done_at timestamptz not null default now()
)`;

const doneMigrations = z.array(z.object({ number: z.number(), needs: z.number() }));

interface Migration {
  readonly number: number;
  readonly sql: string;
}

/** What stands in the database, and what this release has for it. */
interface SchemaState {
  /** Ours that are not done yet, in order. */
  readonly missing: readonly Migration[];
  /** The migration that whoever works with these tables must know of. */
  readonly needs: number;
  /** Our newest. */
  readonly known: number;
}

export async function readSchemaState(client: pg.ClientBase): Promise<SchemaState> {
  const exists = await client.query("select to_regclass('ledger_migration') is not null as found");
  const done =
    z.array(z.object({ found: z.boolean() })).parse(exists.rows)[0]?.found === true
      ? doneMigrations.parse((await client.query('select number, needs from ledger_migration')).rows)
      : [];
  const migrations = await readMigrations();
  return {
    missing: migrations.filter(({ number }) => !done.some((one) => one.number === number)),
    needs: Math.max(0, ...done.map(({ needs }) => needs)),
    known: Math.max(0, ...migrations.map(({ number }) => number)),
  };
}

/** In one transaction: who comes second waits, and finds nothing to do. Gives how many were done. */
export async function migrate(client: pg.ClientBase): Promise<number> {
  // Two who make the same table at once: one of them fails, and finds it at the second look.
  await client.query(TABLE).catch(() => client.query(TABLE));
  await client.query('begin');
  try {
    await client.query('lock table ledger_migration in exclusive mode');
    const { missing } = await readSchemaState(client);
    for (const { number, sql } of missing) {
      await client.query(sql);
      await client.query('insert into ledger_migration (number, needs) values ($1, $2)', [
        number,
        needsOf(sql, number),
      ]);
    }
    await client.query('commit');
    return missing.length;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The first line may say `-- needs: N`: a release that knows N can work with the tables after it. */
function needsOf(sql: string, number: number): number {
  const needs = /^-- needs: (\d+)/.exec(sql)?.[1];
  return needs === undefined ? (number === 1 ? 1 : 0) : Number(needs);
}

async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(FOLDER)).filter((file) => FILE.test(file)).sort();
  return Promise.all(
    files.map(async (file) => ({
      number: Number(file.slice(0, 3)),
      sql: await readFile(new URL(file, FOLDER), 'utf8'),
    })),
  );
}
