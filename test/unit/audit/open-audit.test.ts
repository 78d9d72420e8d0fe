/** How a trail begins: where its lines go, and what its first two say. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, describe, expect, it } from '@jest/globals';
import { AuditKey } from '../../../src/audit/audit-key.js';
import { NO_AUDIT, openAudit, type Program } from '../../../src/audit/open-audit.js';
import type { AuditSettings } from '../../../src/config/audit-settings.js';
import { Secret } from '../../../src/domain/secret.js';
import { createLogger } from '../../../src/observability/logger.js';
import { LossyOutput, STDOUT } from '../../../src/observability/lossy-output.js';
import { recordsIn, verdictOf } from '../../support/audit.js';

const SECRET = new Secret(Buffer.alloc(32, 5));
const folder = mkdtempSync(join(tmpdir(), 'audit-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Takes lines as stdout does, and keeps them. */
class KeptOutput extends LossyOutput {
  readonly lines: string[] = [];
  stuck = false;
  ended = 0;
  constructor() {
    super(STDOUT);
  }
  override offer(line: string): boolean {
    if (!this.stuck) this.lines.push(line);
    return !this.stuck;
  }
  override get isStuck(): boolean {
    return this.stuck;
  }
  override async end(): Promise<void> {
    this.ended += 1;
  }
}

async function opened(program: Program, settings: Partial<AuditSettings>, worker?: number) {
  const logged: string[] = [];
  const log = createLogger(
    'info',
    new PassThrough().on('data', (line: Buffer) => logged.push(line.toString())),
  );
  const stdout = new KeptOutput();
  const all = { target: { kind: 'STDOUT' }, keys: [SECRET], configuration: {}, ...settings } as AuditSettings;
  const audit = await openAudit(program, all, {
    clock: { now: () => 1_795_000_000_000 },
    log,
    stdout,
    worker,
  });
  return { audit, stdout, logged };
}

describe('the audit trail of a process', () => {
  it('begins with what was started, where and by whom, and with its configuration', async () => {
    const configuration = { settings: ['AUDIT_KEYS'] } as unknown as AuditSettings['configuration'];
    const { audit, stdout, logged } = await opened('gateway', { configuration }, 3);
    await audit.close();
    expect(recordsIn(stdout.lines.join(''))).toMatchObject([
      {
        seq: 0,
        time: '2026-11-18T11:06:40.000Z',
        action: 'process.started',
        program: 'gateway',
        worker: 3,
        host: hostname(),
        pid: process.pid,
        user: userInfo().username,
        node: process.version,
      },
      { seq: 1, action: 'configuration.read', settings: ['AUDIT_KEYS'] },
      { seq: 2, action: 'process.stopped' },
    ]);
    const key = new AuditKey(SECRET);
    expect(verdictOf(stdout.lines, [key])).toMatchObject({ lines: 3, faults: [] });
    expect([stdout.ended, logged]).toEqual([1, []]);
  });

  it('is failing while stdout takes nothing', async () => {
    const { audit, stdout } = await opened('gateway', {});
    expect(audit.state()).toBe('ready');
    stdout.stuck = true;
    expect(audit.state()).toBe('failing');
    audit.record({ action: 'data.read' });
    stdout.stuck = false;
    audit.record({ action: 'data.read' });
    expect(recordsIn(stdout.lines.join('')).at(-2)).toMatchObject({ action: 'lines.lost', lines: 1 });
  });

  it.each<[program: Program, worker: number | undefined, name: string]>([
    ['gateway', undefined, '1'],
    ['gateway', 4, '4'],
    ['hold', undefined, 'hold'],
    ['migrate', undefined, 'migrate'],
  ])('of %s, worker %s, has a file of its own where it is to have one', async (program, worker, name) => {
    const own = mkdtempSync(join(folder, 'own-'));
    const { audit } = await opened(
      program,
      { target: { kind: 'FILE', path: join(own, 'audit-{worker}.log') } },
      worker,
    );
    await audit.close();
    expect(readdirSync(own)).toEqual([`audit-${name}.log`]);
    expect(recordsIn(readFileSync(join(own, `audit-${name}.log`), 'utf8'))[0]).toMatchObject({ program });
  });

  it('without a key is chained by one that nobody will know, and says so', async () => {
    const { audit, stdout, logged } = await opened('gateway', { keys: [] });
    await audit.close();
    expect(logged).toEqual([expect.stringContaining('"event":"audit.no-key"')]);
    expect(verdictOf(stdout.lines, [new AuditKey(SECRET)]).faults).toEqual([
      { at: 'log:1', what: expect.stringContaining('which is not known') },
    ]);
    expect((await opened('gateway', {})).logged).toEqual([]);
  });

  it('is none where nothing is to be written', async () => {
    const { audit, stdout } = await opened('gateway', { target: null });
    audit.record({ action: 'data.read' });
    await audit.close();
    expect([audit, audit.state(), stdout.lines]).toEqual([NO_AUDIT, 'off', []]);
  });
});
