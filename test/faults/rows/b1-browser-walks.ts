/** B1: every walk in Chromium: of the demo bank, by each way and for whoever walks it, and of a bank's app to each end. */
import type { Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

const FILES = [
  'browser/demo-bank/demo-bank.test.ts',
  'browser/demo-bank/walks/ways.test.ts',
  'browser/demo-bank/walks/whoever.test.ts',
  'browser/push-walk.test.ts',
  'browser/walks/wallets.test.ts',
  'browser/walks/control-room.test.ts',
  'browser/walks/landing-page.test.ts',
  'browser/explorer.test.ts',
];

export const browserWalks: Row = {
  id: 'B1',
  title: 'the demo bank by all its ways, by keyboard alone, from right to left; a push to each of its ends',
  // All of them: a part is what `npm test` runs.
  run: () => jestFigures(FILES, { WALKS: 'all' }, 44),
};
