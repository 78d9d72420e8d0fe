/** The fault suite by its own command: that it still builds, and knows its rows. `.ci/run` runs a quick one, M5. */
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
