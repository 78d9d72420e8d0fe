/** The push ledger, in memory and on Redis: one of many takes a key, nothing is forgotten, secrets have an end. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/domain/secret.js';
import { createLogger } from '../../src/observability/logger.js';
import { createLedger } from '../../src/push/ledger/create-ledger.js';
import type { PushLedger } from '../../src/push/ledger/ledger.js';
import { ledgerCaveats } from '../../src/push/ledger/ledger-check.js';
import { MemoryLedger } from '../../src/push/ledger/memory-ledger.js';
import { pushStatus } from '../../src/push/push-status.js';
import { UNDER_WAY_MS } from '../../src/resilience/time-limits.js';
import { within } from '../support/measurements.js';
import {
  answered,
  DATA,
  identityOf,
  MINUTE,
  makePushKeys,
  RECEIPT,
  reservedPush,
} from '../support/push/pushes.js';
import { RedisServer } from '../support/redis-server.js';
import { eventually, sleep } from '../support/shared-cache.js';

const DAY = 86_400_000;
const keys = makePushKeys();
const lines: string[] = [];
const log = createLogger('trace', { write: (line) => void lines.push(line) });
const ledgers: PushLedger[] = [];
let now: number;
const clock = { now: () => now };
let redis: RedisServer;

beforeAll(async () => {
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];
  redis = await RedisServer.start({ args: [...durable, '--rdbcompression', 'no'] });
});
beforeEach(async () => {
  now = Date.now();
  lines.length = 0;
  await redis.command('FLUSHALL');
});
afterEach(() => Promise.all(ledgers.splice(0).map((ledger) => ledger.close())));
afterAll(() => redis.stop());

async function onRedis(url = redis.url): Promise<PushLedger> {
  const ledger = await createLedger({ url: new Secret(url), namespace: 'ledger-test', keys, clock, log });
  ledgers.push(ledger);
  return ledger;
}

function inMemory(capacity?: number): PushLedger {
  const ledger = new MemoryLedger({ clock, ...(capacity !== undefined && { capacity }) });
  ledgers.push(ledger);
  return ledger;
}

describe.each([
  ['in memory', async () => inMemory()],
  ['on Redis', () => onRedis()],
])('the ledger %s', (_, make) => {
  it('lets one of many take a key, and gives the others what stands there', async () => {
    const ledger = await make();
    const entries = await Promise.all(
      Array.from({ length: 20 }, () => ledger.reserve(identityOf('k'), reservedPush(randomUUID(), now))),
    );
    expect(entries.filter((entry) => entry === null)).toHaveLength(1);
    const others = entries.flatMap((entry) => (entry?.kind === 'SAME_INPUT' ? [entry.push.id] : []));
    expect(others).toHaveLength(19);
    expect(new Set(others).size).toBe(1);
  });

  it('tells the same key with other input apart, and account holders', async () => {
    const ledger = await make();
    await ledger.reserve(identityOf('k'), reservedPush('p1', now));
    expect(await ledger.find(identityOf('k', 'other'))).toEqual({ kind: 'OTHER_INPUT' });
    expect(await ledger.reserve(identityOf('k', 'other'), reservedPush('p2', now))).toEqual({
      kind: 'OTHER_INPUT',
    });
    expect(await ledger.find(identityOf('k', 'f', 'owner-of-amir'))).toBeNull();
    expect(await ledger.get('p2')).toBeNull();
  });

  it('gives a push back as it was put in, with what was changed since', async () => {
    const ledger = await make();
    const push = reservedPush('p1', now);
    await ledger.reserve(identityOf('k'), push);
    expect(await ledger.get('p1')).toEqual(push);
    const changed = await ledger.change('p1', answered(keys, now));
    const read = await ledger.get('p1');
    expect(read).toEqual(changed);
    expect(read?.secrets?.accounts[0]?.receipt.reveal()).toBe(RECEIPT);
    expect(read?.secrets?.accounts[0]?.digitizationData?.reveal()).toBe(DATA);
    expect(read?.callbackUrl).toBe(push.callbackUrl);
    const handedOff = { platform: 'IOS', at: now } as const;
    await ledger.change('p1', (known) => ({ ...known, handedOff }));
    expect((await ledger.get('p1'))?.secrets?.handOffs).toHaveLength(1);
    expect(await ledger.change('p1', () => null)).toMatchObject({ handedOff });
    expect(await ledger.change('unknown', (known) => known)).toBeNull();
  });

  it('loses none of the changes that are made at once', async () => {
    const ledger = await make();
    await ledger.reserve(identityOf('k'), reservedPush('p1', now));
    await Promise.all(
      [1, 2, 3, 4].map(() =>
        ledger.change('p1', (known) => ({ ...known, phaseSince: known.phaseSince + 1 })),
      ),
    );
    expect((await ledger.get('p1'))?.phaseSince).toBe(now + 4);
  });

  it('forgets secrets when they expire, and keeps the rest', async () => {
    const ledger = await make();
    await ledger.reserve(identityOf('k'), reservedPush('p1', now));
    await ledger.change('p1', answered(keys, now));
    now += 15 * MINUTE;
    const entry = await ledger.find(identityOf('k'));
    if (entry?.kind !== 'SAME_INPUT') throw new Error('not found');
    expect(entry.push.secrets).toBeNull();
    expect(pushStatus(entry.push, now)).toBe('EXPIRED');
    expect((await ledger.get('p1'))?.phase.kind).toBe('ANSWERED');
  });

  it('frees the key of a push that was not carried out, and nobody else’s', async () => {
    const ledger = await make();
    const [first, second] = [reservedPush('p1', now), reservedPush('p2', now)];
    await ledger.reserve(identityOf('k'), first);
    await ledger.release(identityOf('k'), first);
    expect(await ledger.find(identityOf('k'))).toBeNull();
    expect(await ledger.get('p1')).toBeNull();
    expect(await ledger.reserve(identityOf('k'), second)).toBeNull();
    await ledger.release(identityOf('k'), first);
    expect(await ledger.find(identityOf('k'))).toMatchObject({ kind: 'SAME_INPUT', push: { id: 'p2' } });
  });

  it('takes over what was reserved by who died before sending, and never what was sent', async () => {
    const ledger = await make();
    await ledger.reserve(identityOf('k1'), reservedPush('p1', now));
    await ledger.reserve(identityOf('k2'), reservedPush('p2', now));
    await ledger.change('p2', (known) => ({ ...known, phase: { kind: 'SENT' } }));
    now += UNDER_WAY_MS - 1;
    expect(await ledger.reserve(identityOf('k1'), reservedPush('p3', now))).not.toBeNull();
    now += 1;
    expect(await ledger.find(identityOf('k1'))).toBeNull();
    expect(await ledger.reserve(identityOf('k1', 'other'), reservedPush('p4', now))).toBeNull();
    expect(await ledger.get('p1')).toBeNull();
    const sent = await ledger.reserve(identityOf('k2'), reservedPush('p5', now));
    expect(sent?.kind === 'SAME_INPUT' && pushStatus(sent.push, now)).toBe('UNKNOWN');
  });

  it('lists the pushes of one owner, newest first, page by page', async () => {
    const ledger = await make();
    for (let i = 0; i < 5; i++) {
      await ledger.reserve(identityOf(`k${i}`), reservedPush(`p${i}`, now));
      now += 1;
    }
    const foreign = reservedPush('foreign', now, { owner: 'owner-of-amir' });
    await ledger.reserve(identityOf('k', 'f', 'owner-of-amir'), foreign);
    const ids = async (first: number, after: string | null) => {
      const page = await ledger.list('owner-of-susan', first, after);
      return page && [page.pushes.map(({ id }) => id), page.hasNextPage];
    };
    expect(await ids(2, null)).toEqual([['p4', 'p3'], true]);
    expect(await ids(2, 'p3')).toEqual([['p2', 'p1'], true]);
    expect(await ids(2, 'p1')).toEqual([['p0'], false]);
    expect(await ids(5, null)).toEqual([['p4', 'p3', 'p2', 'p1', 'p0'], false]);
    expect(await ids(2, 'foreign')).toBeNull();
    expect(await ids(2, 'no-such')).toBeNull();
  });
});

describe('the ledger in memory', () => {
  it('fails closed when full of pushes that live, and makes room from those that ended', async () => {
    const ledger = inMemory(2);
    await ledger.reserve(identityOf('k1'), reservedPush('p1', now));
    await ledger.reserve(identityOf('k2'), reservedPush('p2', now));
    const third = () => ledger.reserve(identityOf('k3'), reservedPush('p3', now));
    await expect(third()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    await ledger.change('p1', answered(keys, now));
    await ledger.change('p2', (known) => ({ ...known, phase: { kind: 'SENT' } }));
    await expect(third()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    now += 15 * MINUTE;
    expect(await third()).toBeNull();
    expect(await ledger.find(identityOf('k1'))).toBeNull();
    expect(await ledger.find(identityOf('k2'))).not.toBeNull();
  });

  it('forgets a key after a day and the push after thirty', async () => {
    const ledger = inMemory(2);
    await ledger.reserve(identityOf('k1'), reservedPush('p1', now, { phase: { kind: 'SENT' } }));
    await ledger.reserve(identityOf('k2'), reservedPush('p2', now, { phase: { kind: 'SENT' } }));
    now += DAY;
    await ledger.reserve(identityOf('k3'), reservedPush('p3', now)).catch(() => undefined);
    expect(await ledger.find(identityOf('k1'))).toBeNull();
    expect(await ledger.get('p1')).not.toBeNull();
    now += 29 * DAY;
    expect(await ledger.reserve(identityOf('k3'), reservedPush('p3', now))).toBeNull();
    expect(await ledger.get('p1')).toBeNull();
  });
});

describe('the ledger on Redis', () => {
  it('gives each of 500 keys to exactly one of two processes', async () => {
    const both = [await onRedis(), await onRedis()];
    const takers = [...both, ...both];
    let answered = 0;
    for (let batch = 0; batch < 10; batch++) {
      await Promise.all(
        Array.from({ length: 50 }, async (_, i) => {
          const identity = identityOf(`k${batch}-${i}`);
          const entries = await Promise.allSettled(
            takers.map((ledger) => ledger.reserve(identity, reservedPush(randomUUID(), now))),
          );
          const given = entries.flatMap((entry) => (entry.status === 'fulfilled' ? [entry.value] : []));
          const winners = given.filter((entry) => entry === null).length;
          // On a busy machine an answer may come after its deadline: whoever it was meant for has not won then.
          if (given.length < takers.length) expect(winners).toBeLessThanOrEqual(1);
          else expect(winners).toBe(1);
          answered += given.length;
        }),
      );
    }
    expect(answered).toBeGreaterThan(0.95 * 500 * takers.length);
  });

  it('forgets nothing when Redis is killed and started again', async () => {
    const ledger = await onRedis();
    for (let i = 0; i < 20; i++) {
      await ledger.reserve(identityOf(`k${i}`), reservedPush(`p${i}`, now));
      await ledger.change(`p${i}`, answered(keys, now));
    }
    await redis.restart();
    const other = await onRedis();
    for (let i = 0; i < 20; i++) {
      const entry = await other.find(identityOf(`k${i}`));
      expect(entry?.kind === 'SAME_INPUT' && entry.push.secrets?.accounts[0]?.receipt.reveal()).toBe(RECEIPT);
    }
  });

  it('refuses at once when Redis is away or frozen, and is there again by itself', async () => {
    const ledger = await onRedis();
    const refusal = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 };
    redis.freeze();
    const startedAt = performance.now();
    await expect(ledger.find(identityOf('k'))).rejects.toMatchObject(refusal);
    expect(performance.now() - startedAt).toBeLessThan(within(200));
    redis.thaw();
    await redis.kill();
    await sleep(50);
    await expect(ledger.reserve(identityOf('k'), reservedPush('p', now))).rejects.toMatchObject(refusal);
    await redis.start();
    await eventually(async () => (await ledger.find(identityOf('k')).catch(() => 'away')) === null, 3000);
  });

  it('never takes garbage for a free key', async () => {
    const ledger = await onRedis();
    const rows = async (pattern: string) =>
      [...(await redis.command('KEYS', pattern)).matchAll(/\r\n\$\d+\r\n([^\r]+)/g)].map(
        ([, key = '']) => key,
      );
    for (const [index, spoil] of [
      (key: string) => [['SET', key, 'garbage']],
      (key: string) => [
        ['DEL', key],
        ['RPUSH', key, 'x'],
      ],
      (key: string) => [['HSET', key, 'open', '{"form":0}', 'push', 'no-such']],
      (key: string) => [['HSET', key, 'open', '{"form":1,"id":', 'version', 'x']],
      (key: string) => [['HSET', key, 'open', '[]', 'push', '']],
    ].entries()) {
      for (const which of ['key', 'push']) {
        await redis.command('FLUSHALL');
        const identity = identityOf(`k${index}`);
        await ledger.reserve(identity, reservedPush(`p${index}`, now));
        await ledger.change(`p${index}`, (known) => ({ ...known, phase: { kind: 'SENT' } }));
        for (const key of await rows(`*:${which}:*`)) await redis.commands(spoil(key));
        const taken = await ledger
          .reserve(identity, reservedPush('second', now))
          .catch((error: { code: string }) => error.code);
        expect(taken).not.toBeNull();
        expect(await ledger.get('second').catch(() => null)).toBeNull();
      }
    }
  });

  it('holds no secret in the open, and after their end not a byte of them anywhere', async () => {
    const ledger = await onRedis();
    const secrets = [RECEIPT, DATA, 'wallet.example', 'do-not-show', 'k-of-the-front-end', 'susan'];
    const forms = secrets.flatMap((text) => {
      const bytes = Buffer.from(text);
      return [text, bytes.toString('base64').replace(/=+$/, '').slice(1, -1), bytes.toString('hex')];
    });
    forms.splice(forms.indexOf('susan'), 3);
    const search = async () => {
      await redis.command('SAVE');
      const files = filesBelow(redis.folder).map((file) => readFileSync(file, 'latin1'));
      expect(files.length).toBeGreaterThan(1);
      return forms.filter((form) => files.some((file) => file.includes(form)));
    };
    const push = reservedPush('p1', now, { expiresAt: now + 400 });
    await ledger.reserve(identityOf('k-of-the-front-end'), push);
    await ledger.change('p1', answered(keys, now));
    expect(await redis.command('KEYS', '*:sealed:*')).toContain('sealed:p1');
    expect(await search()).toEqual([]);
    await eventually(async () => (await redis.command('KEYS', '*:sealed:*')) === '*0', 2000);
    await redis.command('BGREWRITEAOF');
    await sleep(500);
    expect(await search()).toEqual([]);
    await redis.command('SET', 'planted', `x${RECEIPT}`);
    expect(await search()).toContain(RECEIPT);
  });

  it('gives every row an end', async () => {
    const ledger = await onRedis();
    await ledger.reserve(identityOf('k'), reservedPush('p1', now));
    await ledger.change('p1', answered(keys, now));
    const life = async (pattern: string) => {
      const key = /\r\n\$\d+\r\n([^\r]+)/.exec(await redis.command('KEYS', pattern))?.[1] ?? '';
      return Number((await redis.command('PTTL', key)).slice(1));
    };
    for (const [pattern, longest] of [
      ['*:key:*', DAY],
      ['*:push:*', 30 * DAY],
      ['*:owner:*', 30 * DAY],
      ['*:sealed:*', 15 * MINUTE],
    ] as const) {
      const left = await life(pattern);
      expect(left).toBeGreaterThan(longest * 0.99 - 5000);
      expect(left).toBeLessThanOrEqual(longest);
    }
  });

  it('reads nothing that was sealed with other keys, and still knows the push', async () => {
    const ledger = await onRedis();
    await ledger.reserve(identityOf('k'), reservedPush('p1', now));
    await ledger.change('p1', answered(keys, now));
    const url = new Secret(redis.url);
    const other = await createLedger({ url, namespace: 'ledger-test', keys: makePushKeys(), clock, log });
    ledgers.push(other);
    expect(await other.get('p1')).toMatchObject({ id: 'p1', callbackUrl: null, secrets: null });
  });

  it('says once at start what Redis does not promise, each thing on a line of its own', async () => {
    await onRedis();
    await eventually(() => lines.some((line) => line.includes('writes down every push')), 2000);
    expect(lines.filter((line) => line.includes('ledger.caveat'))).toEqual([]);
    await redis.command('CONFIG', 'SET', 'appendfsync', 'everysec');
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await onRedis();
    const caveats = () => lines.filter((line) => line.includes('ledger.caveat'));
    await eventually(() => caveats().length === 2, 2000);
    expect(caveats()[0]).toContain('it is everysec');
    expect(caveats()[1]).toContain('maxmemory-policy is allkeys-lru');
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    await redis.command('CONFIG', 'SET', 'appendfsync', 'always');
  });

  it.each([
    ['CONFIG', ['-config'], /unless appendfsync is always/],
    ['CONFIG and INFO', ['-config', '-info'], /cannot be told/],
  ])('says what it can tell where %s is forbidden', async (_, rights, words) => {
    await redis.command('ACL', 'SETUSER', 'tenant', 'reset', 'on', '>pw', '~*', '+@all', ...rights);
    await onRedis(redis.url.replace('//', '//tenant:pw@'));
    await eventually(() => lines.some((line) => words.test(line)), 2000);
  });
});

describe('what is said of a Redis', () => {
  const noeviction = { 'maxmemory-policy': 'noeviction' };
  it.each([
    [{ appendonly: 'yes', appendfsync: 'always', ...noeviction }, []],
    [
      { appendonly: 'yes', appendfsync: 'everysec', ...noeviction },
      [/Redis or its machine.*last two seconds.*it is everysec/],
    ],
    [{ appendonly: 'yes', appendfsync: 'no', ...noeviction }, [/last half minute.*appendfsync is no/]],
    [{ appendonly: 'no', save: '', ...noeviction }, [/forgets every push.*appendonly is no\./]],
    [{ appendonly: 'no', save: '60 1', ...noeviction }, [/since its last snapshot/]],
    [{ appendonly: 'yes', appendfsync: 'always', 'maxmemory-policy': 'volatile-ttl' }, [/is volatile-ttl/]],
    [{}, [/cannot be told/, /maxmemory-policy is unknown/]],
  ])('%j', (settings: Parameters<typeof ledgerCaveats>[0], expected) => {
    const caveats = ledgerCaveats(settings);
    expect(caveats).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(caveats[index]).toMatch(pattern);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
