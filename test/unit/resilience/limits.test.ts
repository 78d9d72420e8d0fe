/** What a limit counts and where: in Redis and in this process, given back or not, in portions, and what Redis is told. */
import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import type { Limit } from '../../../src/domain/limit.js';
import { Secret } from '../../../src/domain/secret.js';
import {
  type Count,
  type Counted,
  giveBack,
  LimitCounter,
} from '../../../src/resilience/limits/limit-counter.js';
import { LimitCounters } from '../../../src/resilience/limits/limit-counters.js';
import { Portions } from '../../../src/resilience/limits/portions.js';
import type { RedisConnection } from '../../../src/resilience/redis-connection.js';

const MINUTE = 60_000;
const memory = (points: number, duration = 60) => new RateLimiterMemory({ points, duration });
const alone = (own: RateLimiterAbstract) => new LimitCounter({ shared: null, own, hash: String });

/** A counter of the library whose next ends are given; it tells what it was asked. */
function scripted(...ends: readonly unknown[]) {
  const asked: unknown[][] = [];
  const left = [...ends];
  const counter = {
    async consume(key: string, points: number) {
      asked.push(['consume', key, points]);
      const end = left.shift();
      if (end !== undefined) throw end;
      return { msBeforeNext: MINUTE };
    },
    async reward(key: string, points: number) {
      asked.push(['reward', key, points]);
      throw new Error('Redis is away');
    },
  };
  return { counter: counter as unknown as RateLimiterAbstract, asked };
}

function counted(count: Count): Counted {
  if (count.kind !== 'COUNTED') throw new Error(count.kind);
  return count;
}

describe('a counter of this process alone', () => {
  it('lets through as many as there is room for, and says when there is room again', async () => {
    const counter = alone(memory(3));
    const before = performance.now();
    const first = counted(await counter.take('susan'));
    expect(first).toMatchObject({ points: 1, places: [{ key: 'susan' }] });
    expect(first.endsAt).toBeGreaterThan(before + MINUTE - 1000);
    expect(first.endsAt).toBeLessThanOrEqual(performance.now() + MINUTE);
    expect((await counter.take('susan', 2)).kind).toBe('COUNTED');
    expect(await counter.take('susan')).toEqual({ kind: 'FULL', retryAfterSeconds: 60 });
    expect((await counter.take('amir')).kind).toBe('COUNTED');
  });

  it('does not count what it refuses', async () => {
    const counter = alone(memory(5));
    await counter.take('susan', 3);
    for (let times = 0; times < 3; times++) expect((await counter.take('susan', 3)).kind).toBe('FULL');
    expect((await counter.take('susan', 2)).kind).toBe('COUNTED');
  });

  it.each([
    [1, 1],
    [1000, 1],
    [1001, 2],
    [0, 1],
  ])('refuses for %i ms as %i s', async (msBeforeNext, retryAfterSeconds) => {
    const { counter } = scripted({ msBeforeNext, consumedPoints: 0 });
    expect(await alone(counter).take('susan')).toEqual({ kind: 'FULL', retryAfterSeconds });
  });

  it('takes back what the library has added of a refused one, and nothing where it has added nothing', async () => {
    const { counter, asked } = scripted(
      { msBeforeNext: MINUTE, consumedPoints: 0 },
      { msBeforeNext: MINUTE, consumedPoints: 1 },
    );
    await alone(counter).take('susan', 2);
    await alone(counter).take('susan', 2);
    expect(asked).toEqual([
      ['consume', 'susan', 2],
      ['consume', 'susan', 2],
      ['reward', 'susan', 2],
    ]);
  });

  it.each([
    [new Error('broken')],
    [null],
    ['full'],
    [{ consumedPoints: 1 }],
    [Object.assign(new Error('b'), { msBeforeNext: 1 })],
  ])('throws what is no count: %p', async (end) => {
    await expect(alone(scripted(end).counter).take('susan')).rejects.toBe(end);
  });

  it('takes back what did not happen, as long as it cannot fall into the next window', async () => {
    const long = alone(memory(1));
    giveBack(counted(await long.take('susan')));
    expect((await long.take('susan')).kind).toBe('COUNTED');
    const short = alone(memory(1, 1));
    giveBack(counted(await short.take('susan')));
    expect((await short.take('susan')).kind).toBe('FULL');
  });
});

