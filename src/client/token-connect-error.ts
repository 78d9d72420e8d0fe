/** What a call of the typed client throws when the gateway answers with GraphQL errors or not at all in GraphQL. */
import { ClientError } from 'graphql-request';

/** One entry of the answer's `errors`. */
export interface GatewayError {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * graphql-request's own error writes the whole request and response into its message, so one logged error would hold
 * receipts and tokens. This one says what went wrong and keeps the rest out of messages and of loggers.
 */
export class TokenConnectError extends Error {
  override readonly name = 'TokenConnectError';
  /** HTTP status of the answer. */
  readonly status: number;
  /** `extensions.code` of the first error, e.g. `UNAUTHENTICATED`, `BAD_USER_INPUT`, `UPSTREAM_UNAVAILABLE`. */
  readonly code: string;
  /** After how many seconds the same request may succeed; null where repeating it does not help. */
  readonly retryAfter: number | null;
  readonly errors: readonly GatewayError[];
  readonly #data: unknown;

  private constructor(status: number, errors: readonly GatewayError[], data: unknown) {
    const first = errors[0];
    super(first?.message ?? `The gateway answered HTTP ${status} without a GraphQL result`);
    this.status = status;
    const { code }: GatewayError['extensions'] = first?.extensions ?? {};
    this.code = typeof code === 'string' ? code : 'NO_GRAPHQL_RESULT';
    const waits = errors.map(({ extensions: { retryAfter } }) =>
      typeof retryAfter === 'number' ? retryAfter : Infinity,
    );
    const longest = Math.max(...waits);
    this.retryAfter = Number.isFinite(longest) ? longest : null;
    this.errors = errors;
    this.#data = data;
  }

  /** The fields that were answered all the same: one failure does not take the rest along. */
  get data(): unknown {
    return this.#data;
  }

  /** Anything but graphql-request's error, a failed connection for one, stays what it is. */
  static from(thrown: unknown): unknown {
    if (!(thrown instanceof ClientError)) {
      return thrown;
    }
    const { status, errors = [], data } = thrown.response;
    const entries = errors.map(({ message, path = [], extensions = {} }) => ({ message, path, extensions }));
    return new TokenConnectError(status, entries, data ?? null);
  }
}
