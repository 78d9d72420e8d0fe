/** What there is to build, and whether any of it is stale. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clientStep } from './client-step.mjs';
import { demoStep } from './demo-step.mjs';
import { explorerStep } from './explorer-step.mjs';
import { logosStep } from './logos-step.mjs';
import { serverStep } from './server-step.mjs';
import { startStep } from './start-step.mjs';
import { BuildError, DIST, isFresh, SRC } from './step.mjs';
import { testingStep } from './testing-step.mjs';

/** What a deployment that was given dist alone cannot do without. */
const ESSENTIAL = [
  'main.js',
  'simulator/main.js',
  'simulator/catalogue/logo-pngs.json',
  'demo/index.html',
  'explorer/index.html',
];

/** @returns {import('./step.mjs').Step[][]} what waits for one another in a row; none where only dist lies, complete */
export function buildRows() {
  if (existsSync(SRC)) {
    return [
      [serverStep(), startStep(), clientStep(), testingStep(), logosStep()],
      [explorerStep()],
      [demoStep()],
    ];
  }
  const missing = ESSENTIAL.filter((file) => !existsSync(join(DIST, file)));
  if (missing.length > 0) {
    throw new BuildError(
      `There is no src to build from, and dist is not complete: no ${missing.join(', no ')}.`,
    );
  }
  return [];
}

export function isUpToDate() {
  return buildRows().flat().every(isFresh);
}
