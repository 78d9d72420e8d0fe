/** What callers are told when MDES or the card store does not answer: what to do, not what broke. */
import { GatewayError, RETRY_AFTER_SECONDS } from '../domain/gateway-error.js';
import { MdesError } from '../mdes/mdes-error.js';
import { CardStoreError } from '../vault/card-store.js';

/** Our word for a failure of MDES or the card store; any other error is passed on as it is, to be masked. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof MdesError) {
    return new GatewayError(
      'UPSTREAM_UNAVAILABLE',
      'Mastercard does not answer just now, and the gateway has nothing recent enough of its own. Try again shortly.',
      {
        cause: error,
        retryAfterSeconds: error.retryAfterSeconds ?? RETRY_AFTER_SECONDS,
      },
    );
  }
  if (error instanceof CardStoreError) {
    return new GatewayError(
      'CARD_STORE_UNAVAILABLE',
      "The bank's card store does not answer just now. Try again shortly.",
      { cause: error, retryAfterSeconds: RETRY_AFTER_SECONDS },
    );
  }
  return error;
}
