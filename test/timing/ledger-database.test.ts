/** The ledger in PostgreSQL when something is wrong: keys replaced, rows garbled or swapped, the database gone, frozen or gone back. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/domain/secret.js';
import type { PushLedger } from '../../src/push/ledger/ledger.js';
import { acceptRestore, migrateLedger } from '../../src/push/ledger/postgres/operate.js';
import { type PostgresEngine, postgresEngine } from '../support/ledger/ledger-engines.js';
import {
  answered,
  attemptOf,
  DATA,
  ended,
  makeLedgerKeys,
  newLedgerKey,
  newPush,
  RECEIPT,
  sent,
} from '../support/ledger/ledgers.js';
import { within } from '../support/measurements.js';
import { eventually } from '../support/shared-cache.js';

const SUSAN = { accountHolder: 'susan' };
const UNAVAILABLE = { code: 'LEDGER_UNAVAILABLE', retryAfterSeconds: 5 };

let engine: PostgresEngine;
let ledger: PushLedger;
beforeAll(async () => {
  engine = await postgresEngine();
  await engine.open();
});
beforeEach(async () => {
  await engine.empty();
  engine.lines.length = 0;
  ledger = await engine.open();
});
afterEach(() => engine.closeLedgers());
afterAll(() => engine.stop());

const said = (pattern: RegExp) => eventually(() => engine.lines.some((line) => pattern.test(line)), 4000);

describe('ledger keys that are replaced', () => {
  const [a, b] = [newLedgerKey(), newLedgerKey()];
  /** Without the writer of the other tests, whose key these processes lack. */
  const anew = async () => {
    await engine.closeLedgers();
    await engine.empty();
  };
  const STEPS = [
    ['the old one alone and the new one behind it', makeLedgerKeys(a), makeLedgerKeys(a, b)],
    ['the new one behind and in front', makeLedgerKeys(a, b), makeLedgerKeys(b, a)],
    ['the new one in front and alone', makeLedgerKeys(b, a), makeLedgerKeys(b)],
  ] as const;

  it.each(STEPS)('meet in one row: %s', async (_, left, right) => {
    await anew();
    const processes = [await engine.open(left), await engine.open(right)] as const;
    for (const [one, other] of [processes, [processes[1], processes[0]] as const]) {
      const key = attemptOf('k').id;
      const found = await Promise.all([one.reserve(attemptOf(key)), other.reserve(attemptOf(key))]);
      expect(found.filter(({ kind }) => kind === 'OURS')).toHaveLength(1);
      const push = await ended(one, attemptOf(`${key}-ended`));
      expect(await other.reserve(attemptOf(`${key}-ended`))).toMatchObject({
        kind: 'SAME_INPUT',
        push: { id: push.id },
      });
      expect(await other.reserve(attemptOf(`${key}-ended`, { input: 'other' }))).toEqual({
        kind: 'OTHER_INPUT',
      });
      expect(await other.find(push.id, SUSAN)).toMatchObject({ phase: { kind: 'ANSWERED' } });
      expect((await other.history('susan', 50, null)).entries.map(({ kind }) => kind)).not.toContain(
        'UNREADABLE',
      );
    }
  });

  it('that were dropped too early are missed: pushes are refused, with what to do', async () => {
    await anew();
    const early = await engine.open(makeLedgerKeys(a));
    await sent(early, attemptOf('k'));
    const without = await engine.open(makeLedgerKeys(b));
    await expect(without.reserve(attemptOf('k'))).rejects.toMatchObject(UNAVAILABLE);
    expect(without.state()).toBe('unavailable');
    await said(/"event":"ledger.unfit".*a key that LEDGER_KEYS lacks: add that key again/);
    expect(await early.reserve(attemptOf('other'))).toEqual({ kind: 'OURS' });
  });
});

