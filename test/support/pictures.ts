/** Pictures made by hand, so that a test can break them at any one place. */
import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

interface PngParts {
  readonly width?: number;
  readonly height?: number;
  readonly bitDepth?: number;
  readonly colourType?: number;
}

export function pngChunk(name: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, crc]);
}

export function pngHeader({ width = 2, height = 3, bitDepth = 8, colourType = 6 }: PngParts = {}): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = bitDepth;
  data[9] = colourType;
  return pngChunk('IHDR', data);
}

/** Red, green, blue and alpha of every pixel are 0. */
export function pngPixels({ width = 2, height = 3 }: PngParts = {}): Buffer {
  return pngChunk('IDAT', deflateSync(Buffer.alloc(height * (1 + width * 4))));
}

export function pngOf(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([SIGNATURE, ...chunks]);
}

/** Whole, transparent, RGBA; `more` comes before the pixels. */
export function makePng(parts: PngParts = {}, ...more: readonly Buffer[]): Buffer {
  return pngOf(pngHeader(parts), ...more, pngPixels(parts), pngChunk('IEND'));
}

/** With `inside` in its root element. */
export function makeSvg(inside: string, attributes = ''): Buffer {
  const namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
  return Buffer.from(`<svg ${namespaces} viewBox="0 0 10 10" ${attributes}>${inside}</svg>`);
}

/** As MDES sends it. */
export function mediaContent(type: string, bytes: Buffer): { readonly type: string; readonly data: string } {
  return { type, data: bytes.toString('base64') };
}
