/** Serves the explorer: GraphiQL as the build bundled it, from this host alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EncodedBytes, sendEncoded } from '../pipeline/encoded-bytes.js';

const BUNDLE = new URL('../../../dist/explorer/', import.meta.url);
const PAGE = 'index.html';

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

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

interface BundleFile {
  readonly name: string;
  readonly content: EncodedBytes;
}

/** Routes for the page and for each file of the bundle: what is not in the bundle at start has no route. */
export function registerExplorer(app: FastifyInstance): void {
  const files = readBundle();
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
  app.get('/explorer', (request, reply) => sendFile(page, request, reply));
  // the page names its files relative to /explorer
  app.get('/explorer/', (_request, reply) => reply.redirect('../../explorer', 308));
  for (const file of files.filter((one) => one !== page)) {
    app.get(`/explorer/${file.name}`, (request, reply) => sendFile(file, request, reply));
  }
}

function readBundle(): readonly BundleFile[] {
  return listBundle()
    .filter((name) => CONTENT_TYPES.has(extname(name)))
    .map((name) => ({ name, content: new EncodedBytes(readFileSync(new URL(name, BUNDLE))) }));
}

function listBundle(): readonly string[] {
  try {
    return readdirSync(BUNDLE);
  } catch {
    return [];
  }
}

/** Names stay the same from build to build, so a browser asks each time and is mostly answered 304. */
function sendFile(file: BundleFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply.headers({
    'cache-control': 'no-cache',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  reply.type(CONTENT_TYPES.get(extname(file.name)) ?? 'application/octet-stream');
  return sendEncoded(request, reply, file.content);
}
