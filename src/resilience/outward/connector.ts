/** Makes the connections of undici's clients as the operator says: straight, or by a tunnel through a proxy. */
import type { Socket } from 'node:net';
import { buildConnector, Client } from 'undici';
import {
  type Outward,
  type ProxySettings,
  type TlsSettings,
  tlsOptions,
} from '../../domain/network/outward.js';
import { isStraight } from './no-proxy.js';

const HTTPS_PORT = 443;

/** There is no tunnel: nothing of what was to go through it has left. */
class NoTunnel extends Error {
  override readonly name = 'NoTunnel';

  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * A tunnel ends where TLS to the other side begins, so that a proxy sees nothing of a request and cannot answer one. What
 * fails before TLS stands has sent nothing, which undici tells as it does for a connection that is refused.
 * @param timeoutMs for each step: to the proxy, its answer, and TLS
 */
export function createConnector(
  origin: string,
  outward: Outward,
  timeoutMs: number,
): buildConnector.connector {
  const { proxy } = outward;
  const connect = replaceable(outward, timeoutMs);
  const { protocol, hostname, port: named } = new URL(origin);
  const port = named === '' ? HTTPS_PORT : Number(named);
  if (proxy === null || protocol !== 'https:' || isStraight(hostname, port, proxy.except)) return connect;
  const open = tunnelOpener(proxy, `${hostname}:${port}`, timeoutMs);
  return (options, callback) => {
    open().then(
      (httpSocket) => connect({ ...options, httpSocket }, callback),
      (error: unknown) => callback(new NoTunnel(`PROXY_${codeOf(error)}`), null),
    );
  };
}

/** One for all connections, so that one can resume a TLS session of another; the next, once the settings have been replaced. */
function replaceable(outward: Outward, timeout: number): buildConnector.connector {
  let used: TlsSettings | undefined;
  let connect: buildConnector.connector;
  return (options, callback) => {
    const { tls } = outward;
    if (tls !== used) connect = buildConnector({ timeout, ...tlsOptions(tls) });
    used = tls;
    connect(options, callback);
  };
}

function tunnelOpener({ url }: ProxySettings, target: string, timeoutMs: number): () => Promise<Socket> {
  const { origin, username, password } = new URL(url.reveal());
  const connect = buildConnector({ timeout: timeoutMs, rejectUnauthorized: true });
  const name = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = {
    host: target,
    ...(username !== '' && { 'proxy-authorization': `Basic ${Buffer.from(name).toString('base64')}` }),
  };
  return async () => {
    const client = new Client(origin, { connect });
    try {
      const signal = AbortSignal.timeout(2 * timeoutMs);
      const { statusCode, socket } = await client.connect({ path: target, headers, signal });
      if (statusCode >= 200 && statusCode < 300) return socket as Socket;
      socket.on('error', () => undefined).destroy();
      throw new NoTunnel(`HTTP_${statusCode}`);
    } finally {
      // A socket that has become a tunnel is no longer the client's.
      void client.destroy();
    }
  };
}

/** Never the message: it may repeat what the proxy said. */
function codeOf(error: unknown): string {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (isTimeout) return 'TIMEOUT';
  return typeof code === 'string' ? code : 'FAILED';
}
