/** A quick row of the fault suite, by its own command, so that the suite cannot rot unseen. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/faults.mjs', import.meta.url));
const PATIENCE_MS = 90_000;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function faults(...ids: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, [SCRIPT, ...ids], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString('utf8');
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

describe('npm run faults', () => {
  it(
    'holds M5, and says so in a line below the one that names the machine',
    async () => {
      const { code, stdout, stderr } = await faults('M5');
      expect(stderr).toBe('');
      expect(stdout.trim().split('\n')).toEqual([
        expect.stringMatching(/cores, Node \d+\.\d+\.\d+, redis-server \d/),
        expect.stringMatching(/^M5 +held .*push PushRefusal.*\[\d+\.\d s\]$/),
      ]);
      expect(code).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'refuses a row that does not exist, and says which do',
    async () => {
      const { code, stdout, stderr } = await faults('R1', 'R99');
      expect(code).toBe(64);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^No such row: R99\./);
      expect(stderr).toContain('R1  Redis killed');
    },
    PATIENCE_MS,
  );
});
