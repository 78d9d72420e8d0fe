/** The token issuer's keys: known ones serve while it is away, and no token makes it be asked more than twice a minute. */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../domain/clock.js';
import type { Logger } from '../../observability/logger.js';
import { KEYS_COOLDOWN_MS, KEYS_LONGEST_MS, KEYS_REFRESH_MS } from '../../resilience/time-limits.js';
import type { KeyFetcher } from './fetch-keys.js';

/** `empty`: nobody can be signed in; `stale`: the last fetch failed, and the keys known before it serve. */
export type KeysState = 'empty' | 'stale' | 'ok';

/** No key is known: nobody can tell whether any token is good. */
export class NoKeysKnown extends Error {
  override readonly name = 'NoKeysKnown';
}

interface KeySetDeps {
  readonly fetcher: KeyFetcher;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Known {
  readonly keys: JWTVerifyGetKey;
  /** Those that have no kid; null where each has one. */
  readonly nameless: JWTVerifyGetKey | null;
  readonly fetchedAt: number;
}

interface Unknown {
  readonly times: number;
  readonly until: number;
}

/** Each process asks a little earlier, so that not all of them ask at once. */
const JITTER = 0.1;
const TICK_MS = 1000;
const MOST_UNKNOWN = 1000;
/** No issuer names its keys by more; what is longer is looked for nowhere. */
const LONGEST_KID = 256;

/** Not jose's: that one counts no failure, takes an empty set for a good one, and drops keys for their age alone. */
export class KeySet {
  readonly #deps: KeySetDeps;
  readonly #refreshMs = KEYS_REFRESH_MS * (1 - JITTER * Math.random());
  readonly #unknown = new LRUCache<string, Unknown>({ max: MOST_UNKNOWN });
  #known: Known | undefined;
  #triedAt: number | undefined;
  #hasFailed = false;
  #flight: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: KeySetDeps) {
    this.#deps = deps;
  }

  /** The first fetch, and then on schedule; resolves when the first has ended, however it did. */
  start(): Promise<void> {
    this.#timer = setInterval(() => {
      if (this.#hasFailed || this.#isOver(this.#triedAt, this.#refreshMs)) void this.#refresh();
    }, TICK_MS).unref();
    return this.#refresh();
  }

  /**
   * For jose's jwtVerify. A token whose kid is not known may be of a key that has none.
   * @throws JWKSNoMatchingKey, JWKSMultipleMatchingKeys, NoKeysKnown
   */
  readonly keyFor: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.#namedKey(header, token);
    } catch (error) {
      const nameless = this.#known?.nameless ?? null;
      if (!(error instanceof errors.JWKSNoMatchingKey) || nameless === null) throw error;
      const { kid: _, ...rest } = header;
      return await nameless(rest, token);
    }
  };

  readonly #namedKey: JWTVerifyGetKey = async (header, token) => {
    if (this.#usable === undefined) await this.#refresh();
    const keys = this.#usable;
    if (keys === undefined) throw new NoKeysKnown('no key of the token issuer is known');
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayBeNew(header.kid)) throw error;
    }
    const before = this.#known;
    await this.#refresh();
    try {
      return await (this.#usable ?? keys)(header, token);
    } catch (error) {
      // What could not be looked for may still turn up.
      if (this.#known !== before) this.#remember(header.kid ?? '');
      throw error;
    }
  };

  /** The same object as long as the set is the same; undefined when there is none, or none that may be used any more. */
  get inUse(): object | undefined {
    return this.#usable;
  }

  state(): KeysState {
    if (this.#usable === undefined) return 'empty';
    return this.#hasFailed ? 'stale' : 'ok';
  }

  /** Since the keys in use were fetched; null when there are none. */
  ageMs(): number | null {
    return this.#usable === undefined || this.#known === undefined
      ? null
      : Math.max(0, this.#deps.clock.now() - this.#known.fetchedAt);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#deps.fetcher.close();
    await this.#flight;
  }

  /** Undefined also for keys that are past their age: by then a stolen one may have been withdrawn. */
  get #usable(): JWTVerifyGetKey | undefined {
    return this.#isOver(this.#known?.fetchedAt, KEYS_LONGEST_MS) ? undefined : this.#known?.keys;
  }

  #mayBeNew(kid: unknown = ''): boolean {
    if (typeof kid !== 'string' || kid.length > LONGEST_KID) return false;
    return this.#deps.clock.now() >= (this.#unknown.get(kid)?.until ?? 0);
  }

  /** Longer each time: a key may be used a moment before it is published, but one that was withdrawn never comes back. */
  #remember(kid: string): void {
    const times = (this.#unknown.get(kid)?.times ?? 0) + 1;
    const forMs = Math.min(KEYS_COOLDOWN_MS * 2 ** (times - 1), KEYS_REFRESH_MS);
    this.#unknown.set(kid, { times, until: (this.#triedAt ?? 0) + forMs });
  }

  /** One at a time, and none soon after another, however that ended; never rejects. */
  #refresh(): Promise<void> {
    if (this.#flight === undefined && !this.#isOver(this.#triedAt, KEYS_COOLDOWN_MS))
      return Promise.resolve();
    this.#flight ??= this.#fetch().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  async #fetch(): Promise<void> {
    const { fetcher, clock, log } = this.#deps;
    this.#triedAt = clock.now();
    try {
      const set = await fetcher.fetch();
      const known = { keys: keysOf(set), nameless: namelessKeys(set) };
      if (this.#hasFailed) log.info('the keys of the token issuer are fetched again');
      this.#known = { ...known, fetchedAt: clock.now() };
      this.#hasFailed = false;
    } catch (error) {
      const about = { err: error, ageMs: this.ageMs() };
      if (this.#usable === undefined) log.error(about, 'the keys of the token issuer cannot be fetched');
      else if (!this.#hasFailed) log.warn(about, 'the keys of the token issuer cannot be fetched anew');
      this.#hasFailed = true;
    }
  }

  /** A clock that was set back counts as over: it may be wrong by years. */
  #isOver(since: number | undefined, ms: number): boolean {
    const elapsed = this.#deps.clock.now() - (since ?? Number.NEGATIVE_INFINITY);
    return elapsed >= ms || elapsed < 0;
  }
}

/** One for all: to make an error is dearer than all else that becomes of a stranger's token. */
const NO_SUCH_KEY = new errors.JWKSNoMatchingKey();

/** As jose finds them; a kid that none of them has is looked for no further. */
function keysOf(set: JSONWebKeySet): JWTVerifyGetKey {
  const keys = createLocalJWKSet(set);
  const kids = new Set(set.keys.map(({ kid }) => kid));
  return (header, token) => {
    if (typeof header.kid === 'string' && !kids.has(header.kid)) throw NO_SUCH_KEY;
    return keys(header, token);
  };
}

function namelessKeys({ keys }: JSONWebKeySet): JWTVerifyGetKey | null {
  const nameless = keys.filter(({ kid }) => kid === undefined);
  return nameless.length === 0 ? null : createLocalJWKSet({ keys: nameless });
}
