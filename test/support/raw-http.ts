/** HTTP as an attacker speaks it: any method, header and body, or bare bytes on a socket. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { within } from './measurements.js';

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  /** A list is sent as several of that name. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
  readonly milliseconds: number;
}

/** POST to /graphql unless told otherwise. */
export function send(base: string, asked: RawRequest): Promise<RawAnswer> {
  const { method = 'POST', path = '/graphql', headers = {}, body } = asked;
  const { hostname, port } = new URL(base);
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const length =
      body === undefined || headers['transfer-encoding'] !== undefined
        ? {}
        : { 'content-length': Buffer.byteLength(body) };
    const call = request(
      { hostname, port, method, path, headers: { ...length, ...headers }, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const milliseconds = performance.now() - startedAt;
          const { statusCode: status = 0, headers: answered } = answer;
          resolve({ status, headers: answered, bytes, text: bytes.toString('utf8'), milliseconds });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/**
 * Everything that the server writes until it closes the connection, or until nothing more has come for `patience` ms after as
 * many answers as are expected.
 */
export function sendBytes(
  base: string,
  bytes: string | Buffer,
  { patience = 300, answers = 1 }: { readonly patience?: number; readonly answers?: number } = {},
): Promise<string> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const chunks: Buffer[] = [];
    const text = () => Buffer.concat(chunks).toString('latin1');
    let timer = setTimeout(() => socket.destroy(), within(2000));
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if ((text().match(/HTTP\/1\.1 \d{3}/g) ?? []).length < answers) return;
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(), patience);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(text());
    });
  });
}

interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly retryAfter?: number; readonly traceId?: string };
}

interface AnswerBody {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  readonly data?: any;
  readonly errors?: readonly AnswerError[];
  readonly extensions?: unknown;
}

/** @throws when the answer is not a JSON object */
export function bodyOf({ text }: Pick<RawAnswer, 'text'>): AnswerBody {
  const body: unknown = JSON.parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new TypeError(`not a JSON object: ${text.slice(0, 200)}`);
  }
  return body;
}

/** What of a refusal is missing; empty when it is one: JSON with an error and no data, short, with a trace id. */
export function faultsOfRefusal(answer: RawAnswer): string[] {
  const faults: string[] = [];
  if (answer.status < 200 || answer.status >= 500) faults.push(`status ${answer.status}`);
  if (!/^application\/(graphql-response\+)?json/.test(answer.headers['content-type'] ?? '')) {
    faults.push(`content-type ${answer.headers['content-type']}`);
  }
  if (!/^[0-9a-f]{32}$/.test(String(answer.headers['x-trace-id']))) faults.push('no trace id');
  if (answer.bytes.length > 4096) faults.push(`${answer.bytes.length} bytes`);
  try {
    const { data, errors = [] } = bodyOf(answer);
    if (errors.length === 0) faults.push('no errors');
    if (errors.some(({ extensions }) => !/^[A-Z_]+$/.test(extensions?.code ?? ''))) faults.push('no code');
    if (Object.values(data ?? {}).some((value) => value !== null)) faults.push('data');
  } catch {
    faults.push(`not JSON: ${answer.text.slice(0, 80)}`);
  }
  return faults;
}
