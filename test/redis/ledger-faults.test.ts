/** The push ledger when something is wrong: lost answers, other clocks, a Redis that refuses, rows that are garbage. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { createLedger } from '../../src/push/ledger/create-ledger.js';
import type { PushLedger } from '../../src/push/ledger/ledger.js';
import { type Push } from '../../src/push/push.js';
import { pushStatus } from '../../src/push/push-status.js';
import { UNDER_WAY_MS } from '../../src/resilience/time-limits.js';
import { within } from '../support/measurements.js';
import { answered, identityOf, makePushKeys, reservedPush } from '../support/push/pushes.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually } from '../support/shared-cache.js';

// An unhandled rejection fails the test in which it happens: Jest sees to that.

const UNAVAILABLE = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 };
const SAME_KEY = expect.stringMatching(/Nothing was pushed; try again with the same idempotencyKey\.$/);
const keys = makePushKeys();
const lines: string[] = [];
const log = createLogger('trace', { write: (line) => void lines.push(line) });
const ledgers: PushLedger[] = [];
const identity = identityOf('k');
let now: number;
let redis: RedisServer;

beforeEach(async () => {
  now = Date.now();
  lines.length = 0;
  redis = await RedisServer.start();
});
afterEach(async () => {
  redis.thaw();
  await Promise.all(ledgers.splice(0).map((ledger) => ledger.close()));
  await redis.stop();
});

/** A process whose clock is off by `offMs`. */
async function ledgerOf(offMs = 0): Promise<PushLedger> {
  const clock = { now: () => now + offMs };
  const url = new Secret(redis.url);
  const ledger = await createLedger({ url, namespace: 'ledger-test', keys, clock, log });
  ledgers.push(ledger);
  return ledger;
}

function markSent(ledger: PushLedger, id: string): Promise<Push | null> {
  return ledger.change(id, (known) => ({ ...known, phase: { kind: 'SENT' }, phaseSince: now }));
}

async function rowOf(kind: string): Promise<string> {
  const reply = await redis.command('KEYS', `*:${kind}:*`);
  return /\r\n\$\d+\r\n([^\r]+)/.exec(reply)?.[1] ?? '';
}

describe('whoever died before sending', () => {
  it('is followed by one of many, and can never send afterwards', async () => {
    const both = [await ledgerOf(), await ledgerOf()] as const;
    expect(await both[0].reserve(identity, reservedPush('dead', now))).toBeNull();
    now += UNDER_WAY_MS;
    const entries = await Promise.all(
      Array.from({ length: 10 }, () => both)
        .flat()
        .map((ledger) => ledger.reserve(identity, reservedPush(randomUUID(), now))),
    );
    expect(entries.filter((entry) => entry === null)).toHaveLength(1);
    expect(await markSent(both[0], 'dead')).toBeNull();
    expect((await both[0].list('owner-of-susan', 50, null))?.pushes).toHaveLength(1);
  });

  it('is not followed when it was only slow and has been marked as sent', async () => {
    const [slow, other] = [await ledgerOf(), await ledgerOf()];
    await slow.reserve(identity, reservedPush('slow', now));
    now += UNDER_WAY_MS;
    expect(await other.find(identity)).toBeNull();
    await slow.change('slow', (known) => ({ ...known, phase: { kind: 'SENT' }, phaseSince: now }));
    expect(await other.reserve(identity, reservedPush('second', now))).toMatchObject({
      push: { id: 'slow' },
    });
    expect(await other.get('second')).toBeNull();
  });
});

describe('processes whose clocks differ', () => {
  it.each([-5000, 5000])('by %i ms see a push under way as under way', async (offMs) => {
    const [here, there] = [await ledgerOf(), await ledgerOf(offMs)];
    await here.reserve(identity, reservedPush('p', now));
    for (const kind of ['RESERVED', 'SENT'] as const) {
      const entry = await there.reserve(identity, reservedPush('q', now + offMs));
      expect(entry).toMatchObject({ kind: 'SAME_INPUT', push: { id: 'p', phase: { kind } } });
      expect(entry?.kind === 'SAME_INPUT' && pushStatus(entry.push, now + offMs)).toBe('IN_PROGRESS');
      await markSent(here, 'p');
    }
    await here.change('p', answered(keys, now));
    expect((await there.get('p'))?.secrets?.accounts).toHaveLength(1);
  });

  it('by a minute send once all the same: the one that is overtaken cannot mark its push as sent', async () => {
    const [here, ahead] = [await ledgerOf(), await ledgerOf(60_000)];
    await here.reserve(identity, reservedPush('p', now));
    expect(await ahead.reserve(identity, reservedPush('q', now + 60_000))).toBeNull();
    expect(await markSent(here, 'p')).toBeNull();
    expect(await markSent(ahead, 'q')).toMatchObject({ phase: { kind: 'SENT' } });
  });
});

