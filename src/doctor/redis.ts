/** Redis, as the cache and the limits need it: reachable where it is said to be, to be written, with the rights that the gateway uses. */
import { ConnectionTimeoutError, ErrorReply, SocketTimeoutError } from '@redis/client';
import type { Config } from '../config/config.js';
import { parseRedisUrl, type RedisAddress, type RedisSettings } from '../domain/network/redis-address.js';
import { tlsFault } from '../domain/network/tls-fault.js';
import { examine, UnfitRedis, unfitness } from '../resilience/redis/fitness.js';
import { locator } from '../resilience/redis/locate.js';
import { createRedisClient, type RedisClient } from '../resilience/redis-client.js';
import { REDIS_SOCKET_MS } from '../resilience/time-limits.js';
import { endWithin } from '../resilience/total-deadline.js';
import { connectionFault } from './connection-fault.js';
import {
  type Diagnosis,
  diagnosis,
  type Finding,
  fault,
  sentence,
  skipped,
  warning,
  well,
} from './finding.js';

const SUBJECT = 'Redis';
const SETTING = 'CACHE_URL';
const GONE_AFTER_MS = 10_000;

/** It writes one key of its own, which is gone after ten seconds. */
export async function lookAtRedis({ cache, ledger }: Config): Promise<Finding> {
  const address = cache && parseRedisUrl(cache.url.reveal());
  if (!cache || !address) return skipped(SUBJECT, 'The catalogue is cached in the memory of each process.');
  const seen: Seen = {};
  try {
    return await endWithin(
      REDIS_SOCKET_MS,
      () => look(address, cache, `token-connect-doctor-{${ledger.issuer}}`, seen),
      () => new Silence(),
    );
  } catch (error) {
    return fault(SUBJECT, whyNot(seen.broken ?? error));
  } finally {
    if (seen.client?.isOpen) seen.client.destroy();
  }
}

interface Seen {
  client?: RedisClient;
  /** An alert of TLS may come after the connection stands. */
  broken?: unknown;
}

class Silence extends Error {
  readonly code = 'DEADLINE';
}

async function look(address: RedisAddress, cache: RedisSettings, key: string, seen: Seen): Promise<Finding> {
  const client = createRedisClient(await locator(address, cache, key)());
  seen.client = client;
  client.on('error', (error: unknown) => {
    seen.broken ??= error;
  });
  await client.connect();
  const unfit = await examine(client, address.kind, key);
  if (unfit !== null) return fault(SUBJECT, ofUnfit(unfit));
  await client.set(key, '0', { expiration: { type: 'PX', value: GONE_AFTER_MS } });
  const info = await infoOf(client);
  const isBounded = Number(info.get('maxmemory') ?? 0) > 0;
  if (isBounded && info.get('maxmemory_policy') === 'noeviction') {
    return warning(
      SUBJECT,
      diagnosis(
        'REDIS_KEEPS_ALL',
        'It is reachable and can be written; when it is full it takes nothing more (maxmemory-policy noeviction).',
        'Set maxmemory-policy to allkeys-lru.',
      ),
    );
  }
  return well(SUBJECT, 'It is reachable, can be written, and takes the commands that the gateway uses.');
}

/** Empty where this user may not ask. */
async function infoOf(client: RedisClient): Promise<ReadonlyMap<string, string>> {
  const text = await client.info().catch((error: unknown) => {
    if (error instanceof ErrorReply) return '';
    throw error;
  });
  return new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [name = '', value] = line.split(':', 2);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function ofUnfit({ code, says, mend }: UnfitRedis): Diagnosis {
  return diagnosis(`REDIS_${code}`, `${sentence(says)}.`, sentence(mend));
}

/** Only the first word is looked at: Redis repeats commands in its messages. */
function ofRefusal(message: string): Diagnosis {
  const [word = ''] = /^[A-Z]+/.exec(message) ?? [];
  if (word === 'OOM') {
    return diagnosis(
      'REDIS_FULL',
      'It is full, and takes nothing more (OOM).',
      'Give it room, or set maxmemory-policy to allkeys-lru.',
    );
  }
  return diagnosis(
    'REDIS_REFUSES',
    `It refuses to be written (${word || 'without a reason'}).`,
    'Its own log says more.',
  );
}

function whyNot(error: unknown): Diagnosis {
  const isLate = error instanceof ConnectionTimeoutError || error instanceof SocketTimeoutError;
  const code = isLate ? 'DEADLINE' : error instanceof Error && 'code' in error ? error.code : undefined;
  const isOfTls = tlsFault(String(code)) !== null;
  const unfit = error instanceof UnfitRedis ? error : unfitness(error);
  if (!isOfTls && unfit !== null) return ofUnfit(unfit);
  if (error instanceof ErrorReply) return ofRefusal(error.message);
  return connectionFault(typeof code === 'string' ? code : 'FAILED', SETTING);
}
