/** Makes the push ledger: in PostgreSQL where one is configured, else in memory. */
import type { Clock } from '../../domain/clock.js';
import type { TlsSettings } from '../../domain/network/outward.js';
import type { Secret } from '../../domain/secret.js';
import type { Logger } from '../../observability/logger.js';
import { NO_TELEMETRY, type Telemetry } from '../../observability/telemetry.js';
import type { RedisConnection } from '../../resilience/redis-connection.js';
import { FIRST_CONNECTION_MS } from '../../resilience/time-limits.js';
import type { PushLedger } from './ledger.js';
import type { LedgerKeys } from './ledger-keys.js';
import { MemoryLedger } from './memory-ledger.js';
import { Database } from './postgres/database.js';
import { RedisMarkMemory } from './postgres/mark-memory.js';
import { PostgresLedger } from './postgres/postgres-ledger.js';

interface LedgerDeps {
  /** For the ledger in memory; a database has its own. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly telemetry?: Telemetry;
  /** Where fresh processes find how far a database was; null: nowhere. */
  readonly cacheConnection: RedisConnection | null;
}

interface LedgerOptions {
  /** null: memory; else postgres:// or postgresql://, which may hold a password. */
  readonly url: Secret<string> | null;
  readonly tls?: TlsSettings;
  readonly issuer: string;
  readonly keys: LedgerKeys;
  /** Milliseconds for the database's answer to a statement. */
  readonly operationMs?: number;
}

/** Waits half a second at most for the database; until it is there, pushes are refused. */
export async function createLedger(
  { clock, log, telemetry = NO_TELEMETRY, cacheConnection }: LedgerDeps,
  options: LedgerOptions,
): Promise<PushLedger> {
  const { url, tls, issuer, keys, operationMs } = options;
  if (url === null) {
    log.info('push ledger: in memory, so a push is sent at most once per process, and forgotten with it');
    return new MemoryLedger({ clock });
  }
  let database: Database | undefined;
  const ledger = new PostgresLedger(
    (check) => {
      database = new Database({ log, telemetry }, { url, tls, check, operationMs });
      return database;
    },
    { issuer, keys, marks: cacheConnection && new RedisMarkMemory(cacheConnection) },
  );
  await database?.whenUp(FIRST_CONNECTION_MS);
  return ledger;
}
