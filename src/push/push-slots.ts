/** How many pushes are under way at MDES at once, and that one account holder leaves room for the others. */
import { GatewayError } from '../domain/gateway-error.js';

/** As many calls as MDES gets of us at once; more are turned away before anything is marked as sent. */
const MOST_UNDER_WAY = 50;

export class PushSlots {
  readonly #byHolder = new Map<string, number>();
  #taken = 0;

  get taken(): number {
    return this.#taken;
  }

  /** @throws GatewayError */
  requireRoom(accountHolder: string): void {
    const free = MOST_UNDER_WAY - this.#taken;
    if (free === 0) throw tooMany();
    // Whoever floods ends up with half of all, and every other one finds room.
    if (this.#of(accountHolder) >= free) throw tooManyOfOne();
  }

  /** @throws GatewayError */
  enter(accountHolder: string): void {
    this.requireRoom(accountHolder);
    this.#taken += 1;
    this.#byHolder.set(accountHolder, this.#of(accountHolder) + 1);
  }

  leave(accountHolder: string): void {
    this.#taken -= 1;
    const left = this.#of(accountHolder) - 1;
    if (left === 0) this.#byHolder.delete(accountHolder);
    else this.#byHolder.set(accountHolder, left);
  }

  #of(accountHolder: string): number {
    return this.#byHolder.get(accountHolder) ?? 0;
  }
}

function tooMany(): GatewayError {
  return new GatewayError(
    'UPSTREAM_UNAVAILABLE',
    'Too many pushes are under way just now. Nothing was pushed; try again with the same idempotencyKey.',
    { retryAfterSeconds: 1 },
  );
}

function tooManyOfOne(): GatewayError {
  return new GatewayError(
    'RATE_LIMITED',
    'Too many pushes of this account holder are under way just now. Nothing was pushed; try again with the same idempotencyKey.',
    { retryAfterSeconds: 1 },
  );
}
