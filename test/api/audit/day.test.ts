/** The audit trail of a day tells what happened, and whatever is done to it is found. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDIT_ACTIONS } from '../../../src/audit/trail.js';
import { auditVerifyCommand } from '../../../src/audit-verify-command.js';
import { TIDAL } from '../../support/requestors.js';
import { type Day, liveADay, ROUNDS } from './day.js';

/** These happen to operators' commands, to tokens that may too little, or where there is no room. */
const NOT_OF_A_DAY = ['lines.lost', 'access.refused', 'pushes.stopped', 'pushes.resumed', 'restore.accepted'];

const secret = randomBytes(32).toString('base64');
const folder = mkdtempSync(join(tmpdir(), 'audit-day-'));
const path = join(folder, 'audit.log');
let day: Day;
beforeAll(async () => {
  day = await liveADay(path, secret);
});
afterAll(() => rmSync(folder, { recursive: true }));

const of = (action: string) => day.records.filter((record) => record.action === action);
const verify = (lines: string, args: readonly string[] = []) =>
  auditVerifyCommand(args, Readable.from([lines]), { AUDIT_KEYS: secret });

describe('the audit trail of a day', () => {
  it('tells everything that docs/operating.md lists, in one chain from start to end', () => {
    expect(day.records.length).toBeGreaterThan(300);
    expect(new Set(day.records.map(({ action }) => action))).toEqual(
      new Set(AUDIT_ACTIONS.filter((action) => !NOT_OF_A_DAY.includes(action))),
    );
    expect(day.records.map(({ seq }) => seq)).toEqual(day.records.map((_, index) => index));
    expect(day.records[0]).toMatchObject({ action: 'process.started', program: 'gateway', pid: process.pid });
    expect(day.records[1]).toMatchObject({ settings: expect.arrayContaining(['AUDIT_KEYS', 'AUDIT_LOG']) });
    expect(day.records.at(-1)?.action).toBe('process.stopped');
  });

  it('has one line for each sign-in that was refused, with its reason and where it came from', () => {
    const refused = of('sign-in.refused').map(({ reason, address }) => `${reason} ${address}`);
    expect(refused).toEqual(
      Array.from({ length: ROUNDS }, (_, round) => [
        `MALFORMED_TOKEN 198.51.100.${round}`,
        'NO_TOKEN 198.51.100.200',
      ]).flat(),
    );
  });

  it('has one line for each request that read personal data, of whatever kinds, and none for a picker', () => {
    const kinds = of('data.read').map((record) => String(record['kinds']));
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect(count('funding-accounts,eligibility')).toBe(2 * ROUNDS);
    expect(count('pushes')).toBe(2 * ROUNDS);
    expect(count('funding-accounts,holder-data')).toBe(ROUNDS);
    expect(count('push')).toBe(4);
    expect(kinds).toHaveLength(5 * ROUNDS + 4);
    expect(new Set(of('data.read').map(({ holder }) => holder)).size).toBe(2);
    expect(of('data.read').at(-1)).toMatchObject({ result: 'OK', pushIds: [day.pushId] });
  });

  it('follows a push from its being asked for to its outcome, by its id and its trace', () => {
    const [asked, ended] = day.records.filter(({ traceId }) => traceId === day.traceId);
    expect(asked).toMatchObject({
      action: 'push.asked',
      tokenRequestorId: TIDAL,
      address: expect.stringMatching(/^192\.0\.2\./),
    });
    expect(ended).toMatchObject({
      action: 'push.ended',
      result: 'READY',
      source: 'MDES',
      pushId: day.pushId,
    });
    expect(ended?.['holder']).toBe(asked?.['holder']);
    expect(ended?.['accounts']).toEqual([expect.stringMatching(/^[\w-]{22}$/)]);
    const later = day.records.filter(({ pushId }) => pushId === day.pushId).map(({ action }) => action);
    expect(later).toEqual(['push.ended', 'push.handed-off', 'push.outcome']);
  });

  it('tells every end and refusal of pushes, and who has said what became of them', () => {
    const results = (action: string) => of(action).map(({ result }) => result);
    expect(results('push.ended').filter((result) => result === 'UNKNOWN')).toHaveLength(1);
    expect(new Set(results('push.refused'))).toEqual(
      new Set(['TOKEN_REQUESTOR_NOT_FOUND', 'FUNDING_ACCOUNT_NOT_FOUND', 'RATE_LIMITED']),
    );
    expect(of('push.asked')).toHaveLength(of('push.ended').length + of('push.refused').length);
    expect(of('push.outcome')).toMatchObject([
      { source: 'APP', result: 'COMPLETED', outcomes: ['APPROVED (REPORTED)'] },
      { source: 'CALLBACK', result: 'DECLINED', pushId: day.backId, address: '203.0.113.9' },
    ]);
  });

  it('tells of limits: of a flood of requests once, of pushes each time', () => {
    const hits = of('limit.hit').map(({ what, limit, address }) => [what, limit, address].join(' '));
    expect(hits.filter((hit) => hit === 'requests address 203.0.113.66')).toHaveLength(1);
    expect(hits.filter((hit) => hit.startsWith('pushes')).length).toBe(
      of('push.refused').filter(({ result }) => result === 'RATE_LIMITED').length,
    );
  });

  it('holds no name, no account, no receipt, no number and no token', () => {
    expect(day.secrets.length).toBeGreaterThan(4);
    // Without what is long and random: it holds any four letters some day.
    const said = JSON.stringify(
      day.records.map(({ traceId, mac, prev, ...more }) => [typeof traceId, typeof mac, typeof prev, more]),
    );
    for (const secretText of [...day.secrets, 'susan', 'amir', 'card-1', 'someone-elses', 'state=']) {
      expect(said).not.toContain(secretText);
    }
    expect(said).not.toMatch(/[0-9]{13}/);
  });
});

