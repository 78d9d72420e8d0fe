/** How many workers serve, and what they cannot do without. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openAudit, type Program } from '../../../src/audit/open-audit.js';
import { ConfigurationError, readConfig } from '../../../src/config/config.js';
import { systemClock } from '../../../src/domain/clock.js';
import { createLogger } from '../../../src/observability/logger.js';
import { LossyOutput, STDOUT } from '../../../src/observability/lossy-output.js';

async function faultsOf(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  try {
    await readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults;
  }
}

it('is one unless it is set', async () => {
  expect((await readConfig({})).workers).toBe(1);
  expect((await readConfig({ WORKERS: '1' })).workers).toBe(1);
});

it.each(['0', '-1', '65', '1.5', 'two', 'auto', '0x2'])('is never %s', async (WORKERS) => {
  expect(await faultsOf({ WORKERS })).toEqual(['WORKERS must be a number of processes from 1 to 64.']);
});

it('more than one need what they share, and have no place for embedded parts', async () => {
  const part = (name: string) =>
    expect.stringMatching(new RegExp(`^WORKERS is more than 1: there is no place for the ${name} `));
  expect(await faultsOf({ WORKERS: '2', AUDIT_LOG: 'file:/var/log/audit.log' })).toEqual([
    part('MDES simulator'),
    part('demo accounts'),
    part('demo sign-in'),
    expect.stringMatching(/^WORKERS is more than 1, and CACHE_URL names no Redis/),
    expect.stringMatching(/^WORKERS is more than 1, and LEDGER_URL names no database/),
    expect.stringMatching(
      /^WORKERS is more than 1: each worker needs an audit file of its own\. Put \{worker\}/,
    ),
  ]);
});

it('writes the audit file that its path names for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const settings = {
    target: { kind: 'FILE', path: join(folder, 'audit-{worker}.log') },
    keys: [],
    configuration: { settings: [], fingerprint: null },
  } as const;
  const open = (program: Program, worker?: number) =>
    openAudit(program, settings, {
      clock: systemClock,
      log: createLogger('silent'),
      stdout: new LossyOutput(STDOUT),
      worker,
    });
  for (const audit of [await open('gateway', 2), await open('gateway'), await open('hold')])
    await audit.close();
  expect(readdirSync(folder).sort()).toEqual(['audit-1.log', 'audit-2.log', 'audit-hold.log']);
  rmSync(folder, { recursive: true });
});
