/** The races of test/model/push-races.test.ts over a real database, whose answers take time. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { Database } from '../../src/push/ledger/postgres/database.js';
import { PostgresLedger } from '../../src/push/ledger/postgres/postgres-ledger.js';
import { makeLedgerKeys } from '../support/ledger/ledgers.js';
import { runs } from '../support/models.js';
import { PostgresServer } from '../support/postgres-server.js';
import { race, type Store } from '../support/push/push-race.js';
import { type RaceWorld, racePlan, raceWorld } from '../support/push/race-world.js';

const RUNS = runs(200);
/** Late answers are the race's to deal out, not those of a busy machine. */
const PATIENCE_MS = 20_000;

describe('pushes that race over PostgreSQL', () => {
  let world: RaceWorld;
  let server: PostgresServer;
  let database: Database;
  const keys = makeLedgerKeys();
  beforeAll(async () => {
    world = await raceWorld();
    server = await PostgresServer.start({ args: ['-c', 'fsync=off'] });
    const log = createLogger('silent');
    database = new Database(
      { log },
      { url: new Secret(server.url), check: async () => undefined, operationMs: PATIENCE_MS },
    );
    await database.whenUp(5000);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
    await world.close();
  });

  /** An issuer of its own: nothing of another race is seen. */
  const openStore = async (): Promise<Store> => {
    const issuer = randomUUID();
    const ledger = new PostgresLedger(() => database, { issuer, keys, marks: null });
    return {
      ledger,
      async age(ms) {
        const earlier = `- interval '${ms} milliseconds'`;
        await server.query(`update ledger_key set since = since ${earlier} where issuer = $1`, [issuer]);
        await server.query(
          `update ledger_push set created_at = created_at ${earlier}, expires_at = expires_at ${earlier} where issuer = $1`,
          [issuer],
        );
      },
      close: async () => ledger.stopSweeping(),
    };
  };

  it(`are honest in ${RUNS} random orders`, async () => {
    const property = fc.asyncProperty(fc.scheduler(), racePlan, async (scheduler, drawn) => {
      expect(await race(scheduler, drawn, { ...world.deps, openStore })).toEqual([]);
    });
    const result = await fc.check(property, { numRuns: RUNS, endOnFailure: true });
    process.stdout.write(`push races on PostgreSQL: ${result.numRuns} orders, seed ${result.seed}\n`);
    expect(result.errorInstance ?? fc.defaultReportMessage(result)).toBeUndefined();
    expect(result.numRuns).toBe(RUNS);
  }, 180_000);
});