describe('an answer that is lost', () => {
  it('leaves a reservation that is found under way, and free once it is too old', async () => {
    const ledger = await ledgerOf();
    redis.freeze();
    const startedAt = performance.now();
    const reserving = ledger.reserve(identity, reservedPush('p', now));
    await expect(reserving).rejects.toMatchObject({ ...UNAVAILABLE, message: SAME_KEY });
    expect(performance.now() - startedAt).toBeLessThan(within(200));
    redis.thaw();
    await eventually(async () => (await redis.command('DBSIZE')) === ':3', 2000);
    const found = await eventuallyAnswers(() => ledger.find(identity));
    expect(found).toMatchObject({ kind: 'SAME_INPUT', push: { id: 'p', phase: { kind: 'RESERVED' } } });
    now += UNDER_WAY_MS;
    expect(await ledger.find(identity)).toBeNull();
  });

  it('of the mark that it is sent leaves it sent for all others, until its release frees the key', async () => {
    const [ledger, other] = [await ledgerOf(), await ledgerOf()];
    const push = reservedPush('p', now);
    await ledger.reserve(identity, push);
    const marking = ledger.change('p', (known) => {
      // Frozen between the look and the change.
      redis.freeze();
      return { ...known, phase: { kind: 'SENT' }, phaseSince: now };
    });
    await expect(marking).rejects.toMatchObject(UNAVAILABLE);
    redis.thaw();
    const found = await eventuallyAnswers(() => other.reserve(identity, reservedPush('q', now)));
    expect(found).toMatchObject({ push: { id: 'p', phase: { kind: 'SENT' } } });
    await eventuallyAnswers(() => ledger.release(identity, push));
    expect(await other.reserve(identity, reservedPush('q', now))).toBeNull();
  });
});

describe('a Redis that refuses', () => {
  it.each([
    [
      'full',
      [
        ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'],
        ['CONFIG', 'SET', 'maxmemory', '1'],
      ],
    ],
    ['read-only', [['REPLICAOF', '127.0.0.1', '1']]],
  ])('because it is %s takes no push, changes none, and still tells what it holds', async (_, commands) => {
    const ledger = await ledgerOf();
    await ledger.reserve(identity, reservedPush('p', now));
    const rows = await redis.command('DBSIZE');
    await redis.commands(commands);
    const reserving = ledger.reserve(identityOf('k2'), reservedPush('q', now));
    await expect(reserving).rejects.toMatchObject({ ...UNAVAILABLE, message: SAME_KEY });
    await expect(markSent(ledger, 'p')).rejects.toMatchObject(UNAVAILABLE);
    now += UNDER_WAY_MS;
    // Nor does it take over one that was abandoned: that would begin with forgetting it.
    await expect(ledger.reserve(identity, reservedPush('r', now))).rejects.toMatchObject(UNAVAILABLE);
    expect(await redis.command('DBSIZE')).toBe(rows);
    expect(await ledger.get('p')).toMatchObject({ phase: { kind: 'RESERVED' } });
    expect(lines.join('')).toMatch(/push ledger: reserving failed/);
  });

  it('because it is not there yet lets the ledger be made, and is looked at when it comes', async () => {
    await redis.kill();
    const startedAt = performance.now();
    const ledger = await ledgerOf();
    expect(performance.now() - startedAt).toBeLessThan(within(1500));
    expect(lines.join('')).toContain('push ledger: not available, pushes are refused');
    await expect(ledger.find(identity)).rejects.toMatchObject({ ...UNAVAILABLE, message: SAME_KEY });
    await expect(ledger.get('p')).rejects.toMatchObject(UNAVAILABLE);
    await redis.start();
    await eventually(() => lines.some((line) => line.includes('forgets every push')), 3000);
    expect(await ledger.reserve(identity, reservedPush('p', now))).toBeNull();
  });

  it('is never repeated in a log or an error: what it says may hold what we asked', async () => {
    const ledger = await ledgerOf();
    await redis.command('ACL', 'SETUSER', 'default', '-eval');
    const error = await ledger
      .reserve(identity, reservedPush('p-of-susan', now))
      .catch((why: unknown) => why);
    expect(JSON.stringify([error, String(error), lines])).not.toMatch(/p-of-susan|bank\.example|card-1/);
    expect(lines.join('')).toMatch(/"fault":"NOPERM"/);
  });
});

