/** Pages on this machine, such as the demo bank, may read what the control routes answer; pages from elsewhere may not. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackHost } from '../../domain/loopback.js';
import { parseUrl } from '../../domain/url.js';

export function allowLoopbackPages({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'origin');
  const { origin = '' } = headers;
  if (isLoopbackHost(parseUrl(origin)?.hostname ?? '')) {
    response.setHeader('access-control-allow-origin', origin);
  }
}

/** At a fixed port any page that somebody has open could give orders, were it not for the Origin that its browser sends along. */
export function isForeignOrder({ method, headers: { origin } }: IncomingMessage, publicUrl: string): boolean {
  if (method === 'GET' || origin === undefined) return false;
  return !isLoopbackHost(parseUrl(origin)?.hostname ?? '') && origin !== parseUrl(publicUrl)?.origin;
}
