/** A bearer token shows that no other site's page sends a request: browsers add none by themselves. */
import type { FastifyRequest } from 'fastify';

/** For a GET of whoever is signed in, as if it came with the header that prevents CSRF. */
export async function trustBearer(request: FastifyRequest): Promise<void> {
  if (request.method !== 'GET' || request.accountHolder === null) return;
  request.headers['apollo-require-preflight'] ??= 'bearer';
}
