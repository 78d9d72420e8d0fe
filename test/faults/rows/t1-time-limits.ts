/** T1: every bound on time that a test of the suite holds, exactly, with one test file after the other. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, noneOf } from '../figure.js';
import type { Row } from '../row.js';

/** `npm run faults` runs from the project's root. */
const TESTS = 'test';
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand'];

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export const timeLimits: Row = {
  id: 'T1',
  title: 'bounds on time, one test file after the other',
  async run() {
    const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(measuresTime);
    const { numPassedTests, testResults } = await runJest(files);
    const failed = testResults.flatMap(({ name, status, assertionResults }) => {
      const tests = assertionResults.filter((test) => test.status === 'failed');
      return status === 'failed' && tests.length === 0 ? [name] : tests.map(({ fullName }) => fullName);
    });
    return [atLeast('tests passed', numPassedTests, files.length), noneOf('failed', failed)];
  },
};

function measuresTime(file: string): boolean {
  return (
    file.endsWith('.test.ts') &&
    (file.startsWith('timing/') || readFileSync(join(TESTS, file), 'utf8').includes('within('))
  );
}

async function runJest(files: readonly string[]): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'time-limits-'));
  const outputFile = join(folder, 'results.json');
  try {
    const jest = spawn(
      process.execPath,
      [...JEST, '--json', `--outputFile=${outputFile}`, ...files.map((file) => join(TESTS, file))],
      { env: { ...process.env, MEASURE_TIME: 'exactly' }, stdio: 'ignore' },
    );
    await new Promise((resolve) => jest.once('close', resolve));
    return JSON.parse(readFileSync(outputFile, 'utf8')) as Results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
