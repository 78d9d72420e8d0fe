/** Reads the size of a JPEG that lies inside an SVG, and sees that it is quickly drawn. */
import { PictureFault } from './picture-fault.js';
import { MAX_PIXELS } from './png.js';

/** Each goes over the whole picture again; cameras write ten. */
const MAX_SCANS = 100;
const START_OF_SCAN = Buffer.from('ffda', 'hex');

/** Markers that may come first: each says how long it is. APP0 to APP15, a comment, tables. */
const BEFORE_FRAME = /^ff(?:e.|fe|db|c4|cc|dd)$/;

/** @throws PictureFault unless it begins as a JPEG does */
export function readJpegSize(bytes: Buffer): { readonly width: number; readonly height: number } {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) throw fault('without its signature');
  if (scansOf(bytes) > MAX_SCANS) throw fault('with too many scans');
  for (let at = 2; at + 9 <= bytes.length; ) {
    const marker = bytes.readUInt16BE(at);
    if (isFrame(marker)) return sizeOf(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    if (!BEFORE_FRAME.test(marker.toString(16))) break;
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw fault('without a size');
}

/** SOF0 to SOF15, between which three other markers stand. */
function isFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
}

function sizeOf(width: number, height: number) {
  if (![width, height].every((pixels) => pixels >= 1 && pixels <= MAX_PIXELS)) {
    throw fault('of an impossible size');
  }
  return { width, height };
}

function scansOf(bytes: Buffer): number {
  let scans = 0;
  for (let at = bytes.indexOf(START_OF_SCAN); at >= 0; at = bytes.indexOf(START_OF_SCAN, at + 2)) scans++;
  return scans;
}

function fault(what: string): PictureFault {
  return new PictureFault(`image/jpeg ${what}`);
}
