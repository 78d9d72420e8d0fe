/** The ways in which a ledger cannot answer, in words that say what holds and what to do. */
import { GatewayError, RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';

/** After a step whose answer never came: it may have been taken all the same. */
export function ledgerSilent(): GatewayError {
  return unavailable(
    'The push ledger does not answer just now. Try again in a few seconds, a push with the same idempotencyKey.',
  );
}

/** Before anything is sent. */
export function nothingPushed(): never {
  throw unavailable(
    'The push ledger does not answer just now. Nothing was pushed; try again with the same idempotencyKey.',
  );
}

/** Nobody can tell whether it was sent, so it never is. */
export function pushUnreadable(): GatewayError {
  return unavailable(
    'What the push ledger holds of this push cannot be read. Nothing was pushed by this request; tell the operators of this gateway.',
  );
}

function unavailable(message: string): GatewayError {
  return new GatewayError('LEDGER_UNAVAILABLE', message, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
