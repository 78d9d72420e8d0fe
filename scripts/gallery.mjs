/**
 * `npm run gallery [-- STATE …]`: a picture of every state of every page, 390 and 1280 pixels wide, light and dark; of states whose name
 * begins so, where some are named. Where they go: token-connect-gallery in the system's folder for temporary files, or GALLERY.
 */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GALLERY = process.env['GALLERY'] ?? join(tmpdir(), 'token-connect-gallery');
const { status } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('test.mjs', import.meta.url)), 'test/browser/states'],
  {
    stdio: 'inherit',
    env: { ...process.env, GALLERY, WALKS: 'all', STATES: process.argv.slice(2).join() },
  },
);
console.log(`The pictures are in ${GALLERY}.`);
process.exitCode = status ?? 1;
