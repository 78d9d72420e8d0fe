/**
 * `npm run bench [-- ID ...] [--profile]`: runs the workloads, a line for each, then the tables. A run of all of them takes
 * profiles too and writes RESULTS.md. `--smoke`: the short form that CI runs. Ends with 1 when something is missed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKLOADS } from './all-workloads.js';
import { machineLine, versionLines } from './report/machine.js';
import { plainTable, resultsPage, summary } from './report/results-page.js';
import { isReached, type Outcome, runWorkload } from './run-workload.js';
import { smoke } from './smoke.js';
import { Bench } from './support/bench.js';
import { firstLine } from './support/first-line.js';
import { ROOT } from './support/root.js';
import { pinToLoad } from './support/servers/stores.js';

const EXIT_USAGE = 64;
const OPTIONS = ['--profile', '--smoke'];
const FOLDER = join(ROOT, 'test/bench');

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith('--'));
const wanted = args.filter((arg) => !arg.startsWith('--')).map((id) => id.toUpperCase());
const unknown = [
  ...options.filter((option) => !OPTIONS.includes(option)),
  ...wanted.filter((id) => !WORKLOADS.some((workload) => workload.id === id)),
];
if (unknown.length > 0) {
  console.error(
    `No such workload: ${unknown.join(', ')}. There are: ${WORKLOADS.map(({ id, title }) => `\n  ${id}  ${title}`).join('')}`,
  );
  process.exit(EXIT_USAGE);
}
// So that whoever ends it early leaves no server behind.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const isSmoke = options.includes('--smoke');
const isWhole = wanted.length === 0 && !isSmoke;
const startedAt = performance.now();
// What is measured has its core to itself.
pinToLoad(process.pid);
console.log(machineLine());
const bench = await Bench.start({ profiles: isWhole || options.includes('--profile') });
const outcomes: Outcome[] = [];
try {
  const chosen = WORKLOADS.filter(({ id }) => isWhole || wanted.includes(id));
  for (const workload of isSmoke ? [smoke] : chosen) outcomes.push(await runWorkload(workload, bench));
} finally {
  await bench.close();
}
report();
process.exit(outcomes.every(isReached) ? 0 : 1);

function report(): void {
  for (const { findings } of isSmoke ? [] : outcomes) {
    for (const table of findings?.tables ?? []) console.log(plainTable(table));
    for (const note of findings?.notes ?? []) console.log(note);
  }
  if (isSmoke) return;
  console.log(plainTable({ ...summary(outcomes), title: 'All of it' }));
  if (!isWhole) return;
  const page = resultsPage(outcomes, {
    machine: machineLine(),
    versions: versionLines(peersOrNull()),
    minutes: (performance.now() - startedAt) / 60_000,
    before: join(FOLDER, 'before.md'),
  });
  writeFileSync(join(FOLDER, 'RESULTS.md'), page);
  console.log('\nWritten to test/bench/RESULTS.md.');
}

function peersOrNull() {
  try {
    return bench.peers();
  } catch (error) {
    console.error(firstLine(error));
    return null;
  }
}
