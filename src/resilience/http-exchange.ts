/** One HTTP request and the whole of its answer, bounded in size and by the caller's signal; redirects are not followed. */
import type { Dispatcher } from 'undici';
import type { StopSignal } from './stop-signal.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly the bytes that were signed; empty for a GET. */
  readonly body: Buffer;
  /** Ends the request and the reading of its answer. */
  readonly signal: StopSignal;
  readonly maxAnswerBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The other side's clock, in its own words. */
  readonly date?: string | undefined;
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

/**
 * undici's handler tells what its promises do not: the moment before the first byte is written.
 * @throws TransportError when there is no answer
 */
export function exchange(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpAnswer> {
  const { method, path, headers, body, signal, maxAnswerBytes } = request;
  return new Promise((resolve, reject) => {
    let begun: Dispatcher.DispatchController | undefined;
    let head: Pick<HttpAnswer, 'status' | 'retryAfter' | 'date'> | undefined;
    let isPlain = true;
    const chunks: Buffer[] = [];
    let size = 0;

    function end(fault: string | null): void {
      signal.removeEventListener('abort', stop);
      if (head === undefined) reject(new TransportError(fault ?? 'FAILED', begun !== undefined));
      else if (fault !== null) resolve({ ...head, body: null, fault });
      else if (!isPlain) resolve({ ...head, body: null, fault: 'COMPRESSED' });
      else resolve({ ...head, body: wholeOf(chunks), fault: null });
    }

    // undici looks at no signal before a connection stands: a request that waits for one needs this.
    function stop(): void {
      end('DEADLINE');
      begun?.abort(new TransportError('DEADLINE', true));
    }

    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) return stop();
    dispatcher.dispatch(
      { method, path, headers, body: body.length > 0 ? body : null },
      {
        onRequestStart(controller) {
          if (signal.aborted) controller.abort(new TransportError('DEADLINE', false));
          else begun = controller;
        },
        onResponseStart(_, status, answered) {
          if (status < 200) return;
          head = { status, retryAfter: single(answered['retry-after']), date: single(answered['date']) };
          isPlain = (single(answered['content-encoding'])?.toLowerCase() ?? 'identity') === 'identity';
        },
        onResponseData(controller, chunk) {
          size += chunk.length;
          if (size > maxAnswerBytes) controller.abort(new TransportError(TOO_LARGE, true));
          else chunks.push(chunk);
        },
        onResponseEnd: () => end(null),
        onResponseError: (_, error) => end(codeOf(error)),
      },
    );
  });
}

function wholeOf(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Never the message: undici's parser errors quote what the other side sent. */
function codeOf(error: unknown): string {
  if (error instanceof TransportError) return error.code;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return TOO_LARGE;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'FAILED';
}
