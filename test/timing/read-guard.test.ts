/** Reads when MDES fails: the callers hear of it soon, MDES is left in peace, and it is noticed when it is well again. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { BrokenAsset } from '../../src/mdes/mdes-error.js';
import {
  type FakeMdes,
  hang,
  json,
  type Reply,
  resetBeforeHeaders,
  resetMidBody,
  type SeenRequest,
  shortFin,
  startFakeMdes,
  text,
} from '../support/mdes/fake-mdes.js';
import {
  CONSUMER_KEY,
  caught,
  everythingOf,
  makeTestKeys,
  PAN,
  pushAnswer,
  pushRequest,
  range,
  recordingLogger,
  type TestKeys,
} from '../support/mdes/mdes-fixtures.js';
import { within } from '../support/measurements.js';

const RANGES = [range('5412346789')];
const ASSET_ID = '554dbc44-496a-4896-b41c-dd431e25d5e4';
/** What a busy machine may add to a time. */
const NOISE_MS = 100;
const EMPTY: Reply = json(200, { tokenRequestors: [] });
const NO_ASSET: Reply = json(404, { errors: [{ source: 'INPUT', reasonCode: 'INVALID_FIELD_VALUE' }] });
const REFUSED: Reply = json(200, { errors: [{ source: 'INPUT', reasonCode: 'INVALID_FIELD_VALUE' }] });
const well: Reply = (response, request) => (request.method === 'GET' ? NO_ASSET : EMPTY)(response, request);
/** One attempt each: MDES asks not to be asked again. */
const FAILS_ONCE: Reply = json(503, {}, { 'retry-after': '17' });

let keys: TestKeys;
let mdes: FakeMdes;
let client: MdesClient;
let lines: string[];
/** When the requests arrived that were answered as `answer` says. */
let arrivals: number[];

beforeAll(() => {
  keys = makeTestKeys();
});

beforeEach(async () => {
  mdes = await startFakeMdes();
  const recording = recordingLogger();
  lines = recording.lines;
  client = createMdesClient({ log: recording.log }, keys.identity(mdes.baseUrl));
});

afterEach(async () => {
  await Promise.all([mdes.close(), client.close()]);
});

function answer(reply: Reply): void {
  arrivals = [];
  mdes.answer((response, request) => {
    arrivals.push(performance.now());
    return reply(response, request);
  });
}

const ranges = () => client.getEligibleTokenRequestors(RANGES);
const asset = () => client.getAsset(ASSET_ID);
const push = () => client.pushMultipleAccounts(pushRequest());

async function timed<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
  const started = performance.now();
  const result = await work;
  return { result, ms: performance.now() - started };
}

function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, work));
}

/** Reads again and again, as many channels do; gives the slowest end of a read. */
async function readFor(ms: number, read: () => Promise<unknown>): Promise<number> {
  const until = performance.now() + ms;
  let slowest = 0;
  while (performance.now() < until) {
    slowest = Math.max(slowest, (await timed(read().catch(() => undefined))).ms);
    await pause(20);
  }
  return slowest;
}

function gaps(): number[] {
  return arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
}

function logged(message: string): number {
  return lines.filter((line) => line.includes(message)).length;
}

describe.each([500, 503])('MDES that answers %s', (status) => {
  it('is asked five times, then once a second, and used again soon after it is well', async () => {
    mdes.answer(EMPTY);
    await ranges();
    answer(text(status, ''));
    const first = await timed(caught(ranges()));
    expect([first.result.kind, arrivals.length]).toEqual(['UNAVAILABLE', 3]);
    expect(first.ms).toBeLessThan(within(1000));
    expect(client.state()).toBe('ready');
    expect((await timed(caught(ranges()))).ms).toBeLessThan(within(1000));
    expect([client.state(), arrivals.length]).toEqual(['unavailable', 5]);

    expect(await readFor(3500, ranges)).toBeLessThan(within(1000));
    const trials = gaps().slice(4);
    expect(trials.length).toBeGreaterThanOrEqual(2);
    expect(trials.length).toBeLessThanOrEqual(3);
    expect(Math.min(...trials)).toBeGreaterThanOrEqual(1000);

    mdes.answer(EMPTY);
    const healed = performance.now();
    while (client.state() !== 'ready' && performance.now() - healed < 5000) await readFor(20, ranges);
    expect(performance.now() - healed).toBeLessThan(within(2000));
    expect(await ranges()).toEqual([]);
    expect([logged('does not answer reads'), logged('answers reads again')]).toEqual([1, 1]);
  });
});

