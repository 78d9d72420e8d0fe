/** Draws the PNGs of the simulator's logos into dist, so that nobody needs a drawing library to run it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DIST, ROOT, SRC } from './step.mjs';

const DRAWINGS = 'simulator/catalogue/logo-drawings';
const PIXELS = 192;

export const LOGO_PNGS = join(DIST, 'simulator/catalogue/logo-pngs.json');

/** @returns {import('./step.mjs').Step} to be run after the server's, which compiles the drawings */
export function logosStep() {
  return {
    name: 'logos',
    inputs: [join(SRC, `${DRAWINGS}.ts`), join(ROOT, 'package-lock.json'), fileURLToPath(import.meta.url)],
    outputs: [LOGO_PNGS],
    tool: join(ROOT, 'node_modules/sharp/package.json'),
    run: draw,
  };
}

async function draw() {
  const { default: sharp } = await import('sharp');
  /** @type {typeof import('../../src/simulator/catalogue/logo-drawings.js')} */
  const { LOGO_NAMES, logoSvg } = await import(pathToFileURL(join(DIST, `${DRAWINGS}.js`)).href);
  /** @type {Record<string, string>} base64 by the logo's name */
  const pngs = {};
  for (const name of LOGO_NAMES) {
    const picture = sharp(Buffer.from(logoSvg(name)))
      .resize(PIXELS, PIXELS)
      .ensureAlpha();
    pngs[name] = (await picture.png().toBuffer()).toString('base64');
  }
  await writeFile(LOGO_PNGS, `${JSON.stringify(pngs, null, 1)}\n`);
}
