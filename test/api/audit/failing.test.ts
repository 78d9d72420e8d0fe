/** An audit trail that cannot be written is noticed, and holds up neither reads nor pushes. */
import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { recordsIn } from '../../support/audit.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { push } from '../../support/limits.js';
import { built, killAll, runNode, SERVER } from '../../support/processes.js';

const AUDIT_KEYS = Buffer.alloc(32, 5).toString('base64');
let gateway: TestGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => killAll());

async function readiness({ url }: TestGateway): Promise<unknown> {
  return (await fetch(`${url}/readyz`)).json();
}

describe('an audit trail', () => {
  it('on a full disk fails loudly, and pushes go on', async () => {
    gateway = await startTestGateway({ AUDIT_LOG: 'file:/dev/full', AUDIT_KEYS, CATALOGUE_WARM: 'on' });
    expect(await push(gateway)).toBe('READY');
    expect(await push(gateway)).toBe('READY');
    expect(await readiness(gateway)).toMatchObject({ status: 'ready', audit: 'failing', degraded: true });
    const said = gateway.logs.filter((line) => line.includes('"event":"audit.failing"'));
    expect(said).toHaveLength(1);
  });

  it('is ready where its lines are written, and off where it is', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'audit-')), 'audit.log');
    gateway = await startTestGateway({ AUDIT_LOG: `file:${path}`, AUDIT_KEYS });
    expect(await readiness(gateway)).toMatchObject({ audit: 'ready' });
    await gateway.close();
    // What another process has left is no hindrance.
    appendFileSync(path, '{"audit":1,"chain":"torn');
    gateway = await startTestGateway({ AUDIT_LOG: `file:${path}` });
    expect(await readiness(gateway)).toMatchObject({ audit: 'ready' });
    expect(gateway.logs.join()).toContain('"event":"audit.no-key"');
    await gateway.close();
    const starts = recordsIn(readFileSync(path, 'utf8').replace(/^.*torn$/m, ''));
    expect(starts.filter(({ action }) => action === 'process.started')).toHaveLength(2);
    gateway = await startTestGateway();
    expect(await readiness(gateway)).toMatchObject({ audit: 'off' });
  });

  it('that cannot be opened is told at once, with the exit code of a configuration', async () => {
    const run = runNode([built(SERVER)], { PORT: '0', AUDIT_LOG: 'file:/nowhere/audit.log', AUDIT_KEYS });
    expect(await run.ended()).toBe(78);
    expect(run.stderr()).toBe(
      'AUDIT_LOG names a file that cannot be written (ENOENT). Check path and rights.\n',
    );
  });
});
