/** What `npm run audit:verify` says, and the exit code by which a job tells how it went. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from '@jest/globals';
import { AuditKey } from '../../../src/audit/audit-key.js';
import { auditVerifyCommand } from '../../../src/audit-verify-command.js';
import { Secret } from '../../../src/domain/secret.js';
import { MemorySink, trailInto } from '../../support/audit.js';

const BYTES = Buffer.alloc(32, 5);
const AUDIT_KEYS = BYTES.toString('base64');
const OTHER = Buffer.alloc(32, 6);
const folder = mkdtempSync(join(tmpdir(), 'audit-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function chainOf(events: number, sink = new MemorySink()): Promise<string[]> {
  const { trail } = trailInto(sink, new AuditKey(new Secret(BYTES)));
  for (let n = 0; n < events; n++) trail.record({ action: 'data.read', details: { n } });
  await trail.close();
  return sink.lines;
}

const verify = (lines: readonly string[], args: readonly string[] = [], keys = AUDIT_KEYS) =>
  auditVerifyCommand(args, Readable.from([lines.join('\n')]), { AUDIT_KEYS: keys });

describe('npm run audit:verify', () => {
  it('calls whole what is, and says what it has seen', async () => {
    const lines = await chainOf(3);
    expect(await verify(lines)).toEqual({
      code: 0,
      said: expect.stringMatching(
        /^Whole: 4 audit line\(s\), 1 chain\(s\)\.\n {2}chain [\w-]{16}: 4 line\(s\), 0 to 3$/,
      ),
    });
  });

  it('tells of lines that had no room', async () => {
    const sink = new MemorySink();
    sink.room = 0;
    const { trail } = trailInto(sink, new AuditKey(new Secret(BYTES)));
    trail.record({ action: 'data.read' });
    sink.room = 9;
    await trail.close();
    const { code, said } = await verify(sink.lines);
    expect(code).toBe(0);
    expect(said.split('\n').slice(2)).toEqual([
      '  1 line(s) had no room and were never written: the trail tells where (lines.lost)',
    ]);
  });

  it('reads the files that are named, oldest first, and names the line in its file', async () => {
    const lines = await chainOf(5);
    const [old, young] = [join(folder, 'audit.log.1'), join(folder, 'audit.log')];
    writeFileSync(old, lines.slice(0, 3).join('\r\n'));
    writeFileSync(young, lines.slice(3).join('\n'));
    expect((await verify([], [old, young])).code).toBe(0);
    writeFileSync(young, lines.slice(4).join('\n'));
    expect((await verify([], [old, young])).said.split('\n').slice(0, 2)).toEqual([
      'BROKEN: 5 audit line(s), 1 chain(s), 1 fault(s).',
      expect.stringMatching(`^  ${young}:1: 1 line\\(s\\) before it are missing, in chain`),
    ]);
  });

  it.each([
    [20, 0],
    [21, 1],
    [25, 5],
  ])('of %i faults names twenty, and counts the others', async (count, more) => {
    const lines = await chainOf(40);
    const changed = lines.map((line, n) => (n < count ? line.replace('data.read', 'data.reax') : line));
    const { code, said } = await verify(changed);
    const [first, ...rest] = said.split('\n');
    expect([code, first]).toEqual([1, `BROKEN: 41 audit line(s), 1 chain(s), ${count} fault(s).`]);
    expect(rest.slice(0, 20)).toEqual(
      Array.from(
        { length: 20 },
        (_, n) => `  line ${n + 1}: changed: its keyed hash is not that of its text`,
      ),
    );
    expect(rest.slice(20)).toEqual([
      ...(more > 0 ? [`  and ${more} more`] : []),
      expect.stringMatching(/^ {2}chain [\w-]{16}: 41 line/),
    ]);
  });

  it('takes a part where it is told that it is one', async () => {
    const part = (await chainOf(5)).slice(2, 4);
    expect([(await verify(part, ['--part'])).code, (await verify(part)).code]).toEqual([0, 1]);
  });

  it('says what stands for a name, under each key', async () => {
    const keys = [BYTES, OTHER].map((bytes) => new AuditKey(new Secret(bytes)));
    const { code, said } = await verify([], ['--name', 'susan'], `${AUDIT_KEYS},${OTHER.toString('base64')}`);
    expect(code).toBe(0);
    expect(said.split('\n')).toEqual(
      keys.map(
        (key) =>
          `key ${key.id}: "holder":"${key.hide('account-holder', 'susan')}", in accounts "${key.hide('account', 'susan')}"`,
      ),
    );
  });

  it('explains what it cannot do', async () => {
    const [line = ''] = await chainOf(1);
    expect(await verify([line], ['--nonsense'])).toEqual({
      code: 64,
      said: expect.stringMatching(/^Usage: .*--part.*--name NAME.*AUDIT_KEYS/s),
    });
    expect(await auditVerifyCommand([], Readable.from([line]), {})).toEqual({
      code: 78,
      said: 'AUDIT_KEYS is missing: without the key nobody can verify the lines. Set AUDIT_KEYS or AUDIT_KEYS_FILE as for the gateway.',
    });
    const unreadable = await verify([line], [], 'short,alike');
    expect([unreadable.code, unreadable.said]).toEqual([78, expect.stringContaining('AUDIT_KEYS')]);
    expect(await verify([], [join(folder, 'nowhere')])).toEqual({
      code: 66,
      said: 'A file cannot be read (ENOENT).',
    });
    expect(await verify(['{"level":"info"}'])).toEqual({ code: 1, said: 'No audit line was found.' });
  });
});
