/** An MDES that answers as a test says, however broken; it checks nothing and remembers every request. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Reply = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

export interface FakeMdes {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  readonly connections: () => number;
  /** How many stood at the same time, at most, since the last call. */
  readonly mostConnections: () => number;
  /** What is answered from now on. */
  answer(reply: Reply): void;
  close(): Promise<void>;
}

export async function startFakeMdes(tls?: {
  readonly key: string;
  readonly cert: string;
}): Promise<FakeMdes> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let most = 0;
  let current: Reply = json(500, {});
  const listener: RequestListener = async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body: Buffer.concat(chunks) };
    requests.push(request);
    response.on('error', () => {});
    await current(response, request);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}/mdes`,
    requests,
    connections: () => connections,
    mostConnections() {
      const before = most;
      most = sockets.size;
      return before;
    },
    answer(reply) {
      current = reply;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return text(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers });
}

export function text(status: number, body: string | Buffer, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

export const hang: Reply = () => {};

export const resetBeforeHeaders: Reply = (response) => {
  response.socket?.resetAndDestroy();
};

export function resetMidBody(status: number): Reply {
  return async (response) => {
    response.writeHead(status, { 'content-length': '1000' }).write('{"responseId"');
    await sleep(30);
    response.socket?.resetAndDestroy();
  };
}

/** The connection ends in good order, before as many bytes as announced. */
export const shortFin: Reply = async (response) => {
  response.writeHead(200, { 'content-length': '1000' }).write('{"responseId"');
  await sleep(30);
  response.socket?.end();
};

export const drip: Reply = async (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  while (!response.destroyed) {
    response.write('{');
    await sleep(100);
  }
};

export const gzipBomb: Reply = text(200, gzipSync(Buffer.alloc(50 * 1024 * 1024, ' ')), {
  'content-encoding': 'gzip',
  'content-type': 'application/json',
});

/** A body of 100 MB; `sent` tells how much of it was taken. */
export function flood(): { readonly reply: Reply; readonly sent: () => number } {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  let sent = 0;
  const reply: Reply = async (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    while (!response.destroyed && sent < 100 * 1024 * 1024) {
      sent += chunk.length;
      if (!response.write(chunk)) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    response.destroy();
  };
  return { reply, sent: () => sent };
}
