/** The engines of the ledger behind one handle: ledgers of several processes over one store, and a way to let time pass. */
import { Secret } from '../../../src/domain/secret.js';
import { createLogger } from '../../../src/observability/logger.js';
import { createLedger } from '../../../src/push/ledger/create-ledger.js';
import type { PushLedger } from '../../../src/push/ledger/ledger.js';
import type { LedgerKeys } from '../../../src/push/ledger/ledger-keys.js';
import { MemoryLedger } from '../../../src/push/ledger/memory-ledger.js';
import type { RedisConnection } from '../../../src/resilience/redis-connection.js';
import { LEDGER_OPERATION_MS } from '../../../src/resilience/time-limits.js';
import { within } from '../measurements.js';
import { PostgresServer } from '../postgres-server.js';
import { eventually } from '../shared-cache.js';
import { makeLedgerKeys } from './ledgers.js';

export interface LedgerEngine {
  /** A process's; in memory there is but one. It is given a moment to find its database well. */
  open(keys?: LedgerKeys): Promise<PushLedger>;
  /** Everything that is stored grows older by so much. */
  age(ms: number): Promise<void>;
  /** Forgets all pushes and keys. */
  empty(): Promise<void>;
  /** Closes the ledgers that were opened. */
  closeLedgers(): Promise<void>;
  stop(): Promise<void>;
}

export async function memoryEngine(): Promise<LedgerEngine> {
  let now = Date.UTC(2026, 10, 23);
  let ledger: MemoryLedger | undefined;
  const closeLedgers = async () => {
    await ledger?.close();
    ledger = undefined;
  };
  return {
    async open() {
      ledger ??= new MemoryLedger({ clock: { now: () => now } });
      return ledger;
    },
    async age(ms) {
      now += ms;
    },
    empty: closeLedgers,
    closeLedgers,
    stop: closeLedgers,
  };
}

export interface PostgresEngine extends LedgerEngine {
  open(keys?: LedgerKeys, cacheConnection?: RedisConnection): Promise<PushLedger>;
  readonly server: PostgresServer;
  readonly keys: LedgerKeys;
  /** What its ledgers have logged. */
  readonly lines: string[];
}

export async function postgresEngine(args: readonly string[] = []): Promise<PostgresEngine> {
  const server = await PostgresServer.start({ args });
  const keys = makeLedgerKeys();
  const lines: string[] = [];
  const log = createLogger('trace', { write: (line) => void lines.push(line) });
  const ledgers: PushLedger[] = [];
  const open = async (its = keys, cacheConnection: RedisConnection | null = null) => {
    const url = new Secret(server.url);
    const ledger = await createLedger(
      { log, clock: { now: () => 0 }, cacheConnection },
      { url, issuer: 'moon-bank', keys: its, operationMs: within(LEDGER_OPERATION_MS) },
    );
    ledgers.push(ledger);
    // What a busy machine holds up is not unfit; what is says so.
    const isKnown = () => ledger.state() === 'ready' || lines.some((line) => line.includes('ledger.unfit'));
    await eventually(isKnown, 1000);
    return ledger;
  };
  return {
    server,
    keys,
    lines,
    open,
    async age(ms) {
      const earlier = `- interval '${ms} milliseconds'`;
      await server.query(`update ledger_key set since = since ${earlier}`);
      await server.query(
        `update ledger_push set created_at = created_at ${earlier}, expires_at = expires_at ${earlier}`,
      );
    },
    async empty() {
      await server.query('delete from ledger_key');
      await server.query('delete from ledger_push');
      await server.query('delete from ledger_writer');
    },
    async closeLedgers() {
      await Promise.all(ledgers.splice(0).map((ledger) => ledger.close()));
    },
    async stop() {
      await Promise.all(ledgers.splice(0).map((ledger) => ledger.close()));
      await server.stop();
    },
  };
}
