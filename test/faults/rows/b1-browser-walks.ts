/** B1: every walk in Chromium, of the demo bank and of a bank's app to each end, and every state of every page under axe. */
import type { Row } from '../row.js';
import { jestFigures } from '../support/run-jest.js';

const FILES = [
  'browser/demo-bank/demo-bank.test.ts',
  'browser/demo-bank/walks/ways.test.ts',
  'browser/demo-bank/walks/whoever.test.ts',
  'browser/states/states.test.ts',
  'browser/push-walk.test.ts',
  'browser/walks/wallets.test.ts',
  'browser/walks/control-room.test.ts',
  'browser/walks/landing-page.test.ts',
  'browser/explorer.test.ts',
];

const LEAST_TESTS = 116;

export const browserWalks: Row = {
  id: 'B1',
  title:
    'the demo bank by all its ways, by keyboard alone, from right to left; every state under axe; a push to each of its ends',
  // All of them: a part is what `npm test` runs. That the demo bank can be used within a second is T1's.
  run: () => jestFigures(FILES, { WALKS: 'all' }, LEAST_TESTS),
};
