/** What is told of all that happens, for whoever counts or traces it; it costs nothing where nobody does. */

export interface AnsweredRequest {
  /** Like `query tokenRequestors`, by the names of the schema, or `GET /livez`: nothing in it is the caller's own. */
  readonly operation: string;
  /** OK, the codes of its errors, or HTTP's status where it has come to none; CALLER_GONE where the answer did not get to anybody. */
  readonly outcome: string;
  /** Whether the answer was one that had been kept. */
  readonly kept: boolean;
  /** Whether it went out before Fastify. */
  readonly hot: boolean;
  readonly ms: number;
}

/** Whom the gateway asks. */
export type UpstreamSystem = 'mdes' | 'card-store' | 'key-set' | 'ledger' | 'redis';

export interface UpstreamCall<T> {
  readonly system: UpstreamSystem;
  /** One of a few names that the code knows. */
  readonly operation: string;
  /** What an answer amounts to, in a word of a few; OK unless told. */
  readonly outcomeOf?: (answer: T) => string;
}

/** Sent along with a call, so that whoever is asked knows which trace it belongs to. */
export type ContextHeaders = Readonly<Record<string, string>>;

/** What is looked at whenever somebody asks. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  /** A value, or one for each set of labels; null: there is none. */
  readonly read: () =>
    | number
    | null
    | readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

/** A GraphQL operation, before anything is known of it. */
export interface AskedOperation {
  /** That of its answer. */
  readonly traceId: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What it asks of others belongs to it, and it ends with its answer. */
export interface FollowedOperation {
  within<T>(work: () => T): T;
  /** Once, with its name in the schema. */
  end(name: string, outcome: string): void;
}

export interface Telemetry {
  /** Once for each name. */
  watch(reading: Reading): void;

  /** It is called for every request and must cost next to nothing. */
  answered(request: AnsweredRequest): void;
  /** Before it is answered, unless it goes out at once; what it gives is called when its connection is done with it. */
  began(): () => void;
  /** By its name in the schema. */
  fieldFailed(field: string, code: string): void;
  /** 401, by its reason. */
  signInRefused(reason: string): void;
  /** By what is counted: `connections`, or whose requests or pushes. */
  limitHit(limit: string): void;
  cacheRead(layer: 'memory' | 'redis' | 'none', keys: number): void;
  pushEnded(status: string): void;
  /** Whose it is to mend. */
  pushRefused(code: string, owner: string): void;
  /** A key that had been used: with the same input, or with another. */
  pushRepeated(input: 'same' | 'other'): void;
  outcomeTold(outcome: string, certainty: string): void;
  operation(asked: AskedOperation): FollowedOperation;
  /** One call to another system, from its first byte to the end of its answer. */
  upstream<T>(call: UpstreamCall<T>, work: (headers: ContextHeaders) => Promise<T>): Promise<T>;
  /** How far our clock is before that of MDES, as its answers say. */
  clockSkew(ms: number): void;
}

export const NO_HEADERS: ContextHeaders = {};

const UNFOLLOWED: FollowedOperation = { within: (work) => work(), end: () => undefined };

export const NO_TELEMETRY: Telemetry = {
  watch: () => undefined,
  answered: () => undefined,
  began: () => () => undefined,
  fieldFailed: () => undefined,
  signInRefused: () => undefined,
  limitHit: () => undefined,
  cacheRead: () => undefined,
  pushEnded: () => undefined,
  pushRefused: () => undefined,
  pushRepeated: () => undefined,
  outcomeTold: () => undefined,
  operation: () => UNFOLLOWED,
  upstream: (_call, work) => work(NO_HEADERS),
  clockSkew: () => undefined,
};

/** What an HTTP answer amounts to, in a word of a few. */
export function answerOutcome({ status }: { readonly status: number }): string {
  return status >= 200 && status < 300 ? 'OK' : `HTTP_${status}`;
}
