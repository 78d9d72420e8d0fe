/** Reads a PNG chunk by chunk: whole, nothing damaged, nothing behind its end. */
import { crc32 } from 'node:zlib';
import { PictureFault } from './picture-fault.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Length and name before a chunk's data, CRC behind it. */
const CHUNK_FRAME_BYTES = 12;
export const MAX_PIXELS = 4096;

/** Those that a reader has to understand; it must refuse any other with a capital first letter. */
const CRITICAL = /^(?:IHDR|PLTE|IDAT|IEND)$/;
const CHUNK_NAME = /^[A-Za-z]{2}[A-Z][A-Za-z]$/;

/** By colour type: grey, RGB, palette, grey with alpha, RGB with alpha. */
const BIT_DEPTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);
const PALETTE = 3;

interface Chunk {
  readonly name: string;
  readonly data: Buffer;
}

/** @throws PictureFault unless it is a PNG */
export function readPngSize(bytes: Buffer): { readonly width: number; readonly height: number } {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw fault('without its signature');
  const chunks = readChunks(bytes);
  const names = chunks.map(({ name }) => name);
  const [header] = chunks;
  if (header?.name !== 'IHDR' || header.data.length !== 13) throw fault('without a header');
  if (names.lastIndexOf('IHDR') > 0) throw fault('with two headers');
  const firstData = names.indexOf('IDAT');
  const lastData = names.lastIndexOf('IDAT');
  if (firstData < 0) throw fault('without pixels');
  if (!names.slice(firstData, lastData).every((name) => name === 'IDAT')) throw fault('in pieces');
  const { width, height, colourType } = readHeader(header.data);
  const palette = names.indexOf('PLTE');
  if (palette > firstData || (colourType === PALETTE && palette < 0)) throw fault('without a palette');
  return { width, height };
}

/** Up to IEND, which has to be the last. */
function readChunks(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < bytes.length; ) {
    const { name, data } = readChunk(bytes, at);
    at += data.length + CHUNK_FRAME_BYTES;
    chunks.push({ name, data });
    if (name !== 'IEND') continue;
    if (data.length > 0 || at < bytes.length) throw fault('with something behind its end');
    return chunks;
  }
  throw fault('without an end');
}

function readChunk(bytes: Buffer, at: number): Chunk {
  const left = bytes.length - at - CHUNK_FRAME_BYTES;
  const length = left < 0 ? 0 : bytes.readUInt32BE(at);
  if (length > left) throw fault('that is cut off');
  const name = bytes.toString('latin1', at + 4, at + 8);
  const isCritical = /^[A-Z]/.test(name);
  if (!CHUNK_NAME.test(name) || (isCritical && !CRITICAL.test(name))) throw fault('with an unknown chunk');
  const data = bytes.subarray(at + 8, at + 8 + length);
  if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length)) {
    throw fault('that is damaged');
  }
  return { name, data };
}

function readHeader(data: Buffer): { width: number; height: number; colourType: number } {
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
  const [bitDepth = 0, colourType = -1, compression, filter, interlace = -1] = data.subarray(8);
  const isKnown = BIT_DEPTHS.get(colourType)?.includes(bitDepth) ?? false;
  if (!isKnown || compression !== 0 || filter !== 0 || ![0, 1].includes(interlace)) {
    throw fault('with an unknown header');
  }
  if (![width, height].every((pixels) => pixels >= 1 && pixels <= MAX_PIXELS)) {
    throw fault('of an impossible size');
  }
  return { width, height, colourType };
}

function fault(what: string): PictureFault {
  return new PictureFault(`image/png ${what}`);
}
