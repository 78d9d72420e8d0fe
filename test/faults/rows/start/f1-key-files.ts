/** F1: key files and certificates as they come: each opens or is refused for its reason, and nothing waits for it. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { certificates } from '../../../support/key-files/certificates.js';
import type { KeyFile } from '../../../support/key-files/key-file.js';
import { openedKeys } from '../../../support/key-files/opened-keys.js';
import { misread, type Pairs, pairsOf } from '../../../support/key-files/read-key-file.js';
import { ALL_REASONS } from '../../../support/key-files/reasons.js';
import { refusedKeys } from '../../../support/key-files/refused-keys.js';
import { Workbench } from '../../../support/key-files/workbench.js';
import { atLeast, atMost, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';

const FILES = 250;
const LONGEST_BLOCK_MS = 100;
const TRIES = 3;

export const keyFiles: Row = {
  id: 'F1',
  title: 'key files and certificates as they come',
  async run(scene) {
    const bench = new Workbench();
    scene.owns(async () => bench.remove());
    const files = [...openedKeys(bench), ...refusedKeys(bench), ...certificates(bench)];
    const pairs = await pairsOf(bench);
    const met = new Set<string>(files.map(({ gives }) => gives));
    const wrong: string[] = [];
    let longest = 0;
    for (const file of files) {
      const { wrong: found, holdMs } = await readTimed(file, pairs);
      wrong.push(...found);
      longest = Math.max(longest, holdMs);
    }
    return [
      atLeast('files', files.length, FILES),
      noneOf('read otherwise', wrong),
      noneOf(
        'reasons not met',
        ALL_REASONS.filter((reason) => !met.has(reason)),
      ),
      atMost('longest hold of the event loop', longest, LONGEST_BLOCK_MS, 'ms'),
    ];
  },
};

/** What holds the event loop does so each time; what the machine does meanwhile does not. */
async function readTimed(
  file: KeyFile,
  pairs: Pairs,
  triesLeft = TRIES,
): Promise<{ readonly wrong: readonly string[]; readonly holdMs: number }> {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const wrong = await misread([file], pairs);
  delay.disable();
  const holdMs = delay.max / 1e6;
  return holdMs <= LONGEST_BLOCK_MS || triesLeft === 1
    ? { wrong, holdMs }
    : await readTimed(file, pairs, triesLeft - 1);
}
