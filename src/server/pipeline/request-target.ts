/** Refuses requests that two servers in a row could understand differently. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseUrl } from '../../domain/url.js';
import { timesSent } from './header-count.js';
import { sendRefusal } from './http-errors.js';

/** Exactly one Host, well formed, and a path as the target: no absolute form, which may name another host. */
export async function refuseAmbiguousHost(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { url = '', headers } = request.raw;
  const isHost =
    /^[A-Za-z0-9.:[\]_-]+$/.test(headers.host ?? '') && parseUrl(`http://${headers.host}`) !== undefined;
  if (timesSent(request, 'host') === 1 && isHost && url.startsWith('/')) return;
  await sendRefusal(reply, {
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The request needs exactly one Host header and a path.',
  });
}
