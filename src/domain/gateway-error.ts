/** Errors that callers see, each with a stable code; everything else is masked. */

/** The caller's fault, in contract with front ends. */
type CallerErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'STEP_UP_REQUIRED'
  | 'BAD_USER_INPUT'
  | 'KEY_REUSED'
  | 'RATE_LIMITED';
/** We or those behind us cannot answer now. */
type UnavailableErrorCode = 'UPSTREAM_UNAVAILABLE' | 'CARD_STORE_UNAVAILABLE' | 'LEDGER_UNAVAILABLE';
type GatewayErrorCode = CallerErrorCode | UnavailableErrorCode;

/** When those behind us do not say when to come back. */
export const RETRY_AFTER_SECONDS = 5;

/** `message` is shown to the caller as it stands: fixed words that say what to do, never a value of the input. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';

  constructor(
    readonly code: GatewayErrorCode,
    message: string,
    options?: {
      readonly cause?: unknown;
      readonly retryAfterSeconds?: number | undefined;
      readonly extensions?: Readonly<Record<string, unknown>>;
    },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.extensions = options?.extensions ?? {};
  }

  readonly retryAfterSeconds: number | undefined;
  /** Shown to the caller beside the code: what it needs in order to mend it. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

export function badUserInput(message: string): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message);
}
