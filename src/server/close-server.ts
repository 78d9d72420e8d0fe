/** Closes the HTTP server: no new request, those under way may end, none may hold the process for ever. */
import type { FastifyInstance } from 'fastify';

/** Longer than the longest push. */
const GRACE_MS = 10_000;

export async function closeServer(app: FastifyInstance): Promise<void> {
  const patience = setTimeout(() => app.server.closeAllConnections(), GRACE_MS);
  await app.close();
  clearTimeout(patience);
}
