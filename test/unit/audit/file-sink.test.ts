/** A file of audit lines: appended to, for its owner alone, followed where it is moved, whole after a process was killed. */
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileSink } from '../../../src/audit/file-sink.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-'));
  path = join(folder, 'audit.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the file of the audit trail', () => {
  it('holds all lines in their order, is for its owner alone, and goes on where it was', async () => {
    for (const part of [0, 1]) {
      const sink = await FileSink.open(path);
      for (let n = 0; n < 500; n++) expect(sink.write(`${part * 500 + n}\n`)).toBe(true);
      await sink.end();
      expect(sink.isWell()).toBe(true);
    }
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines).toEqual(lines.map((_, index) => String(index)));
    expect([lines.length, statSync(path).mode & 0o777]).toEqual([1000, 0o600]);
  });

  it('begins on a line of its own behind half a line that a killed process has left', async () => {
    appendFileSync(path, 'whole\nhal');
    const sink = await FileSink.open(path);
    sink.write('ours\n');
    await sink.end();
    expect(readFileSync(path, 'utf8')).toBe('whole\nhal\nours\n');
  });

  it('is made anew once it was moved away, and no line is lost or written twice', async () => {
    const sink = await FileSink.open(path);
    sink.write('1\n');
    await pause(1100);
    renameSync(path, `${path}.1`);
    sink.write('2\n');
    await sink.end();
    expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['1\n', '2\n']);
  });

  it('writes what waited, in its order, once it can be written again', async () => {
    const sink = await FileSink.open(path);
    sink.write('1\n');
    await pause(1100);
    // Where its folder has gone it can make no new file.
    renameSync(folder, `${folder}-away`);
    for (const line of ['2\n', '3\n']) sink.write(line);
    await pause(50);
    expect(sink.isWell()).toBe(false);
    sink.write('4\n');
    renameSync(`${folder}-away`, folder);
    await sink.end();
    expect(readFileSync(path, 'utf8')).toBe('1\n2\n3\n4\n');
    expect(sink.isWell()).toBe(true);
  });

  it('on a full disk keeps what waits up to a bound, and says that it fails', async () => {
    const sink = await FileSink.open('/dev/full');
    const line = `${'x'.repeat(999)}\n`;
    let taken = 0;
    while (taken < 10_000 && sink.write(line)) taken += 1;
    expect(taken).toBeGreaterThan(4000);
    expect(taken).toBeLessThan(4300);
    await pause(50);
    expect(sink.isWell()).toBe(false);
    await sink.end();
  });

  it.each([
    ['nowhere/audit.log', 'ENOENT'],
    ['', 'EISDIR'],
  ])('that cannot be written is named: %s', async (name, code) => {
    await expect(FileSink.open(join(folder, name))).rejects.toThrow(
      `AUDIT_LOG names a file that cannot be written (${code}). Check path and rights.`,
    );
  });
});