describe('a counter in Redis', () => {
  const hash = (subject: string) => `#${subject}`;

  it('tells Redis a hash, and keeps in mind what Redis has let through', async () => {
    const { counter: shared, asked } = scripted(undefined, undefined, new Error('away'));
    const both = new LimitCounter({ shared, own: memory(3), hash });
    expect(counted(await both.take('susan', 2)).places.map(({ key }) => key)).toEqual(['#susan', 'susan']);
    expect(counted(await both.take('susan')).places).toHaveLength(2);
    expect(asked).toEqual([
      ['consume', '#susan', 2],
      ['consume', '#susan', 1],
    ]);
    // Redis is away, and this process has let through three of three.
    expect((await both.take('susan')).kind).toBe('FULL');
  });

  it('gives back in both places', async () => {
    const { counter: shared, asked } = scripted(undefined, new Error('away'));
    const both = new LimitCounter({ shared, own: memory(1), hash });
    giveBack(counted(await both.take('susan')));
    expect(asked.at(-1)).toEqual(['reward', '#susan', 1]);
    expect(counted(await both.take('susan')).places).toHaveLength(1);
  });

  it('is full when Redis says so, though this process has room, and counts nothing then', async () => {
    const { counter: shared } = scripted({ msBeforeNext: 5000, consumedPoints: 0 }, new Error('away'));
    const both = new LimitCounter({ shared, own: memory(1), hash });
    expect(await both.take('susan')).toEqual({ kind: 'FULL', retryAfterSeconds: 5 });
    expect((await both.take('susan')).kind).toBe('COUNTED');
  });

  it('without one of its own: counted in Redis, or not at all', async () => {
    const { counter: shared } = scripted(undefined, new Error('away'));
    const one = new LimitCounter({ shared, own: null, hash });
    expect(counted(await one.take('susan')).places).toHaveLength(1);
    expect(await one.take('susan')).toEqual({ kind: 'UNCOUNTED' });
  });
});

