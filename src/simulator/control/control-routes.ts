/** The simulator's own routes, for tests and people: unsigned, in plain JSON. */
import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { FAULTS } from '../operations/faults.js';
import { OPERATIONS } from '../operations/operation.js';
import { OPERATION_PATHS } from '../operations/operation-paths.js';
import type { SimulatorState } from '../state/simulator-state.js';
import { addRequestor } from './add-requestor.js';
import { type ControlAnswer, controlError, readControlBody } from './control-request.js';
import { forceOutcome } from './force-outcome.js';
import { redeem } from './redeem.js';
import { trust } from './trust.js';

export interface ControlDeps {
  readonly state: SimulatorState;
  readonly catalogue: SimulatedCatalogue;
  readonly publicUrl: string;
  /** What token requestors verify the signature of a push with. */
  readonly jwsPublicJwk: object;
  /** From now on requests that are signed with it are taken too. */
  readonly trust: (signingPublicKey: KeyObject) => void;
}

type Route = (deps: ControlDeps, request: IncomingMessage) => ControlAnswer | Promise<ControlAnswer>;

const DEFAULT_DELAY_MS = 1000;

const faultOrder = z.strictObject({
  operation: z.enum(OPERATIONS),
  fault: z.enum(FAULTS),
  times: z.int().min(1).max(1_000_000).default(1),
  delayMs: z.int().min(0).max(600_000).optional(),
});
const clockOrder = z.strictObject({
  advanceMs: z
    .int()
    .min(0)
    .max(366 * 86_400_000),
});

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /': ({ publicUrl }) => ok({ ...overview, mdesBaseUrl: publicUrl }),
  'GET /simulator/calls': ({ state }) => ok(state.calls.counts()),
  'GET /simulator/pushes': ({ state }) => ok({ pushes: state.pushes.list() }),
  'GET /simulator/events': ({ state }) => ok({ events: state.events.list() }),
  'GET /simulator/exchanges': ({ state }) => ok({ exchanges: state.exchanges.list() }),
  'GET /simulator/jws-key': ({ jwsPublicJwk }) => ok(jwsPublicJwk),
  'POST /simulator/redeem': ({ state }, request) => redeem(state.receipts, request),
  'POST /simulator/clock': async ({ state }, request) => {
    const order = await readControlBody(request, clockOrder);
    if ('bad' in order) return order.bad;
    state.clock.advance(order.value.advanceMs);
    return ok({ now: new Date(state.clock.now()).toISOString() });
  },
  'POST /simulator/faults': async ({ state }, request) => {
    const order = await readControlBody(request, faultOrder);
    if ('bad' in order) return order.bad;
    const { operation, fault, times, delayMs = fault === 'delay' ? DEFAULT_DELAY_MS : 0 } = order.value;
    state.faults(operation).order({ fault, delayMs }, times);
    return ok({ operation, fault, times, delayMs });
  },
  'POST /simulator/outcomes': ({ state }, request) => forceOutcome(state.outcomes, request),
  'POST /simulator/token-requestors': ({ catalogue }, request) => addRequestor(catalogue, request),
  'POST /simulator/trust': (deps, request) => trust(deps, request),
  'POST /simulator/reset': ({ state }, request) => {
    request.resume();
    state.reset();
    return ok({ reset: true });
  },
};

const overview = {
  simulates: 'Mastercard MDES Token Connect',
  operations: OPERATION_PATHS,
  wallets: ['/wallet/{tokenRequestorId}/push', '/wallet/{tokenRequestorId}/add'],
  control: Object.keys(ROUTES).filter((route) => route !== 'GET /'),
};

export function isControlPath(path: string): boolean {
  return path === '/' || path.startsWith('/simulator/');
}

export async function handleControl(
  deps: ControlDeps,
  path: string,
  request: IncomingMessage,
): Promise<ControlAnswer> {
  const route = Object.hasOwn(ROUTES, `${request.method} ${path}`)
    ? ROUTES[`${request.method} ${path}`]
    : undefined;
  if (route !== undefined) return route(deps, request);
  request.resume();
  const known = Object.keys(ROUTES).some((key) => key.endsWith(` ${path}`));
  return known
    ? controlError(405, 'METHOD_NOT_ALLOWED', `${path} does not take ${request.method}`)
    : controlError(404, 'NOT_FOUND', `there is nothing at ${path}; GET / tells what there is`);
}

function ok(body: object): ControlAnswer {
  return { status: 200, body };
}
