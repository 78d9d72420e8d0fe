/** The benchmark's command: that it still builds, and knows its workloads. `.ci/run` runs its short form. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/bench.mjs', import.meta.url));

describe('npm run bench', () => {
  it('refuses a workload that does not exist, and says which do', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, 'W1', 'W99'], {
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^No such workload: W99\./);
    expect(stderr).toContain('W1  hot catalogue');
    expect(status).toBe(64);
  });
});
