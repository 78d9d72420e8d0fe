/** Runs files of the test suite one after the other, for a row that is made of them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, type Figure, noneOf } from '../figure.js';

/** `npm run faults` runs from the project's root. */
export const TESTS = 'test';
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand'];

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** @param files below `test`; each holds one test at least */
export async function jestFigures(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Figure[]> {
  const { numPassedTests, testResults } = await runJest(files, environment);
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    return status === 'failed' && tests.length === 0 ? [name] : tests.map(({ fullName }) => fullName);
  });
  return [atLeast('tests passed', numPassedTests, files.length), noneOf('failed', failed)];
}

async function runJest(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'fault-tests-'));
  const outputFile = join(folder, 'results.json');
  try {
    const jest = spawn(
      process.execPath,
      [...JEST, '--json', `--outputFile=${outputFile}`, ...files.map((file) => join(TESTS, file))],
      { env: { ...process.env, ...environment }, stdio: 'ignore' },
    );
    await new Promise((resolve) => jest.once('close', resolve));
    return JSON.parse(readFileSync(outputFile, 'utf8')) as Results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
