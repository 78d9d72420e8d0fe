/** Redis, as the cache and the limits need it: reachable, to be written, and with the commands that the gateway uses. */
import { ErrorReply } from '@redis/client';
import { ENTRY_FORMAT } from '../catalogue/catalogue-entries.js';
import type { Config } from '../config/config.js';
import { createRedisClient, type RedisClient } from '../resilience/redis-client.js';
import { REDIS_SOCKET_MS } from '../resilience/time-limits.js';
import { endWithin } from '../resilience/total-deadline.js';
import { connectionFault } from './connection-fault.js';
import { type Diagnosis, diagnosis, type Finding, fault, skipped, warning, well } from './finding.js';

const SUBJECT = 'Redis';
const SETTING = 'CACHE_URL';
const GONE_AFTER_MS = 10_000;

/** It writes one key of its own, which is gone after ten seconds. */
export async function lookAtRedis({ cacheUrl, ledger }: Config): Promise<Finding> {
  if (cacheUrl === null) return skipped(SUBJECT, 'The catalogue is cached in the memory of each process.');
  const client = createRedisClient(cacheUrl);
  // An alert of TLS may come after the connection stands.
  let broken: unknown;
  client.on('error', (error: unknown) => {
    broken ??= error;
  });
  const work = () => examine(client, `token-connect-catalogue-v${ENTRY_FORMAT}-${ledger.issuer}::doctor`);
  try {
    return await endWithin(REDIS_SOCKET_MS, work, () => new Silence());
  } catch (error) {
    return fault(SUBJECT, whyNot(broken ?? error));
  } finally {
    if (client.isOpen) client.destroy();
  }
}

class Silence extends Error {
  readonly code = 'DEADLINE';
}

async function examine(client: RedisClient, key: string): Promise<Finding> {
  await client.connect();
  const info = await infoOf(client);
  if (info.get('cluster_enabled') === '1') {
    return fault(
      SUBJECT,
      diagnosis(
        'REDIS_CLUSTER',
        `${SETTING} names one node of a cluster, which holds a part of the keys only.`,
        `Name a Redis that is no cluster.`,
      ),
    );
  }
  const kept = { expiration: { type: 'PX', value: GONE_AFTER_MS } } as const;
  const uses: readonly (readonly [command: string, use: () => Promise<unknown>])[] = [
    ['PING', () => client.ping()],
    ['SET', () => client.set(key, '0', kept)],
    ['GET', () => client.get(key)],
    ['MGET', () => client.mGet([key])],
    ['EVAL', () => client.eval("return redis.call('INCR', KEYS[1])", { keys: [key] })],
  ];
  for (const [command, use] of uses) {
    try {
      await use();
    } catch (error) {
      if (!(error instanceof ErrorReply)) throw error;
      return fault(SUBJECT, whyRefused(command, error.message));
    }
  }
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

/** Only the first word is looked at: Redis repeats commands in its messages. */
function whyRefused(command: string, message: string): Diagnosis {
  const [word = ''] = /^[A-Z]+/.exec(message) ?? [];
  switch (word) {
    case 'NOPERM':
      return diagnosis(
        'REDIS_COMMAND_FORBIDDEN',
        `Its user may not use ${command} on the keys of the gateway.`,
        'Give the user ~token-connect-* and +@read +@write +@scripting +ping.',
      );
    case 'READONLY':
      return diagnosis(
        'REDIS_REPLICA',
        `${SETTING} leads to a replica, which cannot be written.`,
        'Name the primary.',
      );
    case 'NOAUTH':
    case 'WRONGPASS':
      return notLetIn(word);
    case 'OOM':
      return diagnosis(
        'REDIS_FULL',
        'It is full, and takes nothing more (OOM).',
        'Give it room, or set maxmemory-policy to allkeys-lru.',
      );
    case 'MOVED':
    case 'CROSSSLOT':
    case 'CLUSTERDOWN':
      return diagnosis(
        'REDIS_CLUSTER',
        `${SETTING} names one node of a cluster (${word}).`,
        'Name a Redis that is no cluster.',
      );
    default:
      return diagnosis(
        'REDIS_REFUSES',
        `It refuses ${command} (${word || 'without a reason'}).`,
        'Its own log says more.',
      );
  }
}

function notLetIn(word: string): Diagnosis {
  return diagnosis(
    'REDIS_PASSWORD',
    `It does not let the gateway in (${word}).`,
    `Mend user name and password in ${SETTING}.`,
  );
}

function whyNot(error: unknown): Diagnosis {
  if (error instanceof ErrorReply) return whyRefused('the connection', error.message);
  if (!(error instanceof Error)) return connectionFault('FAILED', SETTING);
  if (/^(?:WRONGPASS|NOAUTH)/.test(error.message)) return notLetIn(error.message.split(' ', 1)[0] ?? '');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'FAILED';
  return connectionFault(code, SETTING);
}
