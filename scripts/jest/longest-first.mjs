/**
 * Jest's order of test files, where it has no times of an earlier run to go by: those first that start servers and browsers. It would go by the
 * size of the files, and one worker would be at the longest while the others have nothing left.
 */
import { basename } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/** The longest first, as a whole run has shown. */
const LONGEST = [
  'canary.test.ts',
  'push-walk.test.ts',
  'explorer.test.ts',
  'demo-bank.test.ts',
  'workers.test.ts',
  'card-store.test.ts',
  'process-end.test.ts',
  'ledger-gone-back.test.ts',
  'push-tracking.test.ts',
  'attack-corpus.test.ts',
  'eligibility.test.ts',
  'unfit-databases.test.ts',
  'health.test.ts',
  'limits.test.ts',
];

export default class LongestFirst extends TestSequencer {
  /** @override @param {Array<import('@jest/test-result').Test>} tests */
  sort(tests) {
    const place = (/** @type {import('@jest/test-result').Test} */ { path, duration }) => {
      const known = duration === undefined ? LONGEST.indexOf(basename(path)) : -1;
      return known === -1 ? LONGEST.length : known;
    };
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
}
