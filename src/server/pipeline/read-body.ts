/** Reads a request's body before anybody knows who will answer it. */
import type { IncomingMessage } from 'node:http';

/** @param length its Content-Length; of a client that sends less and goes away nothing is heard */
export function readBody(request: IncomingMessage, length: number, use: (body: Buffer) => void): void {
  const read: Buffer[] = [];
  let missing = length;
  request.on('data', (chunk: Buffer) => {
    read.push(chunk);
    missing -= chunk.length;
    if (missing === 0) use(read.length === 1 ? chunk : Buffer.concat(read));
  });
}
