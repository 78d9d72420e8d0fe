/** Files that have changed are noticed once they stand still, also where a link is swapped, as Kubernetes does. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { watchFiles } from '../../src/process/file-watch.js';
import { eventually } from '../support/shared-cache.js';

const LOOK_MS = 40;

it('is told once of several that change together, and of a link that is swapped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'watched-'));
  const path = (...names: string[]) => join(folder, ...names);
  for (const data of ['one', 'two']) {
    mkdirSync(path(data));
    writeFileSync(path(data, 'key'), data);
  }
  symlinkSync('one', path('data'));
  writeFileSync(path('password'), 'a');
  let changes = 0;
  const watch = watchFiles([path('data', 'key'), path('password')], () => changes++, LOOK_MS);
  await sleep(4 * LOOK_MS);
  expect(changes).toBe(0);
  symlinkSync('two', path('next'));
  renameSync(path('next'), path('data'));
  writeFileSync(path('password'), 'another');
  await eventually(() => changes > 0, 5000);
  await sleep(6 * LOOK_MS);
  watch.stop();
  expect(changes).toBe(1);
  rmSync(folder, { recursive: true });
});