describe('while MDES is not asked', () => {
  async function open(): Promise<void> {
    answer(FAILS_ONCE);
    for (let i = 0; i < 5; i++) await caught(ranges());
    expect([client.state(), arrivals.length]).toEqual(['unavailable', 5]);
  }

  it('callers are turned away at once and told when to come back', async () => {
    await open();
    const { result: errors, ms } = await timed(times(200, () => caught(ranges())));
    expect(new Set(errors.map(({ kind }) => kind))).toEqual(new Set(['UNAVAILABLE']));
    expect(errors[0]?.message).toBe('getEligibleTokenRequestors: not tried, it failed too often just now');
    expect(errors[0]?.retryAfterSeconds).toBe(1);
    expect(ms).toBeLessThan(within(500));
    expect(arrivals).toHaveLength(5);
  });

  it('nobody waits for the one that tries', async () => {
    await open();
    await pause(1050);
    answer(async (response, request) => {
      await pause(600);
      return EMPTY(response, request);
    });
    const trial = ranges();
    const { ms } = await timed(times(20, () => caught(ranges())));
    expect(ms).toBeLessThan(within(400));
    expect(await trial).toEqual([]);
    expect([arrivals.length, client.state()]).toEqual([1, 'ready']);
  });

  it('nothing is sent unless somebody asks', async () => {
    await open();
    await pause(2200);
    expect([arrivals.length, client.state()]).toEqual([5, 'unavailable']);
  });

  it('a question that needs no request proves nothing', async () => {
    answer(FAILS_ONCE);
    for (let i = 0; i < 5; i++) await caught(asset());
    await pause(1050);
    expect(await client.getAsset('../pushMultipleAccounts')).toBeNull();
    expect(await client.getEligibleTokenRequestors([])).toEqual([]);
    expect(client.state()).toBe('unavailable');
  });

  it('the other read goes on', async () => {
    answer((response, request) => (request.method === 'GET' ? FAILS_ONCE : EMPTY)(response, request));
    for (let i = 0; i < 6; i++) await caught(asset());
    expect([client.state(), arrivals.length]).toEqual(['unavailable', 5]);
    expect(await ranges()).toEqual([]);
  });

  it('pushes are sent, once', async () => {
    await open();
    answer(json(200, pushAnswer()));
    expect((await push()).accounts).toHaveLength(1);
    expect([arrivals.length, client.state()]).toEqual([1, 'unavailable']);
  });
});

describe('an outage that many callers run into at once', () => {
  it('costs what was under way, and no second wave', async () => {
    answer(async (response, request) => {
      await pause(100);
      return text(500, '')(response, request);
    });
    const { ms } = await timed(times(130, () => caught(ranges())));
    expect(ms).toBeLessThan(within(1000));
    // Four may take the places of the first four, before the fifth failure opens the breaker.
    expect(arrivals.length).toBeLessThanOrEqual(50 + 4);
  });
});

describe('MDES that never answers', () => {
  it('ends every read within 3 s, on at most 50 connections', async () => {
    answer(hang);
    const reads = times(100, () => timed(caught(ranges())));
    const logos = times(30, () => timed(caught(asset())));
    const ends = [...(await reads), ...(await logos)];
    expect(new Set(ends.map(({ result }) => result.kind))).toEqual(new Set(['UNAVAILABLE']));
    expect(Math.max(...ends.map(({ ms }) => ms))).toBeLessThan(within(3000));
    expect(mdes.mostConnections()).toBeLessThanOrEqual(50);
    expect(client.state()).toBe('unavailable');
  });

  it('is not asked a second time by the same read', async () => {
    answer(hang);
    await caught(ranges());
    expect(arrivals).toHaveLength(1);
  });
});

describe('MDES that is slow', () => {
  it('has two seconds to answer', async () => {
    answer(async (response, request) => {
      await pause(2000);
      return EMPTY(response, request);
    });
    expect(await ranges()).toEqual([]);
    expect(arrivals).toHaveLength(1);
  });

  it('and then fails is not asked again', async () => {
    answer(async (response, request) => {
      await pause(600);
      return text(500, '')(response, request);
    });
    const { ms } = await timed(caught(ranges()));
    expect(arrivals).toHaveLength(1);
    expect(ms).toBeLessThan(within(1000));
  });
});

describe('a connection that breaks', () => {
  it('on every tenth request fails no read', async () => {
    const breaks: Reply[] = [resetBeforeHeaders, resetMidBody(200), shortFin];
    const broken: SeenRequest[] = [];
    answer((response, request) => {
      if (arrivals.length % 10 !== 0) return well(response, request);
      const reply = breaks[broken.length % breaks.length] ?? hang;
      broken.push(request);
      return reply(response, request);
    });
    for (let round = 0; round < 50; round++) {
      expect(await Promise.all([ranges(), asset(), ranges(), asset(), ranges(), asset()])).toEqual(
        Array.from({ length: 3 }, () => [[], null]).flat(),
      );
    }
    expect(broken.length).toBeGreaterThanOrEqual(30);
    expect(arrivals).toHaveLength(300 + broken.length);
    expect(client.state()).toBe('ready');
  });

  it('is tried twice more, each time as a request of its own, after pauses', async () => {
    answer((response, request) => (arrivals.length < 3 ? resetBeforeHeaders : EMPTY)(response, request));
    expect(await ranges()).toEqual([]);
    const [first = 0, second = 0] = gaps();
    expect(first).toBeGreaterThanOrEqual(49);
    expect(first).toBeLessThan(within(150 + NOISE_MS));
    expect(second).toBeGreaterThanOrEqual(99);
    expect(second).toBeLessThan(within(300 + NOISE_MS));
    const ids = mdes.requests.map(({ body }) => JSON.parse(body.toString()).requestId);
    expect(new Set(ids).size).toBe(3);
    expect(new Set(mdes.requests.map(({ headers }) => headers.authorization)).size).toBe(3);
  });
});