describe('garbage', () => {
  type Spoil = (row: string) => readonly (readonly string[])[];
  const anew =
    (...command: readonly string[]): Spoil =>
    (row) => [
      ['DEL', row],
      [command[0] ?? '', row, ...command.slice(1)],
    ];
  const kinds: readonly (readonly [string, Spoil])[] = [
    ['a text', anew('SET', 'garbage')],
    ['an empty text', anew('SET', '')],
    ['a list', anew('RPUSH', 'x')],
    ['a set', anew('SADD', 'x')],
    ['a stream', anew('XADD', '*', 'x', 'y')],
    ['a hash without our fields', anew('HSET', 'of', 'others')],
    ['a hash with empty fields', (row) => [['HSET', row, 'push', '', 'version', '', 'open', '']]],
    ['no version', (row) => [['HDEL', row, 'version', 'push']]],
    ['a version that is none', (row) => [['HSET', row, 'version', 'x', 'push', 'x']]],
    ['no push in it', (row) => [['HDEL', row, 'open', 'fingerprint']]],
    ['half a push', (row) => [['HSET', row, 'open', '{"id":"p","phase":{"kind":"RES', 'push', 'q']]],
    ['another form', (row) => [['HSET', row, 'open', '{"phase":{"kind":"RESERVED"}}', 'push', 'q']]],
  ];

  it.each(kinds)('of the kind “%s” in any row never frees the key of what was sent', async (_, spoil) => {
    const ledger = await ledgerOf();
    await ledger.reserve(identity, reservedPush('p', now));
    await ledger.change('p', answered(keys, now));
    for (const kind of ['key', 'push', 'sealed', 'owner']) {
      const row = await rowOf(kind);
      const dump = [['COPY', row, 'kept', 'REPLACE'], ...spoil(row)];
      await redis.commands(dump);
      now += 2 * UNDER_WAY_MS;
      for (const operation of [
        () => ledger.reserve(identity, reservedPush('second', now)),
        () => ledger.find(identity),
      ]) {
        const said = await operation().catch((error: unknown) => error);
        expect(said).not.toBeNull();
        if (said instanceof Error) expect(said).toMatchObject(UNAVAILABLE);
        else expect(said).toMatchObject({ push: { id: 'p', phase: { kind: 'ANSWERED' } } });
      }
      expect(await ledger.get('second')).toBeNull();
      for (const operation of [() => ledger.get('p'), () => ledger.list('owner-of-susan', 5, null)]) {
        const said = await operation().catch((error: unknown) => error);
        if (said instanceof Error) expect(said).toMatchObject(UNAVAILABLE);
      }
      await redis.commands([['COPY', 'kept', row, 'REPLACE']]);
    }
    expect(await ledger.find(identity)).toMatchObject({ push: { phase: { kind: 'ANSWERED' } } });
  });

  it('in place of a push marks nothing as sent', async () => {
    const ledger = await ledgerOf();
    await ledger.reserve(identity, reservedPush('p', now));
    await redis.command('HSET', await rowOf('push'), 'open', '{}');
    await expect(markSent(ledger, 'p')).rejects.toMatchObject(UNAVAILABLE);
    await redis.command('DEL', await rowOf('push'));
    expect(await markSent(ledger, 'p')).toBeNull();
  });

  it('among the pushes of an account holder hides none of the others', async () => {
    const ledger = await ledgerOf();
    for (const id of ['p1', 'p2', 'p3']) {
      await ledger.reserve(identityOf(id), reservedPush(id, now));
      now += 1;
    }
    await redis.command('HSET', (await rowOf('push')).replace(/p\d$/, 'p2'), 'open', 'garbage');
    const page = await ledger.list('owner-of-susan', 2, null);
    expect(page).toMatchObject({ pushes: [{ id: 'p3' }], hasNextPage: true });
    expect(await ledger.list('owner-of-susan', 2, 'p2')).toMatchObject({ pushes: [{ id: 'p1' }] });
  });
});

/** What it says once the connection is well again. */
async function eventuallyAnswers<T>(ask: () => Promise<T>): Promise<T> {
  let last: Promise<T> = ask();
  await eventually(
    () =>
      last.then(
        () => true,
        () => {
          last = ask();
          return false;
        },
      ),
    4000,
  );
  return last;
}
