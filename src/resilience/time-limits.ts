/**
 * The time limits that depend on each other, in milliseconds; test/unit/resilience/time-limits.test.ts holds how.
 * A limit that depends on no other stands where it is used.
 */

// Start and end of the process

/** Redis and the ledger's database at start, side by side; then it is done without. */
export const FIRST_CONNECTION_MS = 500;
/** The first catalogue at start, so that the first account holder need not wait; an MDES that is away holds nobody up. */
export const WARM_PATIENCE_MS = 2000;
/** A request that is just coming in while the server closes. */
export const ARRIVAL_MS = 500;
/**
 * Answers under way while the server closes: a push is answered, however slow card store, ledger and MDES's answer to it
 * are. Where also its requestor has to be fetched from an MDES that hangs, the connection may be cut before: the ledger
 * then knows how far it came.
 */
export const SHUTDOWN_GRACE_MS = 12_000;
/**
 * Pushes under way whose callers have left, once the server is closed: longer than MDES may take, so that each has its end.
 */
export const PUSH_CLOSE_MS = 9000;
/** Ends of pushes that the ledger has not taken yet, at the very end. */
export const RECORD_CLOSE_MS = 2000;
/** Rows that the cache has not written yet, at the very end. */
export const CACHE_CLOSE_MS = 500;

// Requests to us

/** A request's headers: who sends them drop by drop holds a connection no longer. */
export const REQUEST_HEADERS_MS = 5000;
/** A whole request, its body included; its answer may take longer. */
export const REQUEST_ARRIVAL_MS = 10_000;
/** How often these two are looked at. */
export const REQUEST_CHECK_MS = 1000;
/** From the end of an answer until all of it is on its way: who does not read is cut. */
export const ANSWER_TAKEN_MS = 8000;
/** The same while the answers that nobody takes are too many. */
export const ANSWER_PATIENCE_MS = 1000;
/** A connection without a request, as its header `Keep-Alive` says. */
export const KEEP_ALIVE_MS = 60_000;
/** Until it is cut: a request that was on its way by then is still taken. */
export const IDLE_MS = KEEP_ALIVE_MS + 1000;

// MDES and the card store

/** Until a connection stands, TLS included. */
export const MDES_CONNECT_MS = 1000;
/** One request of a read. */
export const MDES_ATTEMPT_MS = 2500;
/** A read from the call to the last byte of the answer, its waiting and repeats included: callers hear within 3 s. */
export const MDES_READ_MS = 2800;
/** An attempt with less time than this would only be a burden. */
export const MDES_USEFUL_MS = 100;
/** A read that fails later than this is not repeated, so that the caller of an MDES that says no hears within a second. */
export const MDES_REPEAT_WITHIN_MS = 400;
/** Before the first repeat; twice that before the second. */
export const MDES_REPEAT_PAUSE_MS = { least: 50, most: 150 };
/** From a failure to the next trial of reads, once the breaker is open: one a second. */
export const MDES_REST_MS = 1000;
/** The same where MDES does not let us in: nobody expects that to end by itself. */
export const MDES_UNAUTHORIZED_REST_MS = 5000;
/** A push: an end that is not known costs more than a wait. Callers hear within 9 s. */
export const MDES_PUSH_MS = 8000;
/** A logo, where the catalogue has to be fetched before it. */
export const LOGO_MS = 2900;
/** The card store's whole exchange: a query of accounts has ended after 2 s. */
export const CARD_STORE_MS = 1500;

// Keys of the sign-in

/** One fetch of the key set; tokens of keys that are not known wait for it. */
export const KEYS_FETCH_MS = 2000;
/** From one fetch to the next at least, failed ones included, whatever tokens come. */
export const KEYS_COOLDOWN_MS = 30_000;
/** From one fetch to the next where nothing asks for one: a withdrawn key is known no longer. */
export const KEYS_REFRESH_MS = 600_000;
/** How long known keys serve while no fetch succeeds. */
export const KEYS_LONGEST_MS = 86_400_000;

// Redis

/** A dial, until TCP stands. */
export const REDIS_CONNECT_MS = 500;
/** A dial that is under way when the connection is closed. */
export const REDIS_DIAL_END_MS = 1000;
/** Asking one Sentinel or node where to connect to, and looking at a Redis before it is used. */
export const REDIS_LOCATE_MS = 600;
/** Between two dials at most, but for jitter of a quarter. */
export const REDIS_REDIAL_PAUSE_MS = 500;
/** A connection that stood no longer is a failed dial: after it the pauses go on growing. */
export const REDIS_STEADY_MS = 10_000;
/** Nothing comes in at all: bounds the handshake, which otherwise hangs for good when the path breaks in the middle. */
export const REDIS_SOCKET_MS = 3000;
/** A ping: finds out when nobody asks, and keeps an idle connection from being taken for a dead one. */
export const REDIS_HEARTBEAT_MS = 1000;
/** No answer for so long and the connection is given up: TCP alone would find back only after its back-off. */
export const REDIS_SILENCE_MS = 1000;
/** From one probe of an open breaker to the next. */
export const REDIS_REST_MS = 500;
/** A cache operation: what a frozen Redis costs a read. */
export const CACHE_OPERATION_MS = 40;
/** Counting a push, which waits as long for its ledger. */
export const PUSH_COUNT_MS = 150;

// The ledger's database

/** A statement: a push is refused within 200 ms when the ledger does not answer. */
export const LEDGER_OPERATION_MS = 150;
/** Until a connection is given up that does not come, or does not answer. */
export const LEDGER_CONNECTION_MS = 1000;
/** From one look at the database to the next: in use again within 2 s. */
export const LEDGER_LOOK_MS = { away: 300, used: 1000 };

// A process that stood still

/** A timer that fires this late tells that our own loop stood still, */
export const LOOP_LATE_MS = 10;
/** and then an answer that may be lying in the socket gets this long. */
export const LOOP_LATE_GRACE_MS = 20;
/** The same for a whole exchange with MDES or the card store: an answer that has arrived is taken, */
export const EXCHANGE_LATE_MS = 50;
/** and has this long to be read. */
export const EXCHANGE_LATE_GRACE_MS = 500;

// Pushes and refreshes

/**
 * Longer than any push can stand in one phase while somebody is at it. A reservation that is older was left by a process
 * that died before it sent anything; a push that was sent longer ago without a word in the ledger has an end that nobody knows.
 */
export const UNDER_WAY_MS = 15_000;
/** A repeated request looks so often whether the first one, which is being checked, has sent or let go. */
export const HELD_KEY = { looks: 50, lookMs: 100 };
/** The right to refresh for all processes: longer than one call to MDES, since it is extended before each. */
export const REFRESH_LEASE_MS = 10_000;
/** After a refresh that failed, for all processes; what is there is served on. */
export const REFRESH_REST_MS = 30_000;
/** From a group of ranges that MDES has not answered to the next one, which may fare better. */
export const REFRESH_NEXT_GROUP_MS = 4000;
/** While another process refreshes: how long until its work is looked for, at first and at most. */
export const REFRESH_LOOK_AGAIN_MS = { first: 200, longest: 5000 };
/** For the shared cache to take what was fetched, before others may look. */
export const REFRESH_SETTLE_MS = 1000;