describe('rows that are not as they were written', () => {
  const SPOILT: readonly (readonly [string, string])[] = [
    ['garbled', "content = '\\x00'"],
    ['of a newer format', 'format = 99'],
    ['of an unknown key', "key_id = 'unknown'"],
    ['in another phase', "phase = 'SENT'"],
    ['with the owner swapped', "owner = (select owner from ledger_push where id = '$other')"],
    ['with the content of another', "content = (select content from ledger_push where id = '$other')"],
  ];
  it.each(SPOILT)('because they are %s free no key, and are read by nobody', async (_, change) => {
    const push = await ended(ledger, attemptOf('k'));
    const other = await ended(ledger, attemptOf('k', { accountHolder: 'amir' }));
    await engine.server.query(
      `update ledger_push set ${change.replace('$other', other.id)} where id = '${push.id}'`,
    );
    await expect(ledger.reserve(attemptOf('k'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    for (const accountHolder of ['susan', 'amir']) {
      const found = await ledger.find(push.id, { accountHolder }).catch((error: unknown) => error);
      if (found !== null) expect(found).toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
      const { entries } = await ledger.history(accountHolder, 10, null);
      const entry = entries.find((one) => (one.kind === 'PUSH' ? one.push.id : one.id) === push.id);
      if (entry !== undefined) expect(entry).toMatchObject({ kind: 'UNREADABLE', id: push.id });
    }
  });

  it('are entries of the history, which goes on behind them', async () => {
    for (let i = 0; i < 5; i++) {
      await ended(ledger, attemptOf(`k${i}`));
      await engine.age(1000);
    }
    await engine.server.query("update ledger_push set content = '\\x00'");
    const first = await ledger.history('susan', 3, null);
    expect(first.entries.map(({ kind }) => kind)).toEqual(['UNREADABLE', 'UNREADABLE', 'UNREADABLE']);
    const rest = await ledger.history('susan', 3, first.entries.at(-1)?.cursor ?? null);
    expect(rest).toMatchObject({ hasNextPage: false });
    expect(rest.entries).toHaveLength(2);
  });

  it('hide no push whose key has lost it: the key is not free', async () => {
    await ended(ledger, attemptOf('k'));
    await engine.server.query('delete from ledger_push');
    await engine.age(2000);
    await expect(ledger.reserve(attemptOf('k'))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
  });
});

it('holds no secret and no name in the open, in no file of the database', async () => {
  const returnUrl = 'https://bank.example/back?session=do-not-show';
  const accountHolder = 'sub-of-susan-4711';
  for (let i = 0; i < 100; i++) {
    const attempt = attemptOf(`key-of-the-front-end-${i}`, {
      accountHolder,
      input: 'all-that-was-asked-for',
    });
    const [account] = newPush(attempt).accounts;
    const accounts = account === undefined ? [] : [{ ...account, fundingAccountId: 'card-of-susan-0815' }];
    await ended(ledger, attempt, { returnUrl, accounts });
  }
  await engine.server.query('checkpoint');
  const planted = [
    RECEIPT,
    DATA,
    'wallet.example',
    'do-not-show',
    'key-of-the-front-end',
    'all-that-was-asked-for',
    '5204740000',
    'card-of-susan-0815',
    accountHolder,
  ];
  const forms = planted.flatMap((text) => [text, Buffer.from(text).toString('hex'), ...base64Forms(text)]);
  const search = () => {
    const files = readdirSync(engine.server.data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    return forms.filter((form) => files.some((file) => file.includes(form)));
  };
  expect(search()).toEqual([]);
  const [plain = '', ...others] = forms.slice(-5);
  const text = `${plain} ${others.slice(0, 1).join()} ${Buffer.from(`..${plain}..`).toString('base64')}`;
  await engine.server.query('create table planted as select $1::text as found', [text]);
  await engine.server.query('checkpoint');
  expect(search()).toEqual([plain, others[0], base64Forms(plain)[2]]);
  await engine.server.query('drop table planted');
}, 60_000);

/** However it lies among other bytes: without the characters that its neighbours change. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${text}`)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(before === 0 ? 0 : before + 1, -1);
  });
}

describe('a database that cannot be used', () => {
  it('because it is frozen costs a push a moment, later ones nothing, and is in use again by itself', async () => {
    engine.server.freeze();
    const startedAt = performance.now();
    await expect(ledger.reserve(attemptOf('k'))).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - startedAt).toBeLessThan(within(400));
    await eventually(() => ledger.state() === 'unavailable', 5000);
    const laterAt = performance.now();
    await expect(ledger.reserve(attemptOf('k'))).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - laterAt).toBeLessThan(within(20));
    engine.server.thaw();
    await eventually(() => ledger.state() === 'ready', 5000);
  });

  it('because it was killed refuses at once, and is in use again by itself', async () => {
    await engine.server.kill();
    await eventually(() => ledger.state() === 'unavailable', 5000);
    await expect(ledger.reserve(attemptOf('k'))).rejects.toMatchObject(UNAVAILABLE);
    await said(/nothing listens at host and port of LEDGER_URL/);
    await engine.server.start();
    await eventually(() => ledger.state() === 'ready', 5000);
    await sent(ledger, attemptOf('k'));
  });

  it('because it is read-only refuses, and says so', async () => {
    await engine.server.query('alter system set default_transaction_read_only to on');
    await engine.server.query('select pg_reload_conf()');
    await eventually(() => ledger.state() === 'unavailable', 5000);
    await said(/the database is read-only|push ledger: not available/);
    await expect(ledger.reserve(attemptOf('k'))).rejects.toMatchObject(UNAVAILABLE);
    await engine.server.query('alter system reset default_transaction_read_only');
    await engine.server.query('select pg_reload_conf()');
    await eventually(() => ledger.state() === 'ready', 5000);
  });

  it('because it went back in time refuses, until somebody accepts that', async () => {
    await sent(ledger, attemptOf('k'));
    await sleep(1200);
    await engine.server.query('update ledger_progress set counter = 1');
    await eventually(() => ledger.state() === 'unavailable', 5000);
    await said(/gone back in time/);
    await expect(ledger.reserve(attemptOf('k2'))).rejects.toMatchObject(UNAVAILABLE);
    await acceptRestore(new Secret(engine.server.url), 'moon-bank');
    await eventually(() => ledger.state() === 'ready', 5000);
  });

  it('puts back what a process knows after all rows have gone, and notices by the next number', async () => {
    const attempt = attemptOf('k');
    const push = await sent(ledger, attempt);
    await engine.server.query('truncate ledger_key, ledger_push restart identity');
    await ledger.conclude(attempt, push, answered(push));
    expect(await ledger.reserve(attemptOf('k'))).toMatchObject({ kind: 'SAME_INPUT', push: { id: push.id } });
    await expect(ledger.reserve(attemptOf('k2'))).rejects.toMatchObject(UNAVAILABLE);
    await eventually(() => ledger.state() === 'unavailable', 5000);
    await acceptRestore(new Secret(engine.server.url), 'moon-bank');
    await eventually(() => ledger.state() === 'ready', 5000);
  });

  it('because its tables are of a newer release refuses, and names both', async () => {
    await engine.server.query('insert into ledger_migration (number, needs) values (900, 900)');
    const other = await engine.open();
    expect(other.state()).toBe('unavailable');
    await said(/tables are of a newer release \(migration 900, this one knows 3\)/);
    await engine.server.query('delete from ledger_migration where number = 900');
    await eventually(() => other.state() === 'ready', 5000);
  });

  it('because its user may not make the tables says who may', async () => {
    await engine.server.query('create role poor login');
    await engine.server.query('create database poor');
    const url = engine.server.url.replace(/\/\/postgres@(.*)\/postgres$/, '//poor@$1/poor');
    await expect(migrateLedger(new Secret(url))).rejects.toThrow(/lacks rights/);
    expect(await migrateLedger(new Secret(engine.server.url))).toMatch(/up to date/);
  });
});
