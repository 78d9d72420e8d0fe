/** Runs one row and prints its line; a figure of time that is missed is taken once more, and that is printed. */

import type { RedisSetUp } from '../support/redis-topologies.js';
import { type Figure, inWords } from './figure.js';
import { NotRun, type Row } from './row.js';
import { Scene } from './support/scene.js';
import type { Stage } from './support/stage.js';

/** False when a figure is missed. */
export async function runRow(row: Row, stage: Stage): Promise<boolean> {
  const startedAt = performance.now();
  const say = (verdict: string, words: string) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${row.id.padEnd(3)} ${verdict}  ${row.title}: ${words}  [${seconds} s]`);
  };
  try {
    const runs = await measured(row, stage);
    const missed = runs.flatMap((run) =>
      run.figures.filter(({ held }) => !held).map((one) => ({ run, one })),
    );
    const words = runs.map(({ label, figures }) => label + figures.map(inWords).join(', '));
    say(missed.length === 0 ? 'held' : 'MISSED', words.join(' | '));
    for (const { run, one } of missed) console.log(`      missed: ${run.label}${inWords(one)}`);
    return missed.length === 0;
  } catch (error) {
    if (error instanceof NotRun) {
      say('not run', error.message);
      return true;
    }
    say(
      'MISSED',
      `could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
    return false;
  }
}

interface Run {
  readonly label: string;
  readonly figures: readonly Figure[];
}

async function measured(row: Row, stage: Stage): Promise<readonly Run[]> {
  if (row.bothLayers === undefined) return [{ label: '', figures: await steady(row, stage, true) }];
  const runs = [
    { label: 'in-process layer on: ', figures: await steady(row, stage, true) },
    { label: 'off: ', figures: await steady(row, stage, false) },
  ];
  for (const setUp of row.everySetUp === undefined ? [] : (['SENTINEL', 'CLUSTER'] as const)) {
    const label = `off, ${setUp.toLowerCase()}: `;
    runs.push({ label, figures: await steady(row, stage, false, setUp) });
  }
  return runs;
}

async function steady(
  row: Row,
  stage: Stage,
  inProcessCache: boolean,
  setUp: RedisSetUp = 'SERVER',
): Promise<readonly Figure[]> {
  const figures = await once(row, stage, inProcessCache, setUp);
  const missed = figures.filter(({ held }) => !held);
  if (missed.length === 0 || missed.some(({ timing }) => !timing)) return figures;
  console.log(
    `${row.id.padEnd(3)} again: only figures of time were missed (${missed.map(inWords).join(', ')})`,
  );
  return once(row, stage, inProcessCache, setUp);
}

async function once(
  row: Row,
  stage: Stage,
  inProcessCache: boolean,
  setUp: RedisSetUp,
): Promise<readonly Figure[]> {
  await stage.clear();
  const scene = new Scene(stage, setUp);
  try {
    return await row.run(scene, inProcessCache);
  } finally {
    await scene.close();
  }
}
