/** Files that the build made for a browser, as they are served: read once, when first asked for, packed once, with a policy that allows no other host. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EncodedBytes, sendEncoded } from '../pipeline/encoded-bytes.js';

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
]);

export interface BundleFile {
  /** Below the bundle's folder, with slashes. */
  readonly name: string;
  content(): EncodedBytes;
}

/** What is not there at start is never served; nothing where the bundle is not built. */
export function readBundle(folder: URL): readonly BundleFile[] {
  return namesIn(folder)
    .filter((name) => CONTENT_TYPES.has(extname(name)))
    .map((name) => ({ name, content: readOnce(new URL(name, folder)) }));
}

/** Most processes are never asked for any of these megabytes. */
function readOnce(file: URL): () => EncodedBytes {
  let read: EncodedBytes | undefined;
  return () => {
    read ??= new EncodedBytes(readFileSync(file));
    return read;
  };
}

function namesIn(folder: URL): readonly string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.map((name) => name.replaceAll('\\', '/'));
  } catch {
    return [];
  }
}

/** Names stay the same from build to build, so a browser asks each time and is mostly answered 304. */
export function sendBundleFile(
  { name, content }: BundleFile,
  contentSecurityPolicy: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  reply.headers({
    'cache-control': 'no-cache',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  reply.type(CONTENT_TYPES.get(extname(name)) ?? 'application/octet-stream');
  return sendEncoded(request, reply, content());
}
