/** A picture as it is read, and what is wrong with one that is none. */
import { readPicture } from '../../../src/mdes/pictures/picture.js';
import { PictureFault } from '../../../src/mdes/pictures/picture-fault.js';
import { pngChunk } from '../../support/pictures.js';

export const PNG = 'image/png';
export const SVG = 'image/svg+xml';
export const END = pngChunk('IEND');

export function read(type: string, bytes: Buffer | string) {
  return readPicture(type, Buffer.from(bytes).toString('base64'));
}

/** What is wrong with it, for the log. */
export function faultOf(type: string, bytes: Buffer | string): string {
  try {
    read(type, bytes);
  } catch (error) {
    if (error instanceof PictureFault) return error.message;
    throw error;
  }
  throw new Error('it is taken for a picture');
}

export const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};
