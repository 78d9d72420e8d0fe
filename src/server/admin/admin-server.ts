/** ADMIN_PORT: metrics, health and the log level, for operators alone; a listener of its own that no front end reaches. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { LogLevel } from '../../observability/logger.js';

interface AdminDeps {
  readonly metrics: { readonly contentType: string; text(): Promise<string> };
  readonly readiness: () => { readonly ready: boolean; readonly members: object };
  readonly level: { get(): string; set(level: LogLevel): void };
}

export interface AdminServer {
  /** Without trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** `silent` is none of them: somebody must be able to see what happened. */
const LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
const LONGEST_LEVEL = 20;
const REQUEST_MS = 10_000;

export async function startAdminServer(
  deps: AdminDeps,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<AdminServer> {
  const server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
    answer(deps, request).then(
      (it) => send(response, it),
      () => send(response, plain(500, 'The metrics could not be read.')),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const listensAt = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listensAt}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(deps: AdminDeps, request: IncomingMessage): Promise<Answer> {
  const { method, headers } = request;
  const path = request.url?.split('?', 1)[0];
  // A page in an operator's browser has no business here.
  if (headers.origin !== undefined) return plain(403, 'Not for web pages.');
  if (path === '/log-level')
    return method === 'PUT' ? changeLevel(deps, request) : plain(200, deps.level.get());
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'GET, or PUT /log-level.');
  switch (path) {
    case '/metrics':
      return { status: 200, type: deps.metrics.contentType, text: await deps.metrics.text() };
    case '/livez':
      return json(200, { status: 'ok' });
    case '/readyz': {
      const { ready, members } = deps.readiness();
      return json(ready ? 200 : 503, members);
    }
    default:
      return plain(404, 'GET /metrics, /livez, /readyz, /log-level; PUT /log-level.');
  }
}

async function changeLevel({ level }: AdminDeps, request: IncomingMessage): Promise<Answer> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk);
    if (body.length > LONGEST_LEVEL) break;
  }
  const asked = LEVELS.find((one) => one === body.trim());
  if (asked === undefined) return plain(400, `One of ${LEVELS.join(', ')}.`);
  level.set(asked);
  return plain(200, asked);
}

function plain(status: number, text: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', text: `${text}\n` };
}

function json(status: number, value: object): Answer {
  return { status, type: 'application/json; charset=utf-8', text: JSON.stringify(value) };
}

function send(response: ServerResponse, { status, type, text }: Answer): void {
  response
    .writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .end(text);
}
