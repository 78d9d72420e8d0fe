/** `npm run hold`: pushes stop for every process with its next reservation, and go on when the hold is lifted. */

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { auditVerifyCommand } from '../../src/audit-verify-command.js';
import { type CommandEnd, holdCommand } from '../../src/hold-command.js';
import type { PushLedger } from '../../src/push/ledger/ledger.js';
import { LedgerKeys } from '../../src/push/ledger/ledger-keys.js';
import { recordsIn } from '../support/audit.js';
import { type PostgresEngine, postgresEngine } from '../support/ledger/ledger-engines.js';
import { attemptOf, ended, newLedgerKey } from '../support/ledger/ledgers.js';

const COMMAND = fileURLToPath(new URL('../../bin/token-connect-gateway.mjs', import.meta.url));
const OLD = newLedgerKey();
const NEW = newLedgerKey();
const REQUESTOR = '50123456789';
let engine: PostgresEngine;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  engine = await postgresEngine();
  settings = {
    LEDGER_URL: engine.server.url,
    ISSUER_ID: 'moon-bank',
    LEDGER_KEYS: OLD.reveal().toString('base64'),
  };
});
afterEach(async () => {
  await engine.closeLedgers();
  await engine.server.query('delete from ledger_hold');
  await engine.empty();
});
afterAll(() => engine.stop());

/** The command, without a process of its own. */
function hold(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = settings,
): Promise<CommandEnd> {
  return holdCommand(words, environment);
}

/** The command, as an operator runs it. */
function holdAsProcess(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = settings,
): Promise<CommandEnd> {
  const { PATH = '' } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [COMMAND, 'hold', ...words],
      { env: { PATH, ...environment } },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        resolve({ code, said: `${stdout}${stderr}`.trim() });
      },
    );
  });
}

function open(...secrets: readonly (typeof OLD)[]): Promise<PushLedger> {
  return engine.open(new LedgerKeys(secrets.length === 0 ? [OLD] : secrets));
}

/** What a push of that holder to that requestor comes to. */
async function reserved(
  ledger: PushLedger,
  { accountHolder = 'susan', tokenRequestorId = REQUESTOR } = {},
): Promise<string> {
  return (await ledger.reserve(attemptOf(randomUUID(), { accountHolder, tokenRequestorId }))).kind;
}

