/** Which requests a limit counts and by whom, in what portions, what is given back, and what a refused one hears. */
import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Limit, LimitDimension } from '../../../src/domain/limit.js';
import type { Count, LimitCounter } from '../../../src/resilience/limits/limit-counter.js';
import type { LimitCounters } from '../../../src/resilience/limits/limit-counters.js';
import type { Connections } from '../../../src/server/connections.js';
import { createRequestLimits, refuseBeyond } from '../../../src/server/pipeline/rate-limits.js';

const CALLER = { address: '198.51.100.1', accountHolder: 'susan', client: 'app' };
const EVERY: readonly LimitDimension[] = ['address', 'account-holder', 'client'];

async function limitsOf(
  given: readonly Limit[],
  { isShared = false, answer }: { isShared?: boolean; answer?: (subject: string) => Count } = {},
) {
  const asked: unknown[] = [];
  const counters = {
    areShared: (what: string) => isShared && what === 'requests',
    async of({ dimension }: Limit, options: unknown) {
      asked.push(options);
      return {
        async take(subject: string, points?: number) {
          asked.push([dimension, subject, points]);
          const counted = {
            kind: 'COUNTED',
            points: points ?? 1,
            endsAt: performance.now() + 60_000,
            places: [],
          };
          return answer?.(subject) ?? counted;
        },
      } as unknown as LimitCounter;
    },
  } as unknown as LimitCounters;
  const limits = await createRequestLimits(counters, given);
  return { limits, asked, takenOf: () => asked.filter((one) => Array.isArray(one)) };
}

const each = (count: number, dimensions = EVERY): Limit[] =>
  dimensions.map((dimension) => ({ dimension, count, seconds: 60 }));

function requestTo(url: string | undefined, caller: Partial<typeof CALLER> = CALLER) {
  const whole = {
    ...CALLER,
    ...caller,
    refusedFor: null,
    routeOptions: { url },
    raw: { socket: {} },
    id: 'trace',
  };
  return whole as unknown as FastifyRequest;
}

function replyTo(request: FastifyRequest) {
  const sent = { status: 0, headers: {} as Record<string, unknown>, body: undefined as unknown };
  const reply = {
    request,
    header(name: string, value: unknown) {
      sent.headers[name] = value;
      return reply;
    },
    code(status: number) {
      sent.status = status;
      return reply;
    },
    type: () => reply,
    send(body: unknown) {
      sent.body = body;
      return reply;
    },
  };
  return { reply: reply as unknown as FastifyReply, sent };
}

