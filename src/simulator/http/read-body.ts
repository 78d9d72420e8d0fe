/** Reads a request's body as exactly the bytes that were sent, up to a limit. */
import type { IncomingMessage } from 'node:http';

/** `undefined` when the body is larger than `limit`; the rest is then thrown away. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}
