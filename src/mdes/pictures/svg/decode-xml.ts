/** The text of an XML file, in whatever encoding it shows or says that it is. */
import { svgFault } from './svg-fault.js';

const DECLARED = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;

/** @throws PictureFault when it is not text of that encoding */
export function decodeXml(bytes: Buffer): string {
  const encoding = shown(bytes) ?? declared(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw svgFault('that is no text of its encoding');
  }
}

/** By its byte order mark, or by how its first `<` is written. */
function shown(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 2).toString('hex');
  if (start === 'fffe' || start === '3c00') return 'utf-16le';
  if (start === 'feff' || start === '003c') return 'utf-16be';
  return bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? 'utf-8' : undefined;
}

/** That it is UTF-16 is not so when it was not seen above: some programs write it over UTF-8. */
function declared(bytes: Buffer): string {
  const [, encoding = 'utf-8'] = DECLARED.exec(bytes.toString('latin1', 0, 200)) ?? [];
  return /^(?:utf-16|ucs-2|iso-10646-ucs)/i.test(encoding) ? 'utf-8' : encoding;
}
