/** The connections to MDES: kept alive for reads, and one of its own for each push, to prove whether it was sent. */
import { buildConnector, Client, Pool } from 'undici';
import { codeOf, exchange, type HttpAnswer, type HttpRequest, TransportError } from './exchange.js';

export interface Transport {
  /** Over kept-alive connections; the caller keeps to `READ_CONNECTIONS` at once. */
  read(request: HttpRequest): Promise<HttpAnswer>;
  /** Over a connection of its own, so that a failure before the connection stands proves that nothing was sent. */
  sendOnce(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

interface TransportOptions {
  readonly connectMs: number;
  /** PEM; instead of the usual certificate authorities. */
  readonly ca?: string;
}

/** undici's own queue would open a connection for every request in it, long after its caller has given up. */
export const READ_CONNECTIONS = 50;
/** Each operation has its own limit; none is above this one. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

export function createTransport(origin: string, { connectMs, ca }: TransportOptions): Transport {
  const options: Client.Options = {
    // One connector for all, so that a push can resume a TLS session; NODE_TLS_REJECT_UNAUTHORIZED=0 has no say here.
    connect: buildConnector({
      timeout: connectMs,
      rejectUnauthorized: true,
      ...(ca !== undefined && { ca }),
    }),
    // The caller's deadline is the only clock: undici's own timers are coarse and start anew with every byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: ANSWER_LIMIT_BYTES,
  };
  const pool = new Pool(origin, { ...options, connections: READ_CONNECTIONS });
  const pushes = new Set<Promise<unknown>>();

  async function sendOnce(request: HttpRequest): Promise<HttpAnswer> {
    const client = new Client(origin, options);
    let connected = false;
    // undici writes in the tick in which it says `connect`, never before.
    client.once('connect', () => {
      connected = true;
    });
    try {
      return await exchange(client, { ...request, reset: true });
    } catch (error) {
      throw new TransportError(codeOf(error, request.signal), connected);
    } finally {
      await client.destroy();
    }
  }

  return {
    async read(request) {
      try {
        return await exchange(pool, request);
      } catch (error) {
        throw new TransportError(codeOf(error, request.signal), true);
      }
    },
    sendOnce(request) {
      const push = sendOnce(request).finally(() => pushes.delete(push));
      pushes.add(push);
      return push;
    },
    async close() {
      await Promise.allSettled([pool.close(), ...pushes]);
    },
  };
}
