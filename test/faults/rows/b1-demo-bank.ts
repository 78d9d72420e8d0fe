/** B1: the demo bank in Chromium, by every way to a wallet and back, and for whoever walks it. */
import type { Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

const FILES = ['demo-bank.test.ts', 'walks/ways.test.ts', 'walks/whoever.test.ts'];

export const demoBankWalks: Row = {
  id: 'B1',
  title: 'the demo bank: all its walks, refusals, old links, a keyboard alone, right to left',
  run: () =>
    jestFigures(
      FILES.map((file) => `browser/demo-bank/${file}`),
      { WALKS: 'all' },
    ),
};
