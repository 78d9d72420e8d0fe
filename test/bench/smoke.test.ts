/** The short form of the benchmark, by its own command: that it runs, and that no request has become several times dearer. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/bench.mjs', import.meta.url));
// Eight seconds where nobody else is at it; a machine may be busy with much else.
const PATIENCE_MS = 180_000;

function bench(...args: string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8', timeout: PATIENCE_MS });
}

describe('npm run bench', () => {
  it(
    'finds the hot catalogue and private accounts no dearer than they may be',
    () => {
      const { status, stdout, stderr } = bench('--smoke');
      expect(stderr).toBe('');
      expect(stdout.trim().split('\n')).toEqual([
        expect.stringMatching(/cores, .*Node \d+\.\d+\.\d+/),
        expect.stringMatching(/^SMOKE reached .*hot catalogue [\d.]+ × .*private accounts [\d.]+ × .*\]$/),
      ]);
      expect(status).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'refuses a workload that does not exist, and says which do',
    () => {
      const { status, stdout, stderr } = bench('W1', 'W99');
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^No such workload: W99\./);
      expect(stderr).toContain('W1  hot catalogue');
      expect(status).toBe(64);
    },
    PATIENCE_MS,
  );
});
