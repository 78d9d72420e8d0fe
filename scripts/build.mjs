/** Builds what is stale into dist/: the server with TypeScript, the explorer with esbuild. `--force` builds all. */
import { rm } from 'node:fs/promises';
import { explorerStep } from './build/explorer-step.mjs';
import { serverStep } from './build/server-step.mjs';
import { BuildError, bringUpToDate, DIST, requireTool } from './build/step.mjs';

try {
  const steps = await Promise.all([serverStep(), explorerStep()]);
  if (process.argv.includes('--force')) {
    steps.forEach(requireTool);
    await rm(DIST, { recursive: true, force: true });
  }
  const results = await Promise.allSettled(steps.map(bringUpToDate));
  for (const result of results) {
    if (result.status === 'rejected') {
      report(result.reason);
    }
  }
} catch (error) {
  report(error);
}

/** @param {unknown} error */
function report(error) {
  console.error(error instanceof BuildError ? error.message : error);
  process.exitCode = 1;
}
