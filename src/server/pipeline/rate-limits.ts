/** Refuses who asks too much: connections beyond the limits, and requests of one address, client or account holder. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Limit, LimitDimension } from '../../domain/limit.js';
import type { LimitCounters } from '../../resilience/limits/limit-counters.js';
import { type Portion, Portions, type Room } from '../../resilience/limits/portions.js';
import type { Connections } from '../connections.js';
import { sendRefusal } from './http-errors.js';
import { isProbe } from './request-target.js';

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export interface RequestLimits {
  /** Before anything is looked at; not for probes, nor for logos, of which one page shows a hundred. */
  readonly ofAddress: Hook;
  /** Once it is known who asks. */
  readonly ofCaller: Hook;
  /** Both for who is answered at once: counted where each has room at hand, else nothing is. */
  takeAtHand(caller: Caller): boolean;
  /** For who was not answered then: it is counted once more by whoever does. */
  giveBack(caller: Caller): void;
}

interface Caller {
  readonly address: string;
  readonly accountHolder: string | null;
  readonly client: string | null;
}

/** Where many processes count together, each takes so much of a limit at a time; one that counts alone, all of it. */
const PORTION = 0.02;

interface Counted {
  readonly dimension: LimitDimension;
  readonly portions: Portions;
}

export async function createRequestLimits(
  counters: LimitCounters,
  limits: readonly Limit[],
): Promise<RequestLimits> {
  const counted = await Promise.all(
    limits.map(async (limit): Promise<Counted> => {
      const options = { what: 'requests', countsAlone: true } as const;
      const isShared = counters.areShared('requests');
      const size = isShared ? Math.max(1, Math.floor(limit.count * PORTION)) : limit.count;
      return {
        dimension: limit.dimension,
        portions: new Portions(await counters.of(limit, options), size),
      };
    }),
  );
  const of = (...dimensions: LimitDimension[]) =>
    counted.filter(({ dimension }) => dimensions.includes(dimension));
  const [byAddress, byCaller] = [of('address'), of('account-holder', 'client')];
  return {
    ofAddress: async (request, reply) => {
      if (!isFree(request)) await check(byAddress, request, reply);
    },
    ofCaller: (request, reply) => check(byCaller, request, reply),
    takeAtHand: (caller) => takeAtHand(counted, caller),
    giveBack(caller) {
      for (const { dimension, portions } of counted) {
        const subject = subjectOf(dimension, caller);
        if (subject !== null) portions.giveBack(subject);
      }
    },
  };
}

function takeAtHand(limits: readonly Counted[], caller: Caller): boolean {
  const now = performance.now();
  const held: Portion[] = [];
  for (const { dimension, portions } of limits) {
    const subject = subjectOf(dimension, caller);
    if (subject === null) continue;
    const portion = portions.held(subject, now);
    if (portion === undefined) return false;
    held.push(portion);
  }
  for (const portion of held) portion.left -= 1;
  return true;
}

async function check(
  limits: readonly Counted[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (takeAtHand(limits, request)) return;
  const asked: { readonly dimension: LimitDimension; readonly room: Room | Promise<Room> }[] = [];
  for (const { dimension, portions } of limits) {
    const subject = subjectOf(dimension, request);
    if (subject !== null) asked.push({ dimension, room: portions.take(subject) });
  }
  const rooms = await Promise.all(
    asked.map(async ({ dimension, room }) => ({ dimension, room: await room })),
  );
  const full = rooms.flatMap(({ dimension, room }) =>
    room.kind === 'FULL' ? [{ dimension, wait: room.retryAfterSeconds }] : [],
  );
  if (full.length === 0) return;
  request.refusedFor = { what: 'LIMIT', why: full.map(({ dimension }) => dimension).join(' ') };
  await sendRefusal(reply, {
    status: 429,
    code: 'RATE_LIMITED',
    message: 'Too many requests. Try again after retryAfter seconds.',
    retryAfter: Math.max(...full.map(({ wait }) => wait)),
  });
}

function isFree(request: FastifyRequest): boolean {
  return isProbe(request) || (request.routeOptions.url ?? '').startsWith('/assets/');
}

/** null: who has not signed in is counted by address alone. */
function subjectOf(dimension: LimitDimension, { address, accountHolder, client }: Caller): string | null {
  if (dimension === 'address') return address;
  if (accountHolder === null) return null;
  return dimension === 'client' ? (client ?? '') : accountHolder;
}

/** Beyond the limits of connections a probe is answered, and nobody else. */
export function refuseBeyond(connections: Connections): Hook {
  return async (request, reply) => {
    if (!connections.isBeyond(request.raw.socket)) return;
    reply.header('connection', 'close');
    if (isProbe(request)) return;
    request.refusedFor = { what: 'LIMIT', why: 'connections' };
    await sendRefusal(reply, {
      status: 429,
      code: 'RATE_LIMITED',
      message: 'Too many connections are open. Close some, and try again after retryAfter seconds.',
      retryAfter: 1,
    });
  };
}
