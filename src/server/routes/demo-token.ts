/** GET /demo/token: an access token for a demo account holder. Exists with the embedded sign-in only. */
import type { FastifyInstance } from 'fastify';
import { sendRefusal } from '../pipeline/http-errors.js';
import { type DemoClaims, readDemoClaims } from './demo-claims.js';

interface DemoToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

/** null for an unknown account holder. */
export type DemoTokens = (accountHolder: string, claims?: DemoClaims) => Promise<DemoToken | null>;

export function registerDemoToken(app: FastifyInstance, tokens: DemoTokens): void {
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>('/demo/token', async ({ query }, reply) => {
    const claims = readDemoClaims(query);
    if (typeof claims === 'string') {
      return sendRefusal(reply, { status: 400, code: 'BAD_REQUEST', message: claims });
    }
    const { sub } = query;
    const token = typeof sub === 'string' ? await tokens(sub, claims) : null;
    if (token !== null) return reply.header('cache-control', 'no-store').send(token);
    const message = 'There is no such account holder. Try /demo/token?sub=susan or ?sub=amir.';
    return sendRefusal(reply, { status: 404, code: 'NOT_FOUND', message });
  });
}
