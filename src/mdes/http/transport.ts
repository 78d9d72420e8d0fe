/** The connections to MDES: those of reads are kept as long as they last, those of pushes only for the next push. */
import { type Client, Pool } from 'undici';
import { type Outward, STRAIGHT } from '../../domain/network/outward.js';
import { exchange, type HttpAnswer, type HttpRequest } from '../../resilience/http-exchange.js';
import { createConnector } from '../../resilience/outward/connector.js';
import { PushConnections } from './push-connections.js';

export interface Transport {
  /** Over kept-alive connections; the caller keeps to `READ_CONNECTIONS` at once. */
  read(request: HttpRequest): Promise<HttpAnswer>;
  /** Once, and never behind another request: a failure tells whether anything of it may have left. */
  sendOnce(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

interface TransportOptions {
  readonly connectMs: number;
  readonly outward?: Outward | undefined;
}

/** undici's own queue would open a connection for every request in it, long after its caller has given up. */
export const READ_CONNECTIONS = 50;
/** Each operation has its own limit; none is above this one. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

export function createTransport(
  origin: string,
  { connectMs, outward = STRAIGHT }: TransportOptions,
): Transport {
  const options: Client.Options = {
    // One connector for all, so that a push can resume a TLS session.
    connect: createConnector(origin, outward, connectMs),
    // The caller's deadline is the only clock: undici's own timers are coarse and start anew with every byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: ANSWER_LIMIT_BYTES,
  };
  const pool = new Pool(origin, { ...options, connections: READ_CONNECTIONS });
  const pushes = new PushConnections(origin, options);
  return {
    read: (request) => exchange(pool, request),
    sendOnce: (request) => pushes.send(request),
    async close() {
      await Promise.allSettled([pool.close(), pushes.close()]);
    },
  };
}