describe('limits of requests', () => {
  it('count by address first, and by holder and client once they are known', async () => {
    const { limits, asked, takenOf } = await limitsOf(each(2));
    expect(asked[0]).toEqual({ what: 'requests', countsAlone: true });
    const request = requestTo('/graphql');
    await limits.ofAddress(request, replyTo(request).reply);
    expect(takenOf()).toEqual([['address', '198.51.100.1', 2]]);
    await limits.ofCaller(request, replyTo(request).reply);
    expect(takenOf().slice(1)).toEqual([
      ['account-holder', 'susan', 2],
      ['client', 'app', 2],
    ]);
  });

  it('count who has not signed in by address alone, and a token of no client as one client', async () => {
    const { limits, takenOf } = await limitsOf(each(2));
    const stranger = { address: 'a', accountHolder: null, client: null };
    expect(limits.takeAtHand(stranger)).toBe(false);
    const request = requestTo('/graphql', stranger as unknown as typeof CALLER);
    await limits.ofCaller(request, replyTo(request).reply);
    expect(takenOf()).toEqual([]);
    const nameless = requestTo('/graphql', { client: null } as unknown as typeof CALLER);
    await limits.ofCaller(nameless, replyTo(nameless).reply);
    expect(takenOf()[1]).toEqual(['client', '', 2]);
  });

  it.each([
    ['/livez', 0],
    ['/readyz', 0],
    ['/assets/:file', 0],
    ['/graphql', 1],
    ['/callback/*', 1],
    [undefined, 1],
  ])('of an address: %s counts %i', async (url, count) => {
    const { limits, takenOf } = await limitsOf(each(2));
    const request = requestTo(url);
    await limits.ofAddress(request, replyTo(request).reply);
    expect(takenOf()).toHaveLength(count);
  });

  it.each([
    [1000, false, 1000],
    [1000, true, 20],
    [199, true, 3],
    [10, true, undefined],
  ])('of %i, shared %s, are asked for %s at a time', async (count, isShared, points) => {
    const { limits, takenOf } = await limitsOf(each(count, ['address']), { isShared });
    const request = requestTo('/graphql');
    await limits.ofAddress(request, replyTo(request).reply);
    expect(takenOf()).toEqual([['address', '198.51.100.1', points]]);
  });

  it('are taken at hand where each has room, else none is', async () => {
    const { limits, takenOf } = await limitsOf([
      { dimension: 'address', count: 9, seconds: 60 },
      { dimension: 'account-holder', count: 2, seconds: 60 },
    ]);
    expect(limits.takeAtHand(CALLER)).toBe(false);
    const request = requestTo('/graphql');
    await limits.ofAddress(request, replyTo(request).reply);
    await limits.ofCaller(request, replyTo(request).reply);
    // One of two is left of hers, eight of the address's.
    expect([limits.takeAtHand(CALLER), limits.takeAtHand(CALLER)]).toEqual([true, false]);
    limits.giveBack(CALLER);
    expect([limits.takeAtHand(CALLER), limits.takeAtHand(CALLER)]).toEqual([true, false]);
    const stranger = { ...CALLER, accountHolder: null };
    let ofAddress = 0;
    while (limits.takeAtHand(stranger)) ofAddress += 1;
    // What was refused for her was not taken of the address.
    expect(ofAddress).toBe(9 - 1 - 1);
    limits.giveBack(stranger);
    expect(limits.takeAtHand(stranger)).toBe(true);
    expect(takenOf()).toHaveLength(2);
  });

  it('that are full are 429 with the longest wait, told by name', async () => {
    const waits: Readonly<Record<string, number>> = { susan: 4, app: 40 };
    const { limits } = await limitsOf(each(9), {
      answer: (subject) => ({ kind: 'FULL', retryAfterSeconds: waits[subject] ?? 1 }),
    });
    const request = requestTo('/graphql');
    const { reply, sent } = replyTo(request);
    await limits.ofCaller(request, reply);
    expect(sent).toMatchObject({ status: 429, headers: { 'retry-after': 40 } });
    expect(sent.body).toMatchObject({
      errors: [{ message: /Too many requests/, extensions: { code: 'RATE_LIMITED', retryAfter: 40 } }].map(
        ({ message, extensions }) => ({ message: expect.stringMatching(message), extensions }),
      ),
    });
    expect(request.refusedFor).toEqual({ what: 'LIMIT', why: 'account-holder client' });
  });

  it('that one of them is full for names that one', async () => {
    const { limits } = await limitsOf(each(1), {
      answer: (subject) =>
        subject === 'app'
          ? { kind: 'FULL', retryAfterSeconds: 2 }
          : { kind: 'COUNTED', points: 1, endsAt: 0, places: [] },
    });
    const request = requestTo('/graphql');
    const { reply, sent } = replyTo(request);
    await limits.ofCaller(request, reply);
    expect(sent.headers['retry-after']).toBe(2);
    expect(request.refusedFor).toEqual({ what: 'LIMIT', why: 'client' });
  });
});

describe('connections beyond the limit', () => {
  const beyond: Connections = { isBeyond: () => true };

  it.each([
    ['/graphql', 429],
    ['/livez', 0],
  ])('end: %s is %i', async (url, status) => {
    const request = requestTo(url);
    const { reply, sent } = replyTo(request);
    await refuseBeyond(beyond)(request, reply);
    expect(sent.status).toBe(status);
    expect(sent.headers['connection']).toBe('close');
    expect(request.refusedFor).toEqual(status === 429 ? { what: 'LIMIT', why: 'connections' } : null);
    if (status === 429) {
      expect(sent.headers['retry-after']).toBe(1);
      expect(sent.body).toMatchObject({
        errors: [
          { message: expect.stringMatching(/Too many connections/), extensions: { code: 'RATE_LIMITED' } },
        ],
      });
    }
  });

  it('within it nothing is said', async () => {
    const request = requestTo('/graphql');
    const { reply, sent } = replyTo(request);
    await refuseBeyond({ isBeyond: () => false })(request, reply);
    expect(sent).toEqual({ status: 0, headers: {}, body: undefined });
  });
});
