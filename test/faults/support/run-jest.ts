/** Runs files of the test suite one after the other, for a row that is made of them. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEVER_SAID } from '../../support/processes.js';
import { atLeast, type Figure, noneOf } from '../figure.js';

/** `npm run faults` runs from the project's root. */
export const TESTS = 'test';
/** What Node warns of is seen, but for its own experiment. */
const NODE = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const JEST = [...NODE, 'node_modules/jest/bin/jest.js', '--runInBand'];

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** @param files below `test`, each of which holds one test at least; none: all that there are */
export async function jestFigures(
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
  leastPassed = files.length,
  node = process.execPath,
): Promise<Figure[]> {
  const { results, complaints } = await runJest(node, files, environment);
  const { numPassedTests, testResults } = results;
  const failed = testResults.flatMap(({ name, status, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    return status === 'failed' && tests.length === 0 ? [name] : tests.map(({ fullName }) => fullName);
  });
  return [
    atLeast('tests passed', numPassedTests, leastPassed),
    noneOf('failed', failed, failed.length),
    noneOf('uncaught, or listeners that leak', complaints),
  ];
}

async function runJest(
  node: string,
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly results: Results; readonly complaints: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'fault-tests-'));
  const outputFile = join(folder, 'results.json');
  try {
    const jest = spawn(
      node,
      [...JEST, '--json', `--outputFile=${outputFile}`, ...files.map((file) => join(TESTS, file))],
      { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    jest.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await new Promise((resolve) => jest.once('close', resolve));
    if (!existsSync(outputFile)) throw new Error(`Jest ended without results:\n${said.slice(-2000)}`);
    const results = JSON.parse(readFileSync(outputFile, 'utf8')) as Results;
    return { results, complaints: said.split('\n').filter((line) => NEVER_SAID.test(line)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
