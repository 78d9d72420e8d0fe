/** A query that asks for more than one answer may hold: refused as a whole, with the figure and its limit. */
import { FixedMessageError } from './fixed-message-error.js';

interface Excess {
  readonly cost?: number;
  readonly bytes?: number;
  readonly limit: number;
}

export class TooCostlyError extends FixedMessageError {
  constructor(
    message: string,
    readonly excess: Excess,
  ) {
    super(message, 'BAD_USER_INPUT', { http: { status: 400 } });
  }
}
