/** Refuses requests that two servers in a row could understand differently. */
import type { IncomingMessage } from 'node:http';
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
  const hosts = timesSent(request.raw, 'host');
  if (hosts === 0 && isProbe(request) && url.startsWith('/')) return;
  if (hosts === 1 && isHost(headers.host ?? '') && url.startsWith('/')) return;
  await sendRefusal(reply, {
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The request needs exactly one Host header and a path.',
  });
}

export function isHost(host: string): boolean {
  return /^[A-Za-z0-9.:[\]_-]+$/.test(host) && parseUrl(`http://${host}`) !== undefined;
}

/** Node shows one of several headers of a name, and a server before us may have looked at another. */
export function timesSent(
  { rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>,
  name: Lowercase<string>,
): number {
  let times = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const sent = rawHeaders[at] ?? '';
    if (sent.length === name.length && sent.toLowerCase() === name) times += 1;
  }
  return times;
}

/** @param name in lower case */
export function valuesSent({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): string[] {
  return rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name);
}