describe('portions', () => {
  const endsAt = () => performance.now() + MINUTE;
  const COUNTED = (places: Counted['places'] = []): Count => ({
    ...{ kind: 'COUNTED', points: 3, endsAt: endsAt(), places },
  });
  const FULL = { kind: 'FULL', retryAfterSeconds: 7 } as const;

  function portions(size: number, answer: (points: number | undefined) => Count) {
    const asked: (readonly [string, number | undefined])[] = [];
    const counter = {
      async take(subject: string, points?: number) {
        asked.push([subject, points]);
        return answer(points);
      },
    } as LimitCounter;
    return { of: new Portions(counter, size), asked };
  }

  it('are asked for once, for all who wait, and again when one is used up', async () => {
    const { of, asked } = portions(3, () => COUNTED());
    await Promise.all([1, 2, 3].map(() => of.take('susan')));
    expect(asked).toEqual([['susan', 3]]);
    const more = [1, 2, 3, 4, 5].map(() => of.take('susan'));
    expect(asked).toHaveLength(2);
    await Promise.all(more);
    expect(asked).toHaveLength(3);
    // One of the third is left: it is given out at once.
    expect(of.take('susan')).toEqual({ kind: 'COUNTED' });
    await of.take('amir');
    expect(asked.slice(3)).toEqual([['amir', 3]]);
  });

  it('of one are not kept', async () => {
    const { of, asked } = portions(1, () => COUNTED());
    for (let times = 0; times < 3; times++) expect(await of.take('susan')).toMatchObject({ kind: 'COUNTED' });
    expect(asked).toEqual(Array.from({ length: 3 }, () => ['susan', undefined]));
    expect(of.held('susan', performance.now())).toBeUndefined();
  });

  it('where there is no room for one there may be for a single request', async () => {
    const some = portions(3, (points) => (points === 3 ? FULL : COUNTED()));
    expect(await some.of.take('susan')).toMatchObject({ kind: 'COUNTED' });
    expect(some.asked).toEqual([
      ['susan', 3],
      ['susan', undefined],
    ]);
    expect(await portions(3, () => FULL).of.take('susan')).toEqual(FULL);
    expect(await portions(3, () => ({ kind: 'UNCOUNTED' })).of.take('susan')).toEqual({ kind: 'UNCOUNTED' });
  });

  it('are asked for again after one that failed', async () => {
    let faults = 1;
    const { of } = portions(3, () => {
      if (faults-- > 0) throw new Error('broken');
      return COUNTED();
    });
    await expect(of.take('susan')).rejects.toThrow('broken');
    expect(await of.take('susan')).toEqual({ kind: 'COUNTED' });
  });

  it('are at hand until they are used up or over, and take back what was not used', async () => {
    const { of, asked } = portions(2, () => COUNTED());
    expect(of.held('susan', performance.now())).toBeUndefined();
    await of.take('susan');
    const portion = of.held('susan', performance.now());
    expect(portion?.left).toBe(1);
    const end = portion?.of.endsAt ?? 0;
    expect(of.held('susan', end - 1)).toBe(portion);
    expect(of.held('susan', end)).toBeUndefined();
    await of.take('susan');
    expect(of.held('susan', performance.now())).toBeUndefined();
    for (let times = 0; times < 4; times++) of.giveBack('susan');
    of.giveBack('amir');
    expect(of.held('susan', performance.now())?.left).toBe(2);
    expect(of.held('amir', performance.now())).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('that are over are not given back, and those that had to go are', async () => {
    const rewards: unknown[][] = [];
    const counter = {
      reward: async (...given: unknown[]) => {
        rewards.push(given);
      },
    } as unknown as RateLimiterAbstract;
    let isOver = true;
    const { of } = portions(3, () => {
      const count = counted(COUNTED([{ counter, key: 'susan' }]));
      const ends = isOver ? performance.now() + 5 : count.endsAt;
      isOver = false;
      return { ...count, endsAt: ends };
    });
    await of.take('susan');
    await new Promise((resolve) => setTimeout(resolve, 10));
    await of.take('susan');
    expect(rewards).toEqual([]);
    for (let others = 0; others < 50_000; others++) await of.take(`other-${others}`);
    expect(rewards).toEqual([['susan', 2]]);
  });
});

describe('the counters of an issuer', () => {
  const LIMIT: Limit = { dimension: 'account', count: 2, seconds: 60 };
  const SECRET = new Secret(randomBytes(32));
  const MEMORY = { requests: null, pushes: null };

  /** A Redis that counts, as the library's script does; `asked`: the keys it was told. */
  function redis() {
    const asked: string[] = [];
    const faults: unknown[][] = [];
    const state = { isUp: true, isAway: false };
    const counts = new Map<string, number>();
    const client = {
      eval: async (_script: string, options: { readonly keys: string[]; readonly arguments: string[] }) => {
        const [key = ''] = options.keys;
        asked.push(key);
        const count = (counts.get(key) ?? 0) + Number(options.arguments[0]);
        counts.set(key, count);
        return [count, MINUTE];
      },
    };
    const connection = {
      get isUp() {
        return state.isUp;
      },
      log: { fault: (...given: unknown[]) => faults.push(given) },
      run: async (_operation: string, work: (given: typeof client) => Promise<unknown>) => {
        if (state.isAway) throw new Error('away');
        return work(client);
      },
    };
    return { connection: connection as unknown as RedisConnection, asked, faults, state };
  }

  it('are shared where there is a Redis for what they count', () => {
    const counters = new LimitCounters(
      { requests: null, pushes: redis().connection },
      { issuer: 'moon', secret: SECRET },
    );
    expect([counters.areShared('requests'), counters.areShared('pushes')]).toEqual([false, true]);
  });

  it('count as the limit says, alone', async () => {
    const counters = new LimitCounters(MEMORY, { issuer: 'moon', secret: SECRET });
    const counter = await counters.of(LIMIT, { what: 'pushes', countsAlone: false });
    const kinds = [];
    for (let times = 0; times < 3; times++) kinds.push((await counter.take('susan')).kind);
    expect(kinds).toEqual(['COUNTED', 'COUNTED', 'FULL']);
  });

  it('name a key by issuer, what, dimension and time, and its subject by a hash of their own secret', async () => {
    const keyOf = async (
      issuer: string,
      secret: ConstructorParameters<typeof LimitCounters>[1]['secret'],
      limit: Limit = LIMIT,
      what: 'requests' | 'pushes' = 'pushes',
    ) => {
      const { connection, asked } = redis();
      const counters = new LimitCounters({ requests: connection, pushes: connection }, { issuer, secret });
      await (await counters.of(limit, { what, countsAlone: true })).take('susan');
      return asked[0] ?? '';
    };
    const key = await keyOf('moon', SECRET);
    expect(key).toMatch(/^token-connect-limits-v1-moon-pushes-account-60:[\w-]{43}$/);
    expect(await keyOf('moon', SECRET)).toBe(key);
    expect(await keyOf('moon', SECRET, LIMIT, 'requests')).toMatch(
      /^token-connect-limits-v1-moon-requests-account-60:/,
    );
    const hashOf = (whole: string) => whole.split(':')[1];
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const others = [
      await keyOf('moon', new Secret(randomBytes(32))),
      await keyOf('moon', privateKey),
      await keyOf('sun', SECRET),
      await keyOf('moon', SECRET, { ...LIMIT, seconds: 61 }),
    ];
    expect(new Set([key, ...others].map(hashOf)).size).toBe(5);
    const same = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    expect(await keyOf('moon', same)).toBe(others[1]);
  });

  it('ask Redis about who is at a limit of pushes, and of requests no more', async () => {
    // Of pushes each that is refused is taken back, which asks too.
    for (const [what, questions] of [
      ['pushes', 6],
      ['requests', 2],
    ] as const) {
      const { connection, asked } = redis();
      const connections = { requests: connection, pushes: connection };
      const counters = new LimitCounters(connections, { issuer: 'moon', secret: SECRET });
      const counter = await counters.of(LIMIT, { what, countsAlone: true });
      for (let times = 0; times < 4; times++) await counter.take('susan');
      expect(asked).toHaveLength(questions);
    }
  });

  it('count alone or not at all while Redis is away, and say a fault of Redis only while it is up', async () => {
    for (const countsAlone of [true, false]) {
      const { connection, faults, state } = redis();
      const counters = new LimitCounters(
        { requests: null, pushes: connection },
        { issuer: 'moon', secret: SECRET },
      );
      const counter = await counters.of(LIMIT, { what: 'pushes', countsAlone });
      state.isAway = true;
      const kind = countsAlone ? 'COUNTED' : 'UNCOUNTED';
      expect((await counter.take('susan')).kind).toBe(kind);
      expect(faults).toEqual([['counting', new Error('away')]]);
      state.isUp = false;
      expect((await counter.take('susan')).kind).toBe(kind);
      expect(faults).toHaveLength(1);
    }
  });
});
