/** C2: the whole test suite on Node 24; `.ci/run` takes those of its files that depend on Node. */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { NotRun, type Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

const LEAST_PASSED = 4500;

export const node24: Row = {
  id: 'C2',
  title: 'the whole test suite on Node 24',
  run() {
    const { stdout, status } = spawnSync(process.execPath, ['scripts/another-node.mjs', '24'], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new NotRun('there is no Node 24 to be had');
    const folder = stdout.trim();
    const PATH = [folder, process.env['PATH']].join(delimiter);
    return jestFigures([], { PATH }, LEAST_PASSED, join(folder, 'node'));
  },
};
