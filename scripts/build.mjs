/** Builds what is stale into dist/: server and client, explorer and demo bank with esbuild. `--force` builds all. */
import { rm } from 'node:fs/promises';
import { BuildError, bringUpToDate, DIST, requireTool } from './build/step.mjs';
import { buildRows } from './build/steps.mjs';

try {
  const rows = buildRows();
  if (process.argv.includes('--force') && rows.length > 0) {
    rows.flat().forEach(requireTool);
    await rm(DIST, { recursive: true, force: true });
  }
  const results = await Promise.allSettled(rows.map(inTurn));
  for (const result of results) {
    if (result.status === 'rejected') {
      report(result.reason);
    }
  }
} catch (error) {
  report(error);
}

/** @param {import('./build/step.mjs').Step[]} row */
async function inTurn(row) {
  for (const step of row) {
    await bringUpToDate(step);
  }
}

/** @param {unknown} error */
function report(error) {
  console.error(error instanceof BuildError ? error.message : error);
  process.exitCode = 1;
}
