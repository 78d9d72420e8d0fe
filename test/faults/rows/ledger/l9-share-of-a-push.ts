/** L9: what the ledger costs a push at 300 pushes a second beside the database: milliseconds, statements, bytes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../../src/domain/clock.js';
import { Secret } from '../../../../src/domain/secret.js';
import { createLogger } from '../../../../src/observability/logger.js';
import { createLedger } from '../../../../src/push/ledger/create-ledger.js';
import type { PushLedger } from '../../../../src/push/ledger/ledger.js';
import { answered, attemptOf, makeLedgerKeys, newPush } from '../../../support/ledger/ledgers.js';
import type { PostgresServer } from '../../../support/postgres-server.js';
import { atLeast, atMost, none } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';

const A_SECOND = 300;
const WARM_SECONDS = 3;
const SECONDS = 10;

export const shareOfAPush: Row = {
  id: 'L9',
  title: `the ledger's share of a push, at ${A_SECOND} pushes a second`,
  async run(scene) {
    const database = await scene.postgres();
    const ledger = await createLedger(
      { log: createLogger('silent'), clock: systemClock, cacheConnection: null },
      { url: new Secret(database.url), issuer: 'moon-bank', keys: makeLedgerKeys() },
    );
    scene.owns(() => ledger.close());
    await eventually(async () => ledger.state() === 'ready', 5000);
    await pushes(ledger, 'warm', WARM_SECONDS);
    const before = await commits(database);
    const { times, failed } = await pushes(ledger, 'l9', SECONDS);
    // The database counts with a second's delay.
    await sleep(1500);
    const statements = ((await commits(database)) - before) / times.length;
    const p = (share: number) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
    return [
      atLeast('pushes a second', times.length / SECONDS, A_SECOND * 0.95),
      none('failed', failed),
      atMost('share at p50', p(0.5), 5, 'ms'),
      atMost('at p99', p(0.99), 5, 'ms'),
      atMost('statements a push, looks and sweeps included', statements, 3.1),
      atMost('kB a push, indexes included', (await bytes(database)) / rows(times.length) / 1024, 3),
    ];
  },
};

const rows = (measured: number) => measured + A_SECOND * WARM_SECONDS;

/** On a fixed beat, whatever the pushes before it do. */
async function pushes(ledger: PushLedger, name: string, seconds: number) {
  const times: number[] = [];
  let failed = 0;
  const startedAt = performance.now();
  const underWay: Promise<unknown>[] = [];
  for (let index = 0; index < A_SECOND * seconds; index += 1) {
    const early = (index * 1000) / A_SECOND - (performance.now() - startedAt);
    if (early > 1) await sleep(early);
    const one = share(ledger, `${name}-${index}`).then((ms) => times.push(ms));
    underWay.push(
      one.catch(() => {
        failed += 1;
      }),
    );
  }
  await Promise.all(underWay);
  return { times, failed };
}

/** Its three steps, without what card store and MDES take between them. */
async function share(ledger: PushLedger, key: string): Promise<number> {
  const attempt = attemptOf(key, { accountHolder: `holder-${key}` });
  const startedAt = performance.now();
  const found = await ledger.reserve(attempt);
  const sent = found.kind === 'OURS' ? await ledger.markSent(attempt, newPush(attempt)) : null;
  if (sent === null) throw new Error(`not ours: ${found.kind}`);
  await ledger.conclude(attempt, sent, answered(sent));
  return performance.now() - startedAt;
}

async function commits(database: PostgresServer): Promise<number> {
  const [row] = await database.query(
    'select xact_commit::int as count from pg_stat_database where datname = current_database()',
  );
  return Number(row?.['count']);
}

async function bytes(database: PostgresServer): Promise<number> {
  const tables = "pg_total_relation_size('ledger_push') + pg_total_relation_size('ledger_key')";
  const [row] = await database.query(`select (${tables})::int as size`);
  return Number(row?.['size']);
}
