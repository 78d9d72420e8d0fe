/** Bytes that go out again and again, in the codings that clients take (RFC 9110, 12.5.3): each is made once, off the event loop. */
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What is shorter gains nothing worth the work of unpacking. */
const LEAST_BYTES = 1000;
const BROTLI_QUALITY = 6;

type Coding = 'br' | 'zstd' | 'gzip';

/** Best first, as far as this Node has it. */
const CODINGS: ReadonlyMap<Coding, (bytes: Buffer) => Promise<Buffer>> = codings();

function codings() {
  const brotli = promisify(zlib.brotliCompress);
  const gzip = promisify<Buffer, Buffer>(zlib.gzip);
  const made = new Map<Coding, (bytes: Buffer) => Promise<Buffer>>();
  made.set('br', (bytes) =>
    brotli(bytes, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
  // From Node 22.15 on.
  const zstd: unknown = Reflect.get(zlib, 'zstdCompress');
  if (typeof zstd === 'function') made.set('zstd', promisify(zstd as typeof zlib.deflate));
  made.set('gzip', gzip);
  return made;
}

export class EncodedBytes {
  readonly #made = new Map<Coding, Buffer | Promise<Buffer>>();
  #hash: string | undefined;

  readonly #isPacked: boolean;
  readonly #onGrown: () => void;
  #size: number;

  /**
   * @param packed of a form that nothing makes smaller, as PNG is
   * @param onGrown told when they have come to be held in one more coding
   */
  constructor(
    readonly plain: Buffer,
    { packed = false, onGrown = (): void => undefined } = {},
  ) {
    this.#isPacked = packed || plain.length < LEAST_BYTES;
    this.#size = plain.length;
    this.#onGrown = onGrown;
  }

  /** So much is held, in all codings that were asked for. */
  get size(): number {
    return this.#size;
  }

  /** Strong (RFC 9110, 8.8.3): every coding of the same bytes has one of its own. */
  etag(coding: Coding | null): string {
    this.#hash ??= hash('sha256', this.plain, 'base64url');
    return coding === null ? `"${this.#hash}"` : `"${this.#hash}-${coding}"`;
  }

  /** null: as they are. */
  codingFor(acceptEncoding: string | undefined): Coding | null {
    if (acceptEncoding === undefined || this.#isPacked) return null;
    return preferred(acceptEncoding);
  }

  /** At once when they have been made before. */
  in(coding: Coding | null): Buffer | Promise<Buffer> {
    if (coding === null) return this.plain;
    const known = this.#made.get(coding);
    if (known !== undefined) return known;
    const making = (CODINGS.get(coding)?.(this.plain) ?? Promise.resolve(this.plain)).then((bytes) => {
      // In memory of its own: what it was cut from would be held along.
      const own = Buffer.alloc(bytes.length, bytes);
      this.#made.set(coding, own);
      this.#size += own.length;
      this.#onGrown();
      return own;
    });
    making.catch(() => this.#made.delete(coding));
    this.#made.set(coding, making);
    return making;
  }
}

/** How they go out to somebody. */
interface Form {
  readonly coding: Coding | null;
  /** null: the answer is no resource that a client may keep. */
  readonly etag: string | null;
  /** Whether he has them. */
  readonly isKnown: boolean;
}

/** In the coding that the caller takes; for GET with an ETag, and as 304 when he has them. */
export function formFor({ method, headers }: Asked, bytes: EncodedBytes): Form {
  const accepted = headers['accept-encoding'];
  const coding = bytes.codingFor(Array.isArray(accepted) ? accepted.join() : accepted);
  if (method !== 'GET' && method !== 'HEAD') return { coding, etag: null, isKnown: false };
  const etag = bytes.etag(coding);
  return { coding, etag, isKnown: isKnown(headers['if-none-match'], etag) };
}

type Asked = Pick<IncomingMessage, 'headers'> & { readonly method?: string | undefined };

export const VARY_BY_CODING = 'accept-encoding';

export async function sendEncoded(
  request: FastifyRequest,
  reply: FastifyReply,
  bytes: EncodedBytes,
): Promise<FastifyReply> {
  const { coding, etag, isKnown } = formFor(request, bytes);
  addVary(reply, VARY_BY_CODING);
  if (etag !== null) reply.header('etag', etag);
  if (isKnown) return reply.code(304).removeHeader('content-type').send();
  if (coding !== null) reply.header('content-encoding', coding);
  return reply.send(await bytes.in(coding));
}

/** The value of If-None-Match, compared as RFC 9110 does (13.1.2): weakly. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}

function addVary(reply: FastifyReply, name: string): void {
  const others = reply.getHeader('vary');
  reply.header('vary', others === undefined ? name : `${others}, ${name}`);
}

function preferred(acceptEncoding: string): Coding | null {
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', weight] = part.split(';').map((text) => text.trim());
    weights.set(name, weight?.startsWith('q=') ? Number(weight.slice(2)) : 1);
  }
  let [best, most]: [Coding | null, number] = [null, 0];
  for (const coding of CODINGS.keys()) {
    const weight = weights.get(coding) ?? weights.get('*') ?? 0;
    if (weight > most) [best, most] = [coding, weight];
  }
  // Whoever likes the plain bytes better gets them.
  return most >= (weights.get('identity') ?? 0) ? best : null;
}