describe('npm run audit:verify', () => {
  it('finds the day whole, also as a command and among the lines of the log', async () => {
    const { code, said } = await verify(day.text);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/^Whole: \d+ audit line\(s\), 1 chain\(s\)\.\n {2}chain/),
    ]);
    const among = join(folder, 'stdout.log');
    writeFileSync(
      among,
      day.text
        .split('\n')
        .flatMap((line) => [day.log[0] ?? '', line])
        .join('\n'),
    );
    expect(await asCommand([path])).toEqual({ code: 0, said: `${said}\n` });
    expect(await asCommand([among])).toEqual({ code: 0, said: `${said}\n` });
  });

  it.each<[string, (lines: string[]) => string[], RegExp]>([
    [
      'changed',
      (lines) => lines.with(99, lines[99]?.replace('OK', 'NO').replace('REFUSED', 'GRANTED') ?? ''),
      /^ {2}line 100: changed/m,
    ],
    ['removed', (lines) => lines.toSpliced(99, 1), /^ {2}line 100: 1 line\(s\) before it are missing/m],
    [
      'swapped',
      (lines) => lines.with(99, lines[100] ?? '').with(100, lines[99] ?? ''),
      /^ {2}line 100: swapped: what belongs before it stands at line 101/m,
    ],
    ['put in twice', (lines) => lines.toSpliced(99, 0, lines[50] ?? ''), /^ {2}line 100: a copy of a line/m],
    ['torn', (lines) => lines.with(99, lines[99]?.slice(0, 80) ?? ''), /^ {2}line 100: changed or cut off/m],
    [
      'cut off behind it',
      (lines) => lines.slice(0, 100),
      /^ {2}line 100: the last line of chain .* has no end/m,
    ],
    [
      'joined with the next',
      (lines) => lines.with(99, `${lines[99]}${lines[100]}`).toSpliced(100, 1),
      /^ {2}line 100: changed/m,
    ],
  ])('names the line that was %s, alone', async (_, tamper, where) => {
    const { code, said } = await verify(tamper(day.text.trimEnd().split('\n')).join('\n'));
    expect(code).toBe(1);
    expect(said.split('\n')[1]).toMatch(where);
  });

  it('takes a part of it where it is told that it is one', async () => {
    const lines = day.text.split('\n');
    const part = lines.slice(20, 200).join('\n');
    expect((await verify(part, ['--part'])).code).toBe(0);
    expect((await verify(part)).code).toBe(1);
  });

  it('says what stands for an account holder, so that her lines can be found', async () => {
    const { said } = await verify('', ['--name', 'susan']);
    const [, holder = ''] = /"holder":"([\w-]+)"/.exec(said) ?? [];
    const [, account = ''] = /"([\w-]{22})"$/.exec((await verify('', ['--name', 'card-1'])).said) ?? [];
    expect(of('push.outcome')[0]).toMatchObject({ holder, accounts: [account] });
  });

  it('explains what it cannot do', async () => {
    const noKey = await auditVerifyCommand([], Readable.from([day.text]), {});
    expect(noKey).toEqual({ code: 78, said: expect.stringMatching(/^AUDIT_KEYS is missing/) });
    expect(await verify('', ['--nonsense'])).toMatchObject({ code: 64 });
    expect(await verify('', [join(folder, 'nowhere')])).toEqual({
      code: 66,
      said: 'A file cannot be read (ENOENT).',
    });
    expect(await verify('{"level":"info"}')).toEqual({ code: 1, said: 'No audit line was found.' });
  });
});

function asCommand(args: readonly string[]): Promise<{ code: number; said: string }> {
  const command = fileURLToPath(new URL('../../../bin/token-connect-gateway.mjs', import.meta.url));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [command, 'audit-verify', ...args],
      { env: { AUDIT_KEYS: secret } },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });
}
