/** A planner that knows nothing of the tables yet finds a push by its primary key all the same: it may stand among millions. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as statements from '../../src/push/ledger/postgres/statements.js';
import { type PostgresEngine, postgresEngine } from '../support/ledger/ledger-engines.js';
import { attemptOf, ended } from '../support/ledger/ledgers.js';

const ISSUER = 'moon-bank';
const HASHES = ['one', 'two'];
const BYTES = Buffer.from('sealed');
const PUSHES = 200;

let engine: PostgresEngine;
beforeAll(async () => {
  // No statistics: as in the first minutes of a new ledger, when plans are made that stay for long.
  engine = await postgresEngine(['-c', 'autovacuum=off']);
  const ledger = await engine.open();
  for (let index = 0; index < PUSHES; index++) await ended(ledger, attemptOf(`k-${index}`));
});
afterAll(() => engine.stop());

const ASKED: readonly (readonly [statements.Statement, readonly unknown[]])[] = [
  [statements.RESERVE, [ISSUER, HASHES, HASHES, randomUUID(), [], []]],
  [statements.MARK_SENT, [ISSUER, HASHES, randomUUID(), 'owner', 'key', 1, 1000, BYTES]],
  [statements.CONCLUDE, [ISSUER, HASHES, HASHES, randomUUID(), 'owner', 'key', 1, 1, 1, BYTES, BYTES]],
  [statements.RELEASE, [ISSUER, randomUUID(), HASHES]],
  [statements.FIND, [ISSUER, randomUUID(), ['owner']]],
  [statements.FIND, [ISSUER, randomUUID(), null]],
  [statements.CHANGE, [ISSUER, randomUUID(), 1, BYTES]],
];

it.each(ASKED.map(([statement, values]) => [statement.name, statement.text, values] as const))(
  '%s',
  async (_, text, values) => {
    const rows = await engine.server.query(`explain ${text}`, values);
    const plan = rows.map((row) => String(row['QUERY PLAN'])).join('\n');
    expect(plan).not.toMatch(/Seq Scan on ledger_(?:push|key)\b/);
    expect(plan).not.toContain('ledger_push_history');
  },
);
