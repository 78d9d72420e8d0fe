/** Looks once at what the ledger's Redis is set to, and says plainly what is not guaranteed. */
import { ErrorReply } from '@redis/client';
import type { Logger } from '../../observability/logger.js';
import type { RedisConnection } from '../../resilience/redis-connection.js';

/** By the names that Redis has for them; what it does not tell is absent. */
type LedgerSettings = Readonly<
  Partial<Record<'appendonly' | 'appendfsync' | 'save' | 'maxmemory-policy', string>>
>;

/** What a Redis of these settings does not promise, in words for its operators; empty when all is well. */
export function ledgerCaveats(settings: LedgerSettings): string[] {
  return [persistence(settings), eviction(settings)].filter((caveat) => caveat !== null);
}

function persistence({ appendonly, appendfsync, save }: LedgerSettings): string | null {
  const again = 'and a repeated idempotencyKey may push again';
  if (appendonly === undefined) {
    return `it cannot be told whether Redis keeps what it holds: without appendonly yes and appendfsync always, a crash forgets pushes, ${again}.`;
  }
  if (appendonly !== 'yes') {
    const lost = save === '' ? 'every push' : 'the pushes since its last snapshot';
    return `a crash of Redis forgets ${lost}, ${again}: appendonly is ${appendonly}. Set appendonly yes and appendfsync always.`;
  }
  if (appendfsync === 'always') return null;
  if (appendfsync === 'no') {
    return `a crash of Redis's machine may forget the pushes of the last half minute, ${again}: appendfsync is no. Set appendfsync always.`;
  }
  // Of Redis alone too: while the disk is still busy with the second before, Redis answers first and writes later.
  const setting = appendfsync === undefined ? 'it cannot be read' : `it is ${appendfsync}`;
  return `a crash of Redis or its machine may forget the pushes of the last two seconds, ${again}, unless appendfsync is always: ${setting}.`;
}

function eviction({ 'maxmemory-policy': policy }: LedgerSettings): string | null {
  if (policy === 'noeviction') return null;
  const setting = policy ?? 'unknown';
  return `when memory runs short, Redis may forget pushes before their time: maxmemory-policy is ${setting}. Set noeviction.`;
}

/** As soon as Redis answers. */
export function checkLedger(connection: RedisConnection, log: Logger): void {
  const look = () => void tellCaveats(connection, log).then((told) => told && stop());
  const stop = () => connection.client.off('ready', look);
  connection.client.on('ready', look);
  if (connection.isUp) look();
}

/** False when Redis did not answer. */
async function tellCaveats(connection: RedisConnection, log: Logger): Promise<boolean> {
  try {
    const caveats = ledgerCaveats(await readSettings(connection));
    for (const caveat of caveats)
      log.warn({ event: 'ledger.caveat' }, `push ledger: not guaranteed: ${caveat}`);
    if (caveats.length === 0) log.info('push ledger: Redis writes down every push, and forgets none early');
    return true;
  } catch {
    return false;
  }
}

async function readSettings(connection: RedisConnection): Promise<LedgerSettings> {
  try {
    const names = ['appendonly', 'appendfsync', 'save', 'maxmemory-policy'];
    return await connection.run((client) => client.configGet(names));
  } catch (error) {
    if (!(error instanceof ErrorReply)) throw error;
    return readInfo(connection);
  }
}

/** Where CONFIG is forbidden, as it is with many who rent out a Redis. */
async function readInfo(connection: RedisConnection): Promise<LedgerSettings> {
  const info = await connection
    .run(async (client) => `${await client.info('persistence')}\n${await client.info('memory')}`)
    .catch((error: unknown) => {
      if (error instanceof ErrorReply) return '';
      throw error;
    });
  const aof = /^aof_enabled:([01])/m.exec(info)?.[1];
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  return {
    ...(aof !== undefined && { appendonly: aof === '1' ? 'yes' : 'no' }),
    ...(policy !== undefined && { 'maxmemory-policy': policy }),
  };
}
