/** `npm start`, `npm run simulator`: builds what is stale, then does what the command line does, in this process. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// the package as it is installed has neither sources nor a build
if (existsSync(new URL('build/steps.mjs', import.meta.url))) {
  await build();
}
await import('../bin/token-connect-gateway.mjs');

/** Looking costs a few milliseconds, a process that looks ten times as much. */
async function build() {
  const { BuildError } = await import('./build/step.mjs');
  const { isUpToDate } = await import('./build/steps.mjs');
  try {
    if (isUpToDate()) return;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  const build = fileURLToPath(new URL('build.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
