/** Looks at a Redis before it is used: whether it does all that is asked of it, and in one sentence why it does not. */
import { ErrorReply } from '@redis/client';
import type { RedisAddress } from '../../domain/network/redis-address.js';
import { tlsFault } from '../../domain/network/tls-fault.js';
import type { RedisClient } from '../redis-client.js';

/** For operators, also in what /readyz says. */
export type UnfitCode = keyof typeof SENTENCES;

const SENTENCES = {
  REPLICA: {
    says: 'it is a replica, which cannot be written',
    mend: 'name the primary in CACHE_URL, or the Sentinels that know it by redis+sentinel://.',
  },
  RIGHTS: {
    says: 'its user lacks a right',
    mend: 'grant it +@read +@write +@scripting +ping +hello for the keys ~token-connect-*.',
  },
  CREDENTIALS: { says: 'it does not take our user and password', mend: 'check both in CACHE_URL.' },
  CLUSTER: {
    says: 'it is a node of a cluster, which has a part of the keys alone',
    mend: 'write redis+cluster:// in CACHE_URL.',
  },
  SENTINEL: {
    says: 'it is a Sentinel, which keeps no data',
    mend: 'write redis+sentinel:// in CACHE_URL, with the name of the primary as its path.',
  },
  NO_SENTINEL: {
    says: 'it is no Sentinel, as redis+sentinel:// says',
    mend: 'list the Sentinels in CACHE_URL, or write redis://.',
  },
  SENTINEL_CREDENTIALS: {
    says: 'the Sentinels do not take our user and password',
    mend: 'check CACHE_SENTINEL_USER and CACHE_SENTINEL_PASSWORD.',
  },
  NO_SUCH_PRIMARY: {
    says: 'the Sentinels know no primary by the name in the path of CACHE_URL',
    mend: 'write it as sentinel.conf does.',
  },
  TLS_UNTRUSTED: {
    says: 'its certificate is signed by nobody whom we trust',
    mend: 'name its authority in CACHE_TLS_CA.',
  },
  TLS_DATES: {
    says: 'its certificate is not valid today',
    mend: "compare this machine's clock; if that is right, have it renewed there.",
  },
  TLS_NAME: {
    says: 'its certificate is of another host',
    mend: 'name the host in CACHE_URL for which it is.',
  },
  TLS_WANTS_CERTIFICATE: {
    says: 'it asks for a client certificate',
    mend: 'set CACHE_TLS_CERTIFICATE and CACHE_TLS_KEY.',
  },
  TLS_REFUSED: {
    says: 'it does not take our client certificate, or asks for one',
    mend: 'have CACHE_TLS_CERTIFICATE signed by an authority that it trusts, and look at its dates.',
  },
  TLS_OLD: {
    says: 'it speaks a version of TLS that is not safe any more',
    mend: 'have it speak TLS 1.2 or 1.3.',
  },
  TLS_NO_TLS: {
    says: 'it does not speak TLS at this port',
    mend: 'name the port that does in CACHE_URL, or write it without the second s.',
  },
} as const;

export class UnfitRedis extends Error {
  override readonly name = 'UnfitRedis';
  /** A sentence without its end, and what an operator has to do. */
  readonly says: string;
  readonly mend: string;

  constructor(
    readonly code: UnfitCode,
    detail = '',
  ) {
    const { says, mend } = SENTENCES[code];
    super(`${says}: ${mend}${detail}`);
    this.says = says;
    this.mend = mend + detail;
  }
}

/** All that is asked of a Redis, by us and by what counts the limits; it leaves nothing behind. */
const ALL = `local key = KEYS[1]
local commands = {{'set', key, 0, 'PX', 1000, 'NX'}, {'incrby', key, 1}, {'pttl', key}, {'expire', key, 1},
  {'pexpire', key, 1000}, {'get', key}, {'mget', key}, {'del', key}}
for _, command in ipairs(commands) do
  local reply = redis.pcall(unpack(command))
  if type(reply) == 'table' and reply.err then
    return redis.error_reply(reply.err .. " (run the '" .. command[1] .. "' command)")
  end
end`;

/** null: it is well, or what is wrong with it passes. @throws what the client throws when there is no answer */
export async function examine(
  client: RedisClient,
  kind: RedisAddress['kind'],
  key: string,
): Promise<UnfitRedis | null> {
  const [hello, refusal] = await Promise.all([
    // Redis before 6 does not know it.
    client.sendCommand(['HELLO']).catch(refusalOnly),
    client.eval(ALL, { keys: [key] }).then(() => null, refusalOnly),
  ]);
  const mode = memberOf(hello, 'mode');
  if (mode === 'sentinel') return new UnfitRedis('SENTINEL');
  if (mode === 'cluster' && kind !== 'CLUSTER') return new UnfitRedis('CLUSTER');
  return unfitness(refusal);
}

/** null: it is nothing that an operator has to mend in the settings. */
export function unfitness(error: unknown): UnfitRedis | null {
  if (!(error instanceof Error)) return null;
  const said = error.message;
  const ofTls = 'code' in error ? tlsFault(String(error.code)) : null;
  if (ofTls !== null) return new UnfitRedis(`TLS_${ofTls}`);
  if (/\bREADONLY\b/.test(said)) return new UnfitRedis('REPLICA');
  if (/\bNOPERM\b|no permissions|can't run this command/.test(said))
    return new UnfitRedis('RIGHTS', lacking(said));
  if (/^(?:WRONGPASS|NOAUTH)\b|called without any password/.test(said)) return new UnfitRedis('CREDENTIALS');
  return null;
}

/** The word is Redis's name of a command, not what was sent with it. */
function lacking(said: string): string {
  const [, command] = /run the '([a-z|]{1,40})' command/.exec(said) ?? [];
  if (command !== undefined) return ` It lacks +${command}.`;
  return /\bkeys?\b/.test(said) ? ' It lacks the keys.' : '';
}

function refusalOnly(error: unknown): Error {
  if (error instanceof ErrorReply) return error;
  throw error;
}

/** Of an answer that is a list of names and values. */
function memberOf(list: unknown, name: string): unknown {
  return Array.isArray(list) ? list[list.indexOf(name) + 1] : undefined;
}
