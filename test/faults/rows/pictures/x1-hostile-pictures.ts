/** X1: pictures that mean harm, and the largest that are taken, in Chromium: alone, in `<img>` and inlined. */
import { isUtf8 } from 'node:buffer';
import { readPicture } from '../../../../src/mdes/pictures/picture.js';
import { PictureFault } from '../../../../src/mdes/pictures/picture-fault.js';
import { bytesOf, hostilePictures } from '../../../security/pictures/hostile-pictures.js';
import { publicLogos } from '../../../support/logos/public-style.js';
import { atLeast, atMost, exactly, type Figure, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { Gallery, WAYS } from '../../support/gallery.js';
import { largestPictures } from '../../support/largest-pictures.js';

const PAINTED_MS = 2000;
const LOGOS = 1000;
const ON_A_SHEET = 100;
/** Raw, they show that what is looked for would be seen. */
const CONTROLS = [
  'a script',
  'a handler on the root',
  'a picture from elsewhere',
  'a root that is fixed',
  'a root that runs over',
  'a sheet for the whole page',
];

export const hostilePicturesShown: Row = {
  id: 'X1',
  title: 'hostile pictures, and the largest that are taken, in Chromium',
  async run() {
    const gallery = await Gallery.open();
    try {
      return [...(await hostile(gallery)), ...(await largest(gallery)), ...(await logos(gallery))];
    } finally {
      await gallery.close();
    }
  },
};

async function hostile(gallery: Gallery): Promise<Figure[]> {
  const pictures = hostilePictures();
  const wrong: string[] = [];
  const harm: string[] = [];
  let slowest = 0;
  for (const picture of pictures) {
    const served = clean(bytesOf(picture));
    if ((served === null) !== (picture.comes === 'refused')) wrong.push(picture.name);
    if (served === null) continue;
    for (const way of WAYS) {
      const { ms, deeds } = await gallery.show(served, way);
      slowest = Math.max(slowest, ms);
      harm.push(...deeds.map((deed) => `${picture.name} ${way}: ${deed}`));
    }
  }
  const blind: string[] = [];
  for (const picture of pictures.filter(({ name }) => CONTROLS.includes(name))) {
    const { deeds } = await gallery.show(bytesOf(picture), 'inlined');
    if (deeds.length === 0) blind.push(picture.name);
  }
  return [
    atLeast('hostile pictures', pictures.length, 100),
    noneOf('neither refused nor made harmless as they should', wrong),
    noneOf('deeds of what is served of them', harm),
    noneOf(`of ${CONTROLS.length} shown raw, deeds not seen`, blind),
    atMost('slowest', slowest, PAINTED_MS, 'ms'),
  ];
}

async function largest(gallery: Gallery): Promise<Figure[]> {
  const refused: string[] = [];
  const figures: Figure[] = [];
  for (const [name, svg] of Object.entries(largestPictures())) {
    const served = clean(svg);
    if (served === null) refused.push(name);
    if (served === null) continue;
    const shown = [await gallery.show(served, 'img'), await gallery.show(served, 'inlined')];
    figures.push(atMost(`largest ${name}`, Math.max(...shown.map(({ ms }) => ms)), PAINTED_MS, 'ms'));
  }
  return [noneOf('largest pictures refused', refused), ...figures];
}

async function logos(gallery: Gallery): Promise<Figure[]> {
  const drawn = publicLogos(LOGOS).map(({ bytes, name }) => ({ name, bytes, served: clean(bytes) }));
  const refused = drawn.filter(({ served }) => served === null).map(({ name }) => name);
  let different = 0;
  for (let at = 0; at < drawn.length; at += ON_A_SHEET) {
    const batch = drawn.slice(at, at + ON_A_SHEET);
    const before = await gallery.sheet(batch.map(({ bytes }) => asChromiumReads(bytes)));
    const after = await gallery.sheet(batch.map(({ served }) => served ?? Buffer.alloc(0)));
    if (!before.equals(after)) different++;
  }
  return [
    noneOf(`of ${LOGOS} public-style logos refused`, refused),
    exactly('sheets of them that look different', different, 0),
  ];
}

/** What would be served of it. */
function clean(svg: Buffer): Buffer | null {
  try {
    return Buffer.from(readPicture('image/svg+xml', svg.toString('base64')).data, 'base64');
  } catch (error) {
    if (error instanceof PictureFault) return null;
    throw error;
  }
}

/** In `<img>` it reads every SVG as UTF-8 or UTF-16, and shows none that is in anything else. */
function asChromiumReads(svg: Buffer): Buffer {
  if (isUtf8(svg) || svg.subarray(0, 2).toString('hex') === 'fffe') return svg;
  return Buffer.from(svg.toString('latin1').replace(/ encoding=(['"])[\w-]*\1/, ''));
}
