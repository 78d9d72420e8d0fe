/** Refuses requests that two servers in a row could understand differently. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseUrl } from '../../domain/url.js';
import { sendRefusal } from './http-errors.js';

/** Load balancers ask for these without a Host (HAProxy's httpchk by default), and their answer depends on none. */
const PROBES: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz']);

export function isProbe({ routeOptions }: FastifyRequest): boolean {
  return PROBES.has(routeOptions.url);
}

/** Exactly one Host, well formed, and a path as the target: no absolute form, which may name another host. */
export async function refuseAmbiguousHost(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { url = '', headers } = request.raw;
  const hosts = timesSent(request, 'host');
  if (hosts === 0 && isProbe(request) && url.startsWith('/')) return;
  const isHost =
    /^[A-Za-z0-9.:[\]_-]+$/.test(headers.host ?? '') && parseUrl(`http://${headers.host}`) !== undefined;
  if (hosts === 1 && isHost && url.startsWith('/')) return;
  await sendRefusal(reply, {
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The request needs exactly one Host header and a path.',
  });
}

/** Node shows one of several headers of a name, and a server before us may have looked at another. */
function timesSent(request: FastifyRequest, name: Lowercase<string>): number {
  return valuesSent(request, name).length;
}

/** @param name in lower case */
export function valuesSent({ raw }: FastifyRequest, name: string): string[] {
  return raw.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name);
}
