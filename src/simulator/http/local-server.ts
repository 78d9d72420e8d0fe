/** An HTTP server, on this machine only unless told otherwise, which closes at once, hung requests included. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { sendJson } from './answer.js';

export interface LocalServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/** How others than this machine reach it. */
export interface ListenOptions {
  /** Default: this machine alone. */
  readonly host?: string;
  /** PEM; with it, it speaks https. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const LOOPBACK = '127.0.0.1';
/** Longer than any client keeps an idle connection: a push on a connection that just closed would be in doubt. */
const KEEP_ALIVE_MS = 75_000;

/** The first port from `first` on that is free; where a hundred of them are taken, any free one. */
export async function startOnNextFree(handler: Handler, first: number): Promise<LocalServer> {
  for (let port = first; port < first + 100; port += 1) {
    try {
      return await startLocalServer(handler, port);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  return startLocalServer(handler);
}

export function startLocalServer(
  handler: Handler,
  port = 0,
  { host = LOOPBACK, tls }: ListenOptions = {},
): Promise<LocalServer> {
  const listener: RequestListener = (request, response) => {
    handler(request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      if (response.headersSent) return void response.destroy();
      sendJson(response, 500, { error: { code: 'INTERNAL_ERROR', message: String(error) } });
    });
  };
  const server =
    tls === undefined
      ? createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, listener)
      : createTlsServer({ ...tls, keepAliveTimeout: KEEP_ALIVE_MS }, listener);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { port: actualPort } = server.address() as AddressInfo;
      resolve({
        url: `${tls === undefined ? 'http' : 'https'}://${LOOPBACK}:${actualPort}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