describe('a hold', () => {
  it('of an account holder stops hers at every process, until it is lifted', async () => {
    const ledgers = [await open(), await open()];
    const kinds = () => Promise.all(ledgers.map((ledger) => reserved(ledger)));
    expect(await kinds()).toEqual(['OURS', 'OURS']);
    expect(await holdAsProcess(['account-holder', 'susan', '--note', 'case 4711'])).toEqual({
      code: 0,
      said: expect.stringContaining('Stopped: pushes of account-holder susan.'),
    });
    expect(await kinds()).toEqual(['STOPPED', 'STOPPED']);
    for (const ledger of ledgers) expect(await reserved(ledger, { accountHolder: 'amir' })).toBe('OURS');
    expect((await hold(['list'])).said).toMatch(/^\d{4}-\d\d-\d\dT\S+ {2}account-holder susan {2}case 4711$/);
    expect((await holdAsProcess(['lift', 'account-holder', 'susan'])).said).toBe(
      'Lifted: pushes of account-holder susan. Nothing else is stopped.',
    );
    expect(await kinds()).toEqual(['OURS', 'OURS']);
    expect((await hold(['list'])).said).toBe('Nothing is stopped.');
  });

  it('of a token requestor, or of all, stops those and no others', async () => {
    const ledger = await open();
    await hold(['token-requestor', REQUESTOR]);
    expect(await reserved(ledger)).toBe('STOPPED');
    expect(await reserved(ledger, { tokenRequestorId: '50123456780' })).toBe('OURS');
    await hold(['all']);
    expect(await reserved(ledger, { accountHolder: 'amir', tokenRequestorId: '50123456780' })).toBe(
      'STOPPED',
    );
    expect((await hold(['lift', 'all'])).said).toContain('1 other hold(s) stand');
    expect(await reserved(ledger)).toBe('STOPPED');
    expect((await hold(['lift', 'all'])).said).toContain('Was not stopped');
  });

  it('takes no key, and leaves what is settled as it is', async () => {
    const ledger = await open();
    const settled = attemptOf('settled');
    await ended(ledger, settled);
    await hold(['all']);
    const waiting = attemptOf('waiting');
    expect(await ledger.reserve(waiting)).toEqual({ kind: 'STOPPED' });
    expect(await ledger.reserve(attemptOf('settled'))).toMatchObject({ push: { id: settled.id } });
    await hold(['lift', 'all']);
    expect(await ledger.reserve(attemptOf('waiting', { input: 'other' }))).toEqual({ kind: 'OURS' });
  });

  it('is listed on a line of its own that is no audit line, whatever stands in its note', async () => {
    const note = 'a\n{"audit":1,"chain":"x"}\r\u2028\u001b[2Jb';
    await hold(['all', '--note', note]);
    const { said } = await hold(['list']);
    await hold(['lift', 'all']);
    expect(said).toMatch(/^\S+ {2}all {2}a \{'audit':1,'chain':'x'\} \[2Jb$/);
  });

  it('stands in the audit trail with who has set it, in a chain of its own', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'audit-holds-')), 'audit.log');
    const audited = { ...settings, AUDIT_LOG: `file:${path}` };
    await hold(['account-holder', 'susan', '--note', 'case 4711'], audited);
    await hold(['list'], audited);
    await hold(['lift', 'account-holder', 'susan'], audited);
    await hold(['token-requestor', REQUESTOR], { ...audited, LEDGER_URL: 'postgres://127.0.0.1:1/none' });
    const text = readFileSync(path, 'utf8');
    const records = recordsIn(text);
    const told = records.map(({ action, result, of }) => [action, result, of].filter(Boolean).join(' '));
    const chain = (event: string) => ['process.started', 'configuration.read', event, 'process.stopped'];
    expect(told).toEqual([
      ...chain('pushes.stopped DONE account-holder'),
      ...chain('pushes.resumed DONE account-holder'),
      ...chain('pushes.stopped FAILED token-requestor'),
    ]);
    expect(records[0]).toMatchObject({ program: 'hold', user: expect.any(String) });
    expect(records[2]?.['holder']).toBe(records[6]?.['holder']);
    expect(records[10]).toMatchObject({ tokenRequestorId: REQUESTOR });
    expect(text).not.toMatch(/susan|4711/);
    expect(await auditVerifyCommand([path], process.stdin, settings)).toMatchObject({ code: 0 });
    const nowhere = await hold(['all'], { ...settings, AUDIT_LOG: 'file:/nowhere/audit.log' });
    expect(nowhere).toEqual({ code: 78, said: expect.stringMatching(/^AUDIT_LOG names a file that cannot/) });
    expect((await hold(['list'])).said).toBe('Nothing is stopped.');
  });

  it('of another issuer stops nothing here', async () => {
    const ledger = await open();
    await hold(['all'], { ...settings, ISSUER_ID: 'sun-bank' });
    expect(await reserved(ledger)).toBe('OURS');
  });

  it('outlives the replacement of the ledger key that it was set with', async () => {
    await hold(['account-holder', 'susan']);
    const both = await open(NEW, OLD);
    expect(await reserved(both)).toBe('STOPPED');
    expect(await reserved(both, { accountHolder: 'amir' })).toBe('OURS');
    await engine.empty();
    // Whose it is cannot be told without that key.
    const lacking = await open(NEW);
    expect(await reserved(lacking, { accountHolder: 'amir' })).toBe('STOPPED');
    const keys = (...list: readonly (typeof OLD)[]) => ({
      ...settings,
      LEDGER_KEYS: list.map((key) => key.reveal().toString('base64')).join(','),
    });
    expect((await hold(['list'], keys(NEW))).said).toContain('ALL pushes are stopped');
    // Set anew, it has the new key.
    await hold(['account-holder', 'susan'], keys(NEW, OLD));
    expect(await reserved(lacking, { accountHolder: 'amir' })).toBe('OURS');
    expect(await reserved(lacking)).toBe('STOPPED');
  });

  it('keeps the account holder’s name out of the table', async () => {
    await hold(['account-holder', 'susan']);
    const dump = await engine.server.query('select row_to_json(h)::text as line from ledger_hold h');
    expect(JSON.stringify(dump)).not.toContain('susan');
    expect(JSON.stringify(dump)).toContain('account-holder ');
  });

  it.each([
    ['nothing', []],
    ['nobody', ['account-holder']],
    ['no such kind', ['card', 'x']],
    ['no token requestor', ['token-requestor', 'lark']],
    ['a lift of nothing', ['lift']],
    ['an option that there is not', ['all', '--force']],
    ['more than one', ['account-holder', 'susan', 'amir']],
  ])('is explained to who names %s', async (_name, words) => {
    expect(await hold(words)).toEqual({ code: 64, said: expect.stringMatching(/^Usage: npm run hold/) });
  });

  it('needs a database, and says so', async () => {
    expect(await holdAsProcess(['all'], {})).toEqual({
      code: 78,
      said: expect.stringContaining('LEDGER_URL names no database'),
    });
    expect(await hold(['all'], { ...settings, LEDGER_URL: 'postgres://127.0.0.1:1/none' })).toMatchObject({
      code: 69,
    });
  });
});
