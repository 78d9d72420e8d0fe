/** Serves the explorer: GraphiQL as the build bundled it, from this host alone. */
import type { FastifyInstance } from 'fastify';
import { readBundle, sendBundleFile } from './bundle.js';

const BUNDLE = new URL('../../../dist/explorer/', import.meta.url);
const PAGE = 'index.html';

/** The editor sets styles on its elements and keeps its fonts in its style sheet; nothing comes from elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Routes for the page and for each file of the bundle: what is not in the bundle at start has no route. */
export function registerExplorer(app: FastifyInstance): void {
  const files = readBundle(BUNDLE);
  const page = files.find((file) => file.name === PAGE);
  if (page === undefined) {
    app.get('/explorer', (_request, reply) =>
      reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The explorer is not built. Run: npm run build\n'),
    );
    return;
  }
  app.get('/explorer', (request, reply) => sendBundleFile(page, CONTENT_SECURITY_POLICY, request, reply));
  // the page names its files relative to /explorer
  app.get('/explorer/', (_request, reply) => reply.redirect('../../explorer', 308));
  for (const file of files.filter((one) => one !== page)) {
    app.get(`/explorer/${file.name}`, (request, reply) =>
      sendBundleFile(file, CONTENT_SECURITY_POLICY, request, reply),
    );
  }
}
