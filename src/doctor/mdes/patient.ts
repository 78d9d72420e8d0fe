/** A client of MDES as the gateway has it, and what its last call came to: the answer itself, and how far our clock is off. */
import type { MdesIdentity } from '../../config/mdes-identity.js';
import type { Clock } from '../../domain/clock.js';
import { createMdesClient } from '../../mdes/create-mdes-client.js';
import type { MdesClient } from '../../mdes/mdes-client.js';
import { MdesError } from '../../mdes/mdes-error.js';
import { createLogger } from '../../observability/logger.js';
import { NO_TELEMETRY } from '../../observability/telemetry.js';
import { type HttpAnswer, TransportError } from '../../resilience/http-exchange.js';

/** What came back, as it came; null: nothing was sent. */
export type Ended = HttpAnswer | TransportError | null;

export type Tried<T> =
  | { readonly kind: 'ANSWERED'; readonly value: T }
  | { readonly kind: 'FAILED'; readonly error: MdesError; readonly ended: Ended };

export class Patient {
  readonly identity: MdesIdentity;
  readonly #client: MdesClient;
  #ended: Ended = null;
  /** Milliseconds that our clock is before that of MDES; undefined while nothing has answered. */
  skewMs: number | undefined;

  constructor(identity: MdesIdentity, clock: Clock) {
    this.identity = identity;
    const telemetry = {
      ...NO_TELEMETRY,
      clockSkew: (ms: number) => {
        this.skewMs = ms;
      },
    };
    const witness = (ended: HttpAnswer | TransportError) => {
      this.#ended = ended;
    };
    this.#client = createMdesClient({ log: createLogger('silent'), telemetry, clock }, identity, { witness });
  }

  /** @throws what is no answer of MDES, nor the lack of one */
  async call<T>(work: (client: MdesClient) => Promise<T>): Promise<Tried<T>> {
    this.#ended = null;
    try {
      return { kind: 'ANSWERED', value: await work(this.#client) };
    } catch (error) {
      if (!(error instanceof MdesError)) throw error;
      return { kind: 'FAILED', error, ended: this.#ended };
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

/** The text of an answer; empty where there is none. */
export function textOf(ended: Ended): string {
  return ended === null || ended instanceof TransportError ? '' : (ended.body?.toString('utf8') ?? '');
}
