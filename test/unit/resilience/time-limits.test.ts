/** The time limits that depend on each other still fit together: every sentence that the code says about two of them. */
import { describe, expect, it } from '@jest/globals';
import * as limits from '../../../src/resilience/time-limits.js';

/** An operation whose answer is given up, though our own loop may have stood still meanwhile. */
const givenUp = (ms: number) => ms + limits.LOOP_LATE_MS + limits.LOOP_LATE_GRACE_MS;
const CACHE = givenUp(limits.CACHE_OPERATION_MS);
const LEDGER = givenUp(limits.LEDGER_OPERATION_MS);
/** Its key is taken, SENT is written, it is sent, its end is written. */
const PUSH = LEDGER + LEDGER + limits.MDES_PUSH_MS + LEDGER;
/** Accounts, requestor under the account's range and under the issuer's others, data of the accounts. */
const CHECKS = 2 * limits.CARD_STORE_MS + 2 * (CACHE + limits.MDES_READ_MS);
/** What stands behind the server, one after the other: a refresh under way, rows of the cache, two connections. */
const CLOSING = CACHE + limits.MDES_READ_MS + limits.CACHE_CLOSE_MS + 2 * limits.REDIS_CONNECT_MS;

describe('a read of MDES', () => {
  it('leaves an attempt the time to connect, and itself the time for an attempt', () => {
    expect(limits.MDES_CONNECT_MS).toBeLessThan(limits.MDES_ATTEMPT_MS);
    expect(limits.MDES_ATTEMPT_MS + limits.MDES_USEFUL_MS).toBeLessThan(limits.MDES_READ_MS);
  });

  it('ends within 3 s with the cache before it, and so does a logo whose catalogue is fetched first', () => {
    expect(CACHE + limits.MDES_READ_MS).toBeLessThan(3000);
    expect(CACHE + limits.LOGO_MS).toBeLessThan(3000);
    expect(limits.LOGO_MS).toBeGreaterThan(limits.MDES_READ_MS);
  });

  it('fails within a second where MDES says no each time after as long', () => {
    const { least, most } = limits.MDES_REPEAT_PAUSE_MS;
    const last = limits.MDES_REPEAT_WITHIN_MS;
    expect(last + most + last).toBeLessThanOrEqual(1000);
    // With a second repeat: two attempts and the first pause have ended just in time.
    const attempt = (last - least) / 2;
    expect(last + 2 * most + attempt).toBeLessThanOrEqual(1000);
  });

  it('is tried no more often than the log says, once MDES has failed', () => {
    expect(limits.MDES_REST_MS).toBeGreaterThanOrEqual(1000);
    expect(limits.MDES_UNAUTHORIZED_REST_MS).toBeGreaterThanOrEqual(5000);
  });

  it('is tried again soon enough to notice within 2 s that MDES is well', () => {
    expect(limits.MDES_REST_MS).toBeLessThan(2000);
  });
});

describe('a query of accounts', () => {
  it('ends within 2 s where the card store hangs', () => {
    expect(limits.CARD_STORE_MS).toBeLessThan(2000);
  });
});

describe('a push', () => {
  it('is answered within 9 s where MDES hangs and everything else answers', () => {
    expect(limits.MDES_CONNECT_MS).toBeLessThan(limits.MDES_PUSH_MS);
    expect(PUSH).toBeLessThan(9000);
  });

  it('is refused within 200 ms where the ledger hangs', () => {
    expect(LEDGER).toBeLessThan(200);
  });

  it('stands in no phase for as long as one that was left', () => {
    expect(LEDGER + CHECKS + LEDGER).toBeLessThan(limits.UNDER_WAY_MS);
    expect(LEDGER + limits.MDES_PUSH_MS + LEDGER).toBeLessThan(limits.UNDER_WAY_MS);
  });

  it('has its end before the process gives up waiting for it, whoever has left', () => {
    expect(limits.MDES_PUSH_MS + LEDGER).toBeLessThan(limits.PUSH_CLOSE_MS);
  });

  it('is in use again within 2 s of the database being back: a look, with a connection', () => {
    expect(limits.LEDGER_LOOK_MS.away + limits.LEDGER_CONNECTION_MS).toBeLessThan(2000);
  });
});

describe('the keys of the sign-in', () => {
  it('are fetched within the time between two fetches, and before the process stops waiting for them at start', () => {
    expect(limits.KEYS_FETCH_MS).toBeLessThan(limits.KEYS_COOLDOWN_MS);
    expect(limits.KEYS_FETCH_MS).toBeLessThanOrEqual(limits.WARM_PATIENCE_MS);
  });

  it('that are withdrawn are known no longer than a refresh and a minute, also where one refresh fails', () => {
    expect(limits.KEYS_COOLDOWN_MS + 2 * limits.KEYS_FETCH_MS).toBeLessThan(60_000);
    expect(limits.KEYS_REFRESH_MS).toBeLessThan(limits.KEYS_LONGEST_MS);
  });
});

