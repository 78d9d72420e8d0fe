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
