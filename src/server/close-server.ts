/** Closes the HTTP server: no new request, those under way may end, nobody else may hold the process. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ARRIVAL_MS, SHUTDOWN_GRACE_MS } from '../resilience/time-limits.js';

/** Watches the server's connections from its start on; the function that comes back closes it. */
export function prepareClose(app: FastifyInstance): () => Promise<void> {
  const exchanges = new Map<Socket, Set<IncomingMessage>>();
  app.server.on('connection', (socket: Socket) => {
    exchanges.set(socket, new Set());
    socket.once('close', () => exchanges.delete(socket));
  });
  app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const open = exchanges.get(request.socket);
    open?.add(request);
    response.once('close', () => open?.delete(request));
  });

  return async () => {
    const patience = setTimeout(() => app.server.closeAllConnections(), SHUTDOWN_GRACE_MS);
    // Node waits for whoever has connected and sent nothing, or half a request: a probe, a browser in advance.
    const dismissal = setTimeout(() => {
      for (const [socket, open] of exchanges) {
        if (![...open].some((request) => request.complete)) socket.destroy();
      }
    }, ARRIVAL_MS);
    try {
      await app.close();
    } finally {
      clearTimeout(dismissal);
      clearTimeout(patience);
    }
  };
}
