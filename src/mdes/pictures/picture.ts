/** Tells a logo from anything else that MDES might hand out as one. An SVG is given in its clean form, a PNG as it came. */
import { type MediaContent, PNG_TYPE, SVG_TYPE } from '../../domain/asset.js';
import { PictureFault } from './picture-fault.js';
import { readPngSize } from './png.js';
import { cleanSvg } from './svg/clean-svg.js';

const MAX_PICTURE_BYTES = 512 * 1024;

/**
 * What it gives is given again, byte for byte, when it is read once more.
 * @param data base64
 * @throws PictureFault unless it is a real picture of a type that is served
 */
export function readPicture(type: string, data: string): MediaContent {
  if (type !== PNG_TYPE && type !== SVG_TYPE) throw new PictureFault('a type that is not served');
  const bytes = within(type, Buffer.from(data, 'base64'));
  // Written anew too: what stands behind the end of base64 is no part of the bytes, and would be given with them.
  if (type === PNG_TYPE) return { type, data: bytes.toString('base64'), ...readPngSize(bytes) };
  const clean = within(type, cleanSvg(bytes));
  return { type, data: clean.toString('base64'), width: null, height: null };
}

function within(type: string, bytes: Buffer): Buffer {
  if (bytes.length > MAX_PICTURE_BYTES) throw new PictureFault(`${type} that is too large`);
  return bytes;
}
