/** T1: every bound on time that a test of the suite holds, exactly, with one test file after the other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../row.js';
import { jestFigures, TESTS } from '../support/run-jest.js';

export const timeLimits: Row = {
  id: 'T1',
  title: 'bounds on time, one test file after the other',
  run() {
    const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(measuresTime);
    return jestFigures(files, { MEASURE_TIME: 'exactly' });
  },
};

function measuresTime(file: string): boolean {
  return (
    file.endsWith('.test.ts') &&
    (file.startsWith('timing/') || /\b(?:within|eventually)\(/.test(readFileSync(join(TESTS, file), 'utf8')))
  );
}
