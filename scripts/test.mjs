/** `npm test [-- PATH and Jest's options]`: looks for the tools that these tests need, builds what is stale, runs Jest. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// A test file is short-lived garbage, mostly: with room for it, workers collect it less often.
const ROOM = '--max-semi-space-size=64';
const JEST = [ROOM, '--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const args = process.argv.slice(2);

const listed = spawnSync(process.execPath, [...JEST, ...args, '--listTests'], {
  cwd: ROOT,
  encoding: 'utf8',
});
const tests = listed.stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
run(['scripts/test-tools.mjs', '--check', ...tests]);
run(['scripts/build.mjs']);
run([...JEST, ...args]);

/** @param {string[]} words */
function run(words) {
  const { status } = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
