/**
 * `npm run gallery [-- STATE …]`: a picture of every state of every page, 390 and 1280 pixels wide, light and dark; of states whose name
 * begins so, where some are named. Where they go: token-connect-gallery in the system's folder for temporary files, or GALLERY.
 * `npm run gallery -- --docs` draws all of them and makes the pictures of the documents anew.
 */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GALLERY = process.env['GALLERY'] ?? join(tmpdir(), 'token-connect-gallery');
const asked = process.argv.slice(2);
const forDocs = asked.includes('--docs');
const STATES = forDocs ? '' : asked.join();
const { status } = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('test.mjs', import.meta.url)), 'test/browser/states'],
  { stdio: 'inherit', env: { ...process.env, GALLERY, WALKS: 'all', STATES } },
);
console.log(`The pictures are in ${GALLERY}.`);
if (forDocs && status === 0) {
  const { drawDocs } = await import('./gallery/docs.mjs');
  await drawDocs(GALLERY);
}
process.exitCode = status ?? 1;
