/** One HTTP request and the whole of its answer, bounded in size and by the caller's signal; redirects are not followed. */
import type { Dispatcher } from 'undici';
import { untilAborted } from '../../resilience/total-deadline.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly the bytes that were signed; empty for a GET. */
  readonly body: Buffer;
  /** Ends the request and the reading of its answer. */
  readonly signal: AbortSignal;
  readonly maxAnswerBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** null when it broke off, was too large or came compressed although we asked for plain bytes. */
  readonly body: Buffer | null;
  /** Why there is no body; a code. */
  readonly fault: string | null;
}

/** The fault of an answer that was cut off. */
export const TOO_LARGE = 'TOO_LARGE';

/** There is no answer, not even a status. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly code: string,
    /** false: certainly no byte of the request left. */
    readonly sent: boolean,
  ) {
    super(code);
  }
}

export async function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest & { readonly reset?: boolean },
): Promise<HttpAnswer> {
  const { method, path, headers, body, signal, reset = false } = request;
  // undici looks at the signal only once a connection stands: a request that waits for one needs this.
  const response = await untilAborted(
    dispatcher.request({ method, path, headers, body: body.length > 0 ? body : null, signal, reset }),
    signal,
  );
  const answer = { status: response.statusCode, retryAfter: single(response.headers['retry-after']) };
  try {
    const bytes = await readAll(response.body, request.maxAnswerBytes);
    const encoding = single(response.headers['content-encoding'])?.toLowerCase() ?? 'identity';
    return encoding === 'identity'
      ? { ...answer, body: bytes, fault: null }
      : { ...answer, body: null, fault: 'COMPRESSED' };
  } catch (error) {
    return { ...answer, body: null, fault: codeOf(error, signal) };
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) throw new TransportError(TOO_LARGE, true);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Never the message: undici's parser errors quote what the other side sent. */
export function codeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'DEADLINE';
  if (error instanceof TransportError) return error.code;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return TOO_LARGE;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'FAILED';
}
