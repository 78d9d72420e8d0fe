/** Tells a logo from anything else that MDES might hand out as one. Bytes that pass are served as they came. */
import type { MediaContent } from '../../domain/asset.js';
import { PictureFault } from './picture-fault.js';
import { readPngSize } from './png.js';
import { checkSvg } from './svg.js';

const MAX_PICTURE_BYTES = 512 * 1024;

/**
 * @param data base64
 * @throws PictureFault unless it is a real picture of a type that is served
 */
export function readPicture(type: string, data: string): MediaContent {
  if (type !== 'image/png' && type !== 'image/svg+xml') throw new PictureFault('a type that is not served');
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > MAX_PICTURE_BYTES) throw new PictureFault(`${type} that is too large`);
  if (type === 'image/png') return { type, data, ...readPngSize(bytes) };
  checkSvg(bytes);
  return { type, data, width: null, height: null };
}
