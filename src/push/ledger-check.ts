/** Looks at what the ledger's Redis is set to, and says plainly what is not guaranteed. */
import type { Logger } from '../observability/logger.js';
import type { RedisConnection } from '../resilience/redis-connection.js';

const LOOK_EVERY_MS = 1000;

/** What a Redis of these settings does not promise, in words for its operators; empty when all is well. */
export function ledgerCaveats(settings: Readonly<Record<string, string>>): string[] {
  const caveats: string[] = [];
  if (settings['appendonly'] !== 'yes') {
    const loss = settings['save'] ? 'of the last minutes' : 'that it holds';
    caveats.push(
      `appendonly is not yes: when Redis dies it forgets the pushes ${loss}, and a repeated idempotencyKey may push again. Set appendonly yes.`,
    );
  } else if (settings['appendfsync'] === 'no') {
    caveats.push(
      'appendfsync is no: when its machine dies, Redis forgets what the system had not written yet. Set appendfsync everysec or always.',
    );
  }
  const policy = settings['maxmemory-policy'];
  if (policy !== undefined && policy !== 'noeviction') {
    caveats.push(
      `maxmemory-policy is ${policy}: when memory runs short, Redis forgets pushes before their time. Set noeviction.`,
    );
  }
  return caveats;
}

/** Once Redis is there. @returns stops waiting for it */
export function checkLedger(connection: RedisConnection, log: Logger): () => void {
  const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
  void look();
  return () => clearInterval(timer);

  async function look(): Promise<void> {
    if (!connection.isUp) return;
    clearInterval(timer);
    try {
      const settings = await connection.run((client) =>
        client.configGet(['appendonly', 'appendfsync', 'save', 'maxmemory-policy']),
      );
      const caveats = ledgerCaveats(settings);
      for (const caveat of caveats) log.warn({ event: 'ledger.caveat' }, `push ledger: ${caveat}`);
      if (caveats.length === 0) log.info('push ledger: Redis keeps every push through a restart');
    } catch {
      log.warn(
        { event: 'ledger.caveat' },
        'push ledger: what Redis is set to cannot be read (CONFIG GET). Make sure of appendonly yes and maxmemory-policy noeviction.',
      );
    }
  }
}
