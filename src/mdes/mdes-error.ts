/** Everything that can go wrong at MDES, as one closed set. */

/** MDES's own reason, as it travels up: `reasonCode` may be shown to channel teams, `description` goes to the log. */
export interface MdesReason {
  readonly source: 'INPUT' | 'MDES' | 'GATEWAY';
  readonly reasonCode: string;
  readonly description: string | null;
}

/**
 * - `REFUSED`: MDES took the request and said no (`errors[]`); nothing was pushed.
 * - `UNAUTHORIZED`: MDES does not accept who we are or how we sign; nothing was pushed. For the operators.
 * - `UNAVAILABLE`: MDES could not be reached or could not answer. A push that ends so was certainly not carried out.
 * - `UNCLEAR`: a push was sent and nobody knows what became of it. Never used for reads.
 */
export type MdesErrorKind = 'REFUSED' | 'UNAUTHORIZED' | 'UNAVAILABLE' | 'UNCLEAR';

export class MdesError extends Error {
  override readonly name = 'MdesError';

  constructor(
    readonly kind: MdesErrorKind,
    /** For the log: never holds a payload, key or signature base string. */
    message: string,
    readonly reason: MdesReason | null = null,
    options?: {
      readonly retryAfterSeconds?: number | undefined;
      readonly clockOffSeconds?: number | undefined;
    },
  ) {
    super(message);
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.clockOffSeconds = options?.clockOffSeconds;
  }

  /** Of a refusal of who we are: our clock is so far before that of MDES, which is the likelier cause than a key. */
  readonly clockOffSeconds: number | undefined;

  /** What MDES asked for in `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;
}

/** MDES took the request and said no, with its reason. */
export class MdesRefusal extends MdesError {
  constructor(message: string, reason: MdesReason, retryAfterSeconds?: number) {
    super('REFUSED', message, reason, { retryAfterSeconds });
  }
}

/** MDES answers, but not as often as we ask. */
export class Throttled extends MdesError {
  constructor(message: string, reason: MdesReason | null, retryAfterSeconds: number | undefined) {
    super('UNAVAILABLE', message, reason, { retryAfterSeconds });
  }
}

/** MDES answered with more than we read: it is to be asked for less. */
export class AnswerTooLarge extends MdesError {
  constructor(message: string) {
    super('UNAVAILABLE', message);
  }
}

/** MDES answered with a logo that is none: asking again at once changes nothing. */
export class BrokenAsset extends MdesError {
  constructor(message: string) {
    super('UNAVAILABLE', message);
  }
}
