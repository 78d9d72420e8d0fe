/** When a request is tried again: after the time that the gateway names, and with the same idempotency key only where it allows that. */
import { TokenConnectError } from './token-connect-error.js';
import { type Signal, wait } from './wait.js';

export interface RepeatOptions {
  /** How often at most; 2 by default. */
  readonly times?: number;
  /** How long to wait for it altogether, in milliseconds; 10 seconds by default. What asks for more is not waited for. */
  readonly patienceMs?: number;
}

/** Of gateways and proxies on the way that say nothing in GraphQL. */
const PASSING_STATUSES: readonly number[] = [502, 503, 504];
const FIRST_WAIT_MS = 500;

/**
 * Tries a request until it is answered, or trying again would not help. Every operation can be repeated: `pushCard` is sent to the
 * wallet at most once for its `idempotencyKey`, and that is the same in each try, since it stands in the variables.
 */
export async function repeated<T>(
  options: RepeatOptions | false,
  signal: Signal,
  send: () => Promise<T>,
): Promise<T> {
  const { times = 2, patienceMs = 10_000 } = options === false ? { times: 0 } : options;
  let patience = patienceMs;
  for (let tried = 0; ; tried += 1) {
    const answer = await settled(send);
    const asked =
      'error' in answer ? waitAfterError(answer.error, tried) : waitAfterAnswer(answer.data, tried);
    if (asked === null || tried >= times || asked > patience) {
      if ('error' in answer) throw answer.error;
      return answer.data;
    }
    patience -= asked;
    await wait(asked, signal);
  }
}

async function settled<T>(
  send: () => Promise<T>,
): Promise<{ readonly data: T } | { readonly error: unknown }> {
  try {
    return { data: await send() };
  } catch (error) {
    return { error };
  }
}

/** Milliseconds; null: it would be the same again, or a part of the answer is there, which is not held back. */
export function waitAfterError(error: unknown, tried: number): number | null {
  if (error instanceof TokenConnectError) {
    if (error.code === 'NO_GRAPHQL_RESULT')
      return PASSING_STATUSES.includes(error.status) ? backOff(tried) : null;
    const isWhole = error.errors.every(({ path }) => path.length <= 1);
    return isWhole && error.retryAfter !== null ? error.retryAfter * 1000 : null;
  }
  // What fetch throws where there was no connection, or it broke; of another realm where a test runner has one.
  return String(error).startsWith('TypeError') ? backOff(tried) : null;
}

/** A refusal that may pass with the same key; any other wants a new key, and that is the account holder's to say. */
function waitAfterAnswer(data: unknown, tried: number): number | null {
  const fields = typeof data === 'object' && data !== null ? Object.values(data) : [];
  return fields.some(isPassingRefusal) ? backOff(tried + 1) : null;
}

function isPassingRefusal(field: unknown): boolean {
  const { __typename, retryRule, retryable }: Readonly<Record<string, unknown>> = { ...Object(field) };
  return __typename === 'PushRefusal' && (retryRule === 'SAME_KEY' || retryable === true);
}

function backOff(tried: number): number {
  return FIRST_WAIT_MS * 2 ** tried;
}
