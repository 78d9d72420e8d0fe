/** Where to connect to just now: to the one server, to whom the Sentinels name, or to the node of a cluster that has our keys. */
import { ErrorReply } from '@redis/client';
import { type TlsSettings, USUAL_TLS } from '../../domain/network/outward.js';
import type {
  Credentials,
  HostAndPort,
  RedisAddress,
  RedisSettings,
} from '../../domain/network/redis-address.js';
import { withDeadline } from '../deadline.js';
import { createRedisClient, type RedisClient, type RedisServerOptions } from '../redis-client.js';
import { REDIS_LOCATE_MS } from '../time-limits.js';
import { UnfitRedis, unfitness } from './fitness.js';

/** @throws UnfitRedis, or what the client throws */
export type Locate = () => Promise<RedisServerOptions>;

type Ask = (client: RedisClient, at: HostAndPort) => Promise<HostAndPort>;

interface Entrance {
  readonly tls: TlsSettings | null;
  readonly credentials: Credentials;
  readonly database: number;
}

const NO_ONE: Credentials = { user: null, password: null };

/** @param key that lies where all of ours do */
export function locator(address: RedisAddress, settings: RedisSettings, key: string): Locate {
  const { kind, hosts, credentials, database, encrypted, primary } = address;
  // Looked at for each connection: it may be replaced.
  const entrance = () => ({
    tls: encrypted ? (settings.tls ?? USUAL_TLS) : null,
    credentials,
    database,
  });
  const entered = async (at: Promise<HostAndPort>) => ({ ...(await at), ...entrance() });
  if (kind === 'SENTINEL') {
    const sentinels = () => ({ ...entrance(), credentials: settings.sentinel ?? NO_ONE, database: 0 });
    const ask = inTurn(hosts, sentinels, (client) => primaryOf(client, primary));
    return () => entered(ask());
  }
  if (kind === 'CLUSTER') {
    const ask = inTurn(hosts, entrance, (client, at) => nodeOf(client, key, at));
    return () => entered(ask());
  }
  const [server = { host: '', port: 0 }] = hosts;
  return () => entered(Promise.resolve(server));
}

/** Whoever does not say makes way for the next. Each is the first in turn: one that is cut off from the others may be wrong. */
function inTurn(
  hosts: readonly HostAndPort[],
  entrance: () => Entrance,
  ask: Ask,
): () => Promise<HostAndPort> {
  let first = 0;
  return async () => {
    const turn = [...hosts.slice(first), ...hosts.slice(0, first)];
    first = (first + 1) % hosts.length;
    let fault: unknown;
    for (const at of turn) {
      try {
        return await askOne({ ...at, ...entrance() }, (client) => ask(client, at));
      } catch (error) {
        // What has to be mended says more than that another one is away.
        if (!(fault instanceof UnfitRedis)) fault = error;
      }
    }
    throw fault;
  };
}

function askOne(
  server: RedisServerOptions,
  ask: (client: RedisClient) => Promise<HostAndPort>,
): Promise<HostAndPort> {
  const client = createRedisClient(server);
  client.on('error', () => undefined);
  const answer = client
    .connect()
    .then(() => ask(client))
    // Not before it has dialled: a client that is destroyed while it dials connects all the same, and stays.
    .finally(() => client.isOpen && client.destroy());
  return withDeadline(answer, REDIS_LOCATE_MS);
}

async function primaryOf(client: RedisClient, name: string): Promise<HostAndPort> {
  try {
    const said = await client.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', name]);
    if (!Array.isArray(said)) throw new UnfitRedis('NO_SUCH_PRIMARY');
    return { host: String(said[0]), port: Number(said[1]) };
  } catch (error) {
    if (!(error instanceof ErrorReply)) throw error;
    if (/unknown command/.test(error.message)) throw new UnfitRedis('NO_SENTINEL');
    throw unfitness(error) === null ? error : new UnfitRedis('SENTINEL_CREDENTIALS');
  }
}

/** A node that has not the key says who has. */
async function nodeOf(client: RedisClient, key: string, at: HostAndPort): Promise<HostAndPort> {
  try {
    await client.sendCommand(['GET', key]);
    return at;
  } catch (error) {
    const [, host, port] =
      /^MOVED \d+ (.*):(\d+)$/.exec(error instanceof ErrorReply ? error.message : '') ?? [];
    if (port === undefined) throw error;
    // One that does not know by which name it is reached leaves it out.
    return { host: host || at.host, port: Number(port) };
  }
}
