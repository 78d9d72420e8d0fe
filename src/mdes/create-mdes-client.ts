/** The client of MDES Token Connect: three operations, each one signed HTTP request. */
import type { MdesIdentity } from '../config/mdes-identity.js';
import { type Clock, systemClock } from '../domain/clock.js';
import type { Logger } from '../observability/logger.js';
import type { CallDeps } from './call.js';
import { getAsset } from './get-asset.js';
import { getEligibleTokenRequestors } from './get-eligible-token-requestors.js';
import type { MdesClient } from './mdes-client.js';
import { pushMultipleAccounts } from './push-multiple-accounts.js';
import { createTransport } from './transport.js';

export interface MdesDeadlines {
  /** From the call to the last byte of the answer. */
  readonly readMs: number;
  readonly pushMs: number;
  /** Until a connection stands, TLS included. */
  readonly connectMs: number;
}

export interface MdesClientDeps {
  readonly logger: Logger;
  readonly clock?: Clock;
  readonly deadlines?: Partial<MdesDeadlines>;
}

const DEADLINES: MdesDeadlines = { readMs: 2500, pushMs: 8000, connectMs: 1000 };

export function createMdesClient(identity: MdesIdentity, deps: MdesClientDeps): MdesClient {
  const { readMs, pushMs, connectMs } = { ...DEADLINES, ...deps.deadlines };
  const transport = createTransport(new URL(identity.baseUrl).origin, { connectMs });
  const callDeps: CallDeps = {
    identity,
    transport,
    logger: deps.logger.child({ part: 'mdes' }),
    clock: deps.clock ?? systemClock,
  };
  return {
    getEligibleTokenRequestors: (ranges) => getEligibleTokenRequestors(ranges, readMs, callDeps),
    getAsset: (assetId) => getAsset(assetId, readMs, callDeps),
    pushMultipleAccounts: (request) => pushMultipleAccounts(request, pushMs, callDeps),
    close: () => transport.close(),
  };
}
