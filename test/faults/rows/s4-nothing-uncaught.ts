/**
 * S4: nothing is left uncaught and no listeners leak in the tests that start processes and servers and break their connections.
 * All of a test's own processes are looked through by `killAll`, and the tests of whatever else in their own process.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../row.js';
import { jestFigures, TESTS } from '../support/run-jest.js';

const STARTS = /\/processes\.js'|RedisServer|PostgresServer|resetAndDestroy|withTcpServer|\bcreateServer\(/;
/** Those of the suite itself, and what T1 runs. */
const ELSEWHERE = /^(faults|timing|browser)\//;

export const nothingUncaught: Row = {
  id: 'S4',
  title: 'nothing uncaught in the tests that start processes and break connections',
  run() {
    const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        file.endsWith('.test.ts') &&
        !ELSEWHERE.test(file) &&
        STARTS.test(readFileSync(join(TESTS, file), 'utf8')),
    );
    return jestFigures(files, {});
  },
};
