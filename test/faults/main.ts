/** `npm run faults [-- ID ...]`: runs the rows, one line for each, and ends with 1 when a figure is missed. */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { ROWS } from './all-rows.js';
import { runRow } from './run-row.js';
import { startStage } from './support/stage.js';

const EXIT_USAGE = 64;
const wanted = process.argv.slice(2).map((id) => id.toUpperCase());
const unknown = wanted.filter((id) => !ROWS.some((row) => row.id === id));

if (unknown.length > 0) {
  console.error(
    `No such row: ${unknown.join(', ')}. There are: ${ROWS.map(({ id, title }) => `\n  ${id}  ${title}`).join('')}`,
  );
  process.exit(EXIT_USAGE);
}
// So that whoever ends it early leaves no server and no network behind.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
console.log(machine());
const stage = await startStage();
let missed = 0;
try {
  for (const row of ROWS.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
    if (!(await runRow(row, stage))) missed += 1;
  }
} finally {
  await stage.close();
}
if (missed > 0) console.log(`${missed} missed`);
process.exit(missed === 0 ? 0 : 1);

function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.versions.node}, ${redisVersion()}`;
}

function redisVersion(): string {
  try {
    const [, version] =
      /v=(\S+)/.exec(execFileSync('redis-server', ['--version'], { encoding: 'utf8' })) ?? [];
    return `redis-server ${version ?? 'of unknown version'}`;
  } catch {
    console.error('redis-server is missing. Run: npm run test:tools');
    process.exit(1);
  }
}
