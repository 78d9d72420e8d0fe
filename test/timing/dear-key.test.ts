/** A signing key that takes long to open, while others are served. */
import { expect, it } from '@jest/globals';
import { keyFile } from '../support/key-files/key-file.js';
import { misread, pairsOf } from '../support/key-files/read-key-file.js';
import { Workbench } from '../support/key-files/workbench.js';
import { longestHold } from '../support/longest-hold.js';
import { within } from '../support/measurements.js';

const LONGEST_HOLD_MS = 100;
const PASSWORD = 'Zürich';

it('a signing key opens with 600,000 rounds and a password outside ASCII, while others are served', async () => {
  const bench = new Workbench();
  try {
    const pair = '-inkey ours.pem -in ours.crt';
    const store = bench.make(`pkcs12 -export ${pair} -iter 600000 -passout env:PW`, PASSWORD);
    const file = keyFile('dear', store, { password: PASSWORD });
    const pairs = await pairsOf(bench);
    const { result, holdMs } = await longestHold(() => misread([file], pairs));
    expect(result).toEqual([]);
    expect(holdMs).toBeLessThan(within(LONGEST_HOLD_MS));
  } finally {
    bench.remove();
  }
});
