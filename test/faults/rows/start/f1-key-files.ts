/** F1: key files and certificates as they come: each opens or is refused for its reason, and nothing waits for it. */
import { certificates } from '../../../support/key-files/certificates.js';
import { openedKeys } from '../../../support/key-files/opened-keys.js';
import { misread, pairsOf } from '../../../support/key-files/read-key-file.js';
import { ALL_REASONS } from '../../../support/key-files/reasons.js';
import { refusedKeys } from '../../../support/key-files/refused-keys.js';
import { Workbench } from '../../../support/key-files/workbench.js';
import { longestHold } from '../../../support/longest-hold.js';
import { atLeast, atMost, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';

const FILES = 250;
const LONGEST_HOLD_MS = 100;

export const keyFiles: Row = {
  id: 'F1',
  title: 'key files and certificates as they come',
  async run(scene) {
    const bench = new Workbench();
    scene.owns(async () => bench.remove());
    const files = [...openedKeys(bench), ...refusedKeys(bench), ...certificates(bench)];
    const pairs = await pairsOf(bench);
    const met = new Set<string>(files.map(({ gives }) => gives));
    const { result: wrong, holdMs } = await longestHold(() => misread(files, pairs));
    return [
      atLeast('files', files.length, FILES),
      noneOf('read otherwise', wrong),
      noneOf(
        'reasons not met',
        ALL_REASONS.filter((reason) => !met.has(reason)),
      ),
      atMost('longest hold of the event loop', holdMs, LONGEST_HOLD_MS, 'ms'),
    ];
  },
};
