/** What good tokens have said, so that each is verified once per key set; known by a hash of the whole token, never by its text. */
import { hash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';

const MOST_TOKENS = 10_000;

interface GoodToken<Caller> {
  readonly keys: object;
  readonly exp: number;
  readonly nbf: number;
  readonly caller: Caller;
}

export class GoodTokens<Caller extends object> {
  readonly #tokens = new LRUCache<string, GoodToken<Caller>>({ max: MOST_TOKENS });
  readonly #tolerance: number;

  /** @param clockTolerance seconds, as jose takes it */
  constructor(clockTolerance: number) {
    this.#tolerance = clockTolerance;
  }

  /**
   * undefined: it has to be verified, which also says what is wrong with it.
   * @param keys those in use now: what others have verified may be signed with a key that was withdrawn
   */
  get(token: string, keys: object | undefined): Caller | undefined {
    const known = this.#tokens.get(keyOf(token));
    if (known === undefined || known.keys !== keys) return undefined;
    // As jose judges the time.
    const now = Math.floor(Date.now() / 1000);
    const isInTime = known.exp > now - this.#tolerance && known.nbf <= now + this.#tolerance;
    return isInTime ? known.caller : undefined;
  }

  /** @param keys those that have just verified it */
  keep(token: string, keys: object, { exp = 0, nbf = 0 }: JWTPayload, caller: Caller): void {
    this.#tokens.set(keyOf(token), { keys, exp, nbf, caller });
  }
}

function keyOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
