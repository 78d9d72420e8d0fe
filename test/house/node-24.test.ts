/** What `.ci/run` runs on Node 24 is there: a folder or a file that has moved is not left out unseen. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file}`);
const wanted = readFileSync('.ci/node-24-tests', 'utf8').trimEnd().split('\n');

it('every line of .ci/node-24-tests, and every name in it, finds a test file', () => {
  // `a/(b|c)` is two names.
  const names = wanted.flatMap((line) => {
    const [, before = '', several, after = ''] = /^(.*)\(([^()]+)\)(.*)$/.exec(line) ?? [];
    return several?.split('|').map((one) => before + one + after) ?? [line];
  });
  expect(names.length).toBeGreaterThan(wanted.length);
  expect(names.filter((name) => !files.some((file) => new RegExp(name).test(file)))).toEqual([]);
});