describe('Redis', () => {
  it('is given up by its silence only after operations have been', () => {
    expect(Math.max(CACHE, LEDGER)).toBeLessThan(limits.REDIS_SILENCE_MS);
  });

  it('is asked often enough that an idle connection is not taken for a dead one', () => {
    expect(2 * limits.REDIS_HEARTBEAT_MS + LEDGER).toBeLessThan(limits.REDIS_SOCKET_MS);
  });

  it('is in use again within 2 s of being back: a pause, a dial, a probe', () => {
    const pause = 1.25 * limits.REDIS_REDIAL_PAUSE_MS;
    expect(pause + limits.REDIS_CONNECT_MS + limits.REDIS_REST_MS).toBeLessThan(2000);
  });

  it('counts no connection as steady that broke sooner than the next dial would have come', () => {
    expect(limits.REDIS_STEADY_MS).toBeGreaterThan(limits.REDIS_REDIAL_PAUSE_MS + limits.REDIS_SOCKET_MS);
  });

  it('has no dial under way any more when its connection is closed', () => {
    expect(limits.REDIS_CONNECT_MS).toBeLessThan(limits.REDIS_DIAL_END_MS);
  });
});

describe('a refresh', () => {
  it('keeps its lease over a call to MDES, over the wait for the cache after it, and over its logos', () => {
    expect(limits.MDES_READ_MS + 2 * CACHE).toBeLessThan(limits.REFRESH_LEASE_MS);
    expect(limits.MDES_READ_MS + limits.REFRESH_SETTLE_MS + 2 * CACHE).toBeLessThan(limits.REFRESH_LEASE_MS);
  });

  it('that failed holds the lease longer than one that goes on', () => {
    expect(limits.REFRESH_REST_MS).toBeGreaterThan(limits.REFRESH_LEASE_MS);
  });

  it('of a process that died is taken over before another lease has passed', () => {
    expect(limits.REFRESH_LOOK_AGAIN_MS.first).toBeLessThan(limits.REFRESH_LOOK_AGAIN_MS.longest);
    expect(limits.REFRESH_LOOK_AGAIN_MS.longest).toBeLessThan(limits.REFRESH_LEASE_MS);
  });

  it('gives the shared cache the time for a few writes', () => {
    expect(limits.REFRESH_SETTLE_MS).toBeGreaterThan(5 * CACHE);
    expect(limits.CACHE_CLOSE_MS).toBeGreaterThan(5 * CACHE);
  });
});

describe('the process', () => {
  it('is ready within 3 s of its parts, with Redis and MDES away', () => {
    expect(limits.FIRST_CONNECTION_MS + limits.WARM_PATIENCE_MS).toBeLessThan(3000);
  });

  it('reads headers within the time for a request, and looks often enough to hold both', () => {
    expect(limits.REQUEST_HEADERS_MS).toBeLessThan(limits.REQUEST_ARRIVAL_MS);
    expect(limits.REQUEST_CHECK_MS).toBeLessThan(limits.REQUEST_HEADERS_MS);
    // Who does not read is cut within 15 s of asking, whatever the answer took to make but a push.
    expect(limits.MDES_READ_MS + limits.ANSWER_TAKEN_MS).toBeLessThan(15_000);
    expect(limits.ANSWER_PATIENCE_MS).toBeLessThan(limits.ANSWER_TAKEN_MS);
  });

  it('answers a push that is under way before it closes, also where card store, cache and ledger are slow', () => {
    expect(limits.ARRIVAL_MS).toBeLessThan(limits.SHUTDOWN_GRACE_MS);
    expect(limits.MDES_READ_MS).toBeLessThan(limits.SHUTDOWN_GRACE_MS);
    expect(2 * limits.CARD_STORE_MS + CACHE + PUSH).toBeLessThan(limits.SHUTDOWN_GRACE_MS);
  });

  it('has time left at its end to tell the ledger what it has not taken yet', () => {
    expect(LEDGER).toBeLessThan(limits.RECORD_CLOSE_MS);
  });

  it('ends within 15 s of the signal where MDES hangs', () => {
    expect(PUSH + CLOSING).toBeLessThan(15_000);
  });

  it('ends within 30 s of it whatever happens, as its operators are told', () => {
    const pushes = limits.SHUTDOWN_GRACE_MS + limits.PUSH_CLOSE_MS + limits.RECORD_CLOSE_MS;
    expect(pushes + limits.REFRESH_SETTLE_MS + CLOSING).toBeLessThan(30_000);
  });
});
