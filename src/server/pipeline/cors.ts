/** Which browser origins may call. */
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

export async function registerCors(app: FastifyInstance, { origins, embedded }: CorsOptions): Promise<void> {
  const mayCall = (origin: string): boolean =>
    origins?.includes(origin) ?? (embedded && (SANDBOX_ORIGINS.includes(origin) || isLoopbackOrigin(origin)));
  if (embedded) {
    // A page on the internet that calls this machine is asked about it by Chromium first (Private Network Access).
    app.addHook('onRequest', async ({ headers }, reply) => {
      const asked = headers['access-control-request-private-network'] === 'true';
      if (asked && headers.origin !== undefined && mayCall(headers.origin)) {
        reply.header('access-control-allow-private-network', 'true');
      }
    });
  }
  await app.register(cors, {
    origin: (origin, answer) => answer(null, origin !== undefined && mayCall(origin)),
    methods: ['GET', 'POST'],
    // What only looks like a preflight is answered like one, and not with a text of the plugin's own.
    strictPreflight: false,
    exposedHeaders: [TRACE_HEADER, 'retry-after', 'www-authenticate'],
    maxAge: 600,
  });
}

function isLoopbackOrigin(origin: string): boolean {
  return isLoopbackHost(parseUrl(origin)?.hostname ?? '');
}
