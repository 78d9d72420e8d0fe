/** Card numbers and other secrets, let loose on every way through the gateway, are found nowhere behind it. */
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { auditVerifyCommand } from '../../../src/audit-verify-command.js';
import { recordsIn } from '../../support/audit.js';
import { CanaryScanner, formsOf, withLuhnDigit } from '../../support/canary.js';
import { CANARIES, HOLDER, PAN_16, PAN_19 } from './canaries.js';
import { confusedFrontEnds } from './confused-front-ends.js';
import { pushesAmongLiars } from './liars.js';
import { pushesWithCanaries } from './pushes.js';
import { counted, scanner, scanPostgres, scanRedis, secrets } from './search.js';
import { AUDIT_KEYS, answers, codeOf, gateway, postgres, redis, send, slow, startWorld } from './world.js';

startWorld();

describe('the scanner', () => {
  it('finds a planted canary in each of its forms, and nothing where there is none', () => {
    for (const { name, value } of CANARIES) {
      for (const [form, text] of formsOf(value)) {
        const found = scanner.scan('here', `{"level":"info","msg":"before${text}after"}`);
        expect(found).toContainEqual({ canary: name, form, where: 'here' });
      }
      for (const before of ['', 'x', 'xy', 'xyz']) {
        const text = Buffer.from(`${before}${value}"}`).toString('base64');
        expect(scanner.scan('here', text).map(({ form }) => form)).toContainEqual(
          expect.stringMatching(/^base64/),
        );
      }
    }
    expect(scanner.scan('here', '{"accountRange":"5204740000000000000","lastFour":"7361"}')).toEqual([]);
  });

  it('finds one that was planted where it will look: a log, a Redis key, a Redis value and its dump, a row, an answer', async () => {
    await redis.command('SET', `planted:${PAN_16}`, 'x');
    await redis.command('SET', 'planted', Buffer.from(`{"number":"${PAN_19}"}`).toString('base64'));
    const found = await scanRedis(scanner);
    expect(new Set(found.map(({ canary }) => canary))).toEqual(
      new Set(['PAN of 16 digits', 'PAN of 19 digits']),
    );
    expect(new Set(found.map(({ where }) => where))).toEqual(
      new Set(['a Redis key', 'the value of planted', 'the dump of Redis']),
    );
    await postgres.query('create table planted (number text, sealed bytea)');
    const value = withLuhnDigit('530000557799331');
    await postgres.query('insert into planted values ($1, $2)', [value, Buffer.from(`x${value}`)]);
    // What was written once stays in the database's log: a canary of its own.
    const one = new CanaryScanner([{ name: 'planted', value }]);
    expect(new Set(scanPostgres(one).found.map(({ where }) => where.replace(/ \S{24}$/, '')))).toEqual(
      new Set(["the database's log", 'the rows of the ledger', 'its bytes']),
    );
    await postgres.query('drop table planted');
    await redis.command('FLUSHALL');
    expect(await scanRedis(scanner)).toEqual([]);
    await send('an answer with a canary', `/demo/token?sub=susan`);
    expect(scanner.scan('the log', `${gateway.output()}${PAN_16}`)).not.toEqual([]);
  });
});

pushesWithCanaries();
pushesAmongLiars();
confusedFrontEnds();

describe('after all of this', () => {
  it('the push that MDES never answered has ended, and nothing was a fault of ours', async () => {
    expect(codeOf(await slow.answer)).toBe('UNKNOWN');
    const ours = answers.filter(({ text }) => /^500|INTERNAL_SERVER_ERROR/.test(text));
    expect(ours.map(({ what }) => what)).toEqual([]);
  });

  it('a number is in no answer, neither body nor header', () => {
    const found = answers.flatMap(({ what, text }) => scanner.scan(what, text));
    console.info(
      `${answers.length} answers, ${answers.reduce((sum, { text }) => sum + text.length, 0)} bytes`,
    );
    expect(counted(found)).toEqual({});
  });

  it('a number or any other secret is in no Redis key or value', async () => {
    const found = await scanRedis(new CanaryScanner([...CANARIES, ...HOLDER, ...secrets()]));
    console.info(
      `${await redis.command('DBSIZE')} keys in Redis, ${secrets().length} secrets besides the numbers`,
    );
    expect(await redis.command('DBSIZE')).not.toBe(':0');
    expect(counted(found)).toEqual({});
  });

  it('a number or any other secret is in no row of the ledger, nor in what its database has ever written', () => {
    const { found, rows } = scanPostgres(new CanaryScanner([...CANARIES, ...HOLDER, ...secrets()]));
    console.info(`${rows} rows in the ledger`);
    expect(rows).toBeGreaterThan(20);
    expect(counted(found)).toEqual({});
  });

  it('a number or any other secret is in no line of stdout or stderr, up to the last', async () => {
    gateway.child.kill('SIGTERM');
    expect([await gateway.ended(), gateway.stderr()]).toEqual([0, '']);
    const lines = gateway.output().trim().split('\n');
    const parsed = gateway
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { level: string });
    const levels = new Map<string, number>();
    for (const { level } of parsed) levels.set(level, (levels.get(level) ?? 0) + 1);
    console.info(`${lines.length} lines`, Object.fromEntries(levels));
    expect(levels.get('debug')).toBeGreaterThan(500);
    const wide = new CanaryScanner([...CANARIES, ...HOLDER, ...secrets()]);
    const found = lines.flatMap((line) => wide.scan(line.slice(0, 300), line));
    expect(counted(found)).toEqual({});
    // The audit trail is among them, and whole.
    const trail = recordsIn(gateway.stdout());
    expect(trail.length).toBeGreaterThan(100);
    expect(await auditVerifyCommand([], Readable.from([gateway.stdout()]), { AUDIT_KEYS })).toMatchObject({
      code: 0,
    });
    console.info(`${trail.length} audit lines`);
    // Nor was the log's last net ever needed.
    expect(lines.filter((line) => line.includes('[PAN]'))).toEqual([]);
  });
});
