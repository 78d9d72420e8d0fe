/** Which browser origins may call. */
import type { IncomingHttpHeaders } from 'node:http';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { isLoopbackHost } from '../../domain/loopback.js';
import { parseUrl } from '../../domain/url.js';
import { TRACE_HEADER } from './trace.js';

/** Apollo Sandbox, on its own and embedded in our landing page. */
const SANDBOX_ORIGINS = ['https://studio.apollographql.com', 'https://sandbox.embed.apollographql.com'];

export interface CorsOptions {
  /** null: loopback and Apollo Sandbox when embedded, else none. */
  readonly origins: readonly string[] | null;
  readonly embedded: boolean;
}

/** What browsers may read of an answer. */
const EXPOSED_HEADERS = [TRACE_HEADER, 'retry-after', 'www-authenticate'];

/** Of an answer to a page of that origin, or of none; undefined where that is not all that there is to it. */
export function corsHeaders(headers: IncomingHttpHeaders, options: CorsOptions): string[] | undefined {
  const { origin } = headers;
  if (origin === undefined) return [];
  if (headers['access-control-request-private-network'] !== undefined) return undefined;
  if (!mayCall(origin, options)) return [];
  return [
    ...['access-control-allow-origin', origin],
    ...['access-control-expose-headers', EXPOSED_HEADERS.join(', ')],
  ];
}

/** Another origin is answered otherwise. */
export const VARY_BY_ORIGIN = 'Origin';

function mayCall(origin: string, { origins, embedded }: CorsOptions): boolean {
  return (
    origins?.includes(origin) ?? (embedded && (SANDBOX_ORIGINS.includes(origin) || isLoopbackOrigin(origin)))
  );
}

export async function registerCors(app: FastifyInstance, options: CorsOptions): Promise<void> {
  if (options.embedded) {
    // A page on the internet that calls this machine is asked about it by Chromium first (Private Network Access).
    app.addHook('onRequest', async ({ headers }, reply) => {
      const asked = headers['access-control-request-private-network'] === 'true';
      if (asked && headers.origin !== undefined && mayCall(headers.origin, options)) {
        reply.header('access-control-allow-private-network', 'true');
      }
    });
  }
  await app.register(cors, {
    origin: (origin, answer) => answer(null, origin !== undefined && mayCall(origin, options)),
    methods: ['GET', 'POST'],
    // What only looks like a preflight is answered like one, and not with a text of the plugin's own.
    strictPreflight: false,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: 600,
  });
}

function isLoopbackOrigin(origin: string): boolean {
  return isLoopbackHost(parseUrl(origin)?.hostname ?? '');
}
