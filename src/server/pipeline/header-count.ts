/** How often a request has a header: Node shows only one of several. */
import type { FastifyRequest } from 'fastify';

/** @param name in lower case */
export function timesSent({ raw }: FastifyRequest, name: string): number {
  return raw.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
}
