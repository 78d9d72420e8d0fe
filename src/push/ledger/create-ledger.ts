/** Makes the push ledger: on Redis where one is configured, else in memory. */
import type { Clock } from '../../domain/clock.js';
import type { Secret } from '../../domain/secret.js';
import type { Logger } from '../../observability/logger.js';
import { RedisConnection } from '../../resilience/redis-connection.js';
import { FIRST_CONNECTION_MS, LEDGER_OPERATION_MS } from '../../resilience/time-limits.js';
import type { PushLedger } from './ledger.js';
import { checkLedger } from './ledger-check.js';
import { MemoryLedger } from './memory-ledger.js';
import type { PushKeys } from './push-keys.js';
import { RedisLedger } from './redis-ledger.js';

interface LedgerOptions {
  /** null: memory; else redis:// or rediss://, which may hold a password. */
  readonly url: Secret<string> | null;
  readonly namespace: string;
  readonly keys: PushKeys;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Waits half a second at most for Redis; until it is there, pushes are refused. */
export async function createLedger(options: LedgerOptions): Promise<PushLedger> {
  const { url, log, clock } = options;
  if (url === null) {
    log.info('push ledger: in memory, so a push is sent at most once per process, and forgotten with it');
    return new MemoryLedger({ clock });
  }
  const connection = new RedisConnection(
    { log },
    {
      url,
      name: 'push ledger',
      whileAway: 'pushes are refused',
      deadlineMs: LEDGER_OPERATION_MS,
    },
  );
  checkLedger(connection, log);
  await connection.whenUp(FIRST_CONNECTION_MS);
  return new RedisLedger({ ...options, connection });
}