describe('what MDES does answer', () => {
  it('is not asked for again when it is a no or a wish to wait, even for a moment', async () => {
    for (const reply of [REFUSED, FAILS_ONCE, text(429, ''), text(429, '', { 'retry-after': '0' })]) {
      answer(reply);
      await caught(ranges());
      expect(arrivals).toHaveLength(1);
    }
  });

  it('starts the count of failures anew when it is a no', async () => {
    for (const [count, reply] of [
      [4, FAILS_ONCE],
      [1, REFUSED],
      [4, FAILS_ONCE],
    ] as const) {
      answer(reply);
      for (let i = 0; i < count; i++) await caught(ranges());
    }
    expect(client.state()).toBe('ready');
    await caught(ranges());
    expect(client.state()).toBe('unavailable');
  });

  it('is no failure of MDES when it is a logo that is none', async () => {
    answer(json(200, { mediaContents: [] }));
    for (let i = 0; i < 6; i++) expect(await caught(asset())).toBeInstanceOf(BrokenAsset);
    expect([arrivals.length, client.state()]).toEqual([6, 'ready']);
  });
});

describe('MDES that does not accept us', () => {
  const SBS = `POST&https%3A%2F%2Fmdes&oauth_consumer_key%3D${CONSUMER_KEY}%26oauth_nonce%3D${PAN}`;
  const description = `OAuth signatures did not match. Acceptable signature base string: ${SBS}`;
  const gateway = (ReasonCode: string) => ({
    Errors: { Error: [{ Source: 'Gateway', ReasonCode, Description: description, Recoverable: false }] },
  });

  it.each([
    ['401', json(401, gateway('DECLINED'))],
    ['401 in HTML', text(401, '<html>')],
    ['403', json(403, gateway('AUTHENTICATION_FAILED'))],
    ['400 over the header', json(400, gateway('INVALID_AUTH_HEADER'))],
  ])('is asked three times by both reads together: %s', async (_, reply) => {
    answer(reply);
    const errors = [await caught(ranges()), await caught(asset()), await caught(ranges())];
    expect([client.state(), arrivals.length]).toEqual(['unauthorized', 3]);
    errors.push(...(await times(20, () => caught(ranges()))), ...(await times(20, () => caught(asset()))));
    expect(new Set(errors.map(({ kind }) => kind))).toEqual(new Set(['UNAUTHORIZED']));
    expect(arrivals).toHaveLength(3);
    expect(errors.at(-1)?.message).toBe('getAsset: not tried, MDES did not accept us just now');
    expect(errors.at(-1)?.retryAfterSeconds).toBe(5);
    expect(logged('does not accept our key')).toBe(1);
    const shown = errors.map(everythingOf).join('') + lines.join('');
    for (const secret of [CONSUMER_KEY, 'oauth_', PAN]) expect(shown).not.toContain(secret);
  });

  it('is asked once in five seconds after that, whoever asks, until one of the reads is answered', async () => {
    answer(text(401, ''));
    for (let i = 0; i < 3; i++) await caught(ranges());
    await readFor(5500, async () => {
      await Promise.allSettled([ranges(), asset()]);
    });
    expect(arrivals).toHaveLength(4);
    expect(gaps()[2]).toBeGreaterThanOrEqual(5000);
    mdes.answer(well);
    const healed = performance.now();
    while (client.state() !== 'ready' && performance.now() - healed < 8000) await readFor(20, asset);
    expect(client.state()).toBe('ready');
    expect(await ranges()).toEqual([]);
    expect(logged('answers reads again')).toBe(1);
  }, 20_000);

  it('still gets every push, once', async () => {
    answer(text(401, ''));
    for (let i = 0; i < 4; i++) await caught(ranges());
    expect((await caught(push())).kind).toBe('UNCLEAR');
    expect(arrivals).toHaveLength(3 + 1);
    answer(json(401, gateway('DECLINED')));
    expect((await caught(push())).kind).toBe('UNAUTHORIZED');
    expect(arrivals).toHaveLength(1);
  });
});

describe('pushes that fail', () => {
  it.each([
    ['500', text(500, '')],
    ['401', text(401, '')],
  ])('with %s are sent once each and stop no read', async (_, reply) => {
    answer(reply);
    for (let i = 0; i < 8; i++) await caught(push());
    expect(arrivals).toHaveLength(8);
    answer(EMPTY);
    expect([client.state(), await ranges()]).toEqual(['ready', []]);
  });
});
