/** The client of MDES Token Connect: three operations; reads are guarded, a push is one request and no more. */
import type { MdesIdentity } from '../config/mdes-identity.js';
import { type Clock, systemClock } from '../domain/clock.js';
import { type Outward, STRAIGHT, USUAL_TLS } from '../domain/network/outward.js';
import type { Logger } from '../observability/logger.js';
import { NO_TELEMETRY, type Telemetry } from '../observability/telemetry.js';
import {
  MDES_ATTEMPT_MS,
  MDES_CONNECT_MS,
  MDES_PUSH_MS,
  MDES_READ_MS,
  MDES_REPEAT_WITHIN_MS,
} from '../resilience/time-limits.js';
import { Turns } from '../resilience/turns.js';
import { createTransport, READ_CONNECTIONS } from './http/transport.js';
import { type Witness, witnessed } from './http/witness.js';
import type { MdesClient } from './mdes-client.js';
import { getAsset } from './operations/get-asset.js';
import { getEligibleTokenRequestors } from './operations/get-eligible-token-requestors.js';
import { pushMultipleAccounts } from './operations/push-multiple-accounts.js';
import { type ReadDeps, ReadGuard } from './operations/read-guard.js';

interface MdesDeadlines {
  /** From the call to the last byte of the answer; of a read, with its waiting and its repeats. */
  readonly readMs: number;
  /** One request of a read. */
  readonly attemptMs: number;
  /** A read that fails later than this is not repeated. */
  readonly repeatWithinMs: number;
  readonly pushMs: number;
  /** Until a connection stands, TLS included. */
  readonly connectMs: number;
}

interface MdesClientDeps {
  readonly log: Logger;
  readonly telemetry?: Telemetry;
  readonly clock?: Clock;
}

interface MdesClientOptions {
  readonly deadlines?: Partial<MdesDeadlines>;
  readonly witness?: Witness;
}

const DEADLINES: MdesDeadlines = {
  readMs: MDES_READ_MS,
  attemptMs: MDES_ATTEMPT_MS,
  repeatWithinMs: MDES_REPEAT_WITHIN_MS,
  pushMs: MDES_PUSH_MS,
  connectMs: MDES_CONNECT_MS,
};

export function createMdesClient(
  deps: MdesClientDeps,
  /** A function: it may be replaced, but for its base URL; each operation begins and ends with the same. */
  identity: MdesIdentity | (() => MdesIdentity),
  options: MdesClientOptions = {},
): MdesClient {
  const { readMs, attemptMs, repeatWithinMs, pushMs, connectMs } = { ...DEADLINES, ...options.deadlines };
  const now = typeof identity === 'function' ? identity : () => identity;
  const { baseUrl, outward: { proxy } = STRAIGHT } = now();
  const outward: Outward = {
    proxy,
    get tls() {
      return now().outward?.tls ?? USUAL_TLS;
    },
  };
  const connections = createTransport(new URL(baseUrl).origin, { connectMs, outward });
  const { witness } = options;
  const transport = witness === undefined ? connections : witnessed(connections, witness);
  const log = deps.log.child({ part: 'mdes' });
  const { telemetry = NO_TELEMETRY } = deps;
  const guard = new ReadGuard({ readMs, attemptMs, repeatWithinMs, places: READ_CONNECTIONS }, log);
  const turns = new Turns();
  const callDeps = (): ReadDeps => ({
    identity: now(),
    transport,
    log,
    telemetry,
    clock: deps.clock ?? systemClock,
    guard,
    turns,
  });
  for (const reading of guard.readings) telemetry.watch(reading);
  return {
    getEligibleTokenRequestors: (ranges) => getEligibleTokenRequestors(ranges, callDeps()),
    getAsset: (assetId) => getAsset(assetId, callDeps()),
    pushMultipleAccounts: (request) => pushMultipleAccounts(request, pushMs, callDeps()),
    state: () => guard.state,
    close: () => transport.close(),
  };
}
