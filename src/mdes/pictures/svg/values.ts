/** Values of attributes and styles: which addresses stand in them, and whether they may be kept. */
import { readJpegSize } from '../jpeg.js';
import { readPngSize } from '../png.js';
import { FUNCTIONS } from './names.js';
import { svgFault } from './svg-fault.js';

/** Functions of CSS that fetch, besides `url`. */
const FETCHING: ReadonlySet<string> = new Set([
  'image',
  'image-set',
  '-webkit-image-set',
  'src',
  'cross-fade',
]);
const NAME_BEFORE = /[\w-]*$/;
const LONGEST_NAME = 24;
/** The paint of whatever refers to it, so that a pattern would be drawn at each point of a line: nothing of a logo. */
const BORROWED = /\bcontext-(?:fill|stroke)\b/i;
/** A style sheet says one for thousands of elements. */
const LONGEST_VALUE = 16_384;
const EMBEDDED = /^data:image\/(png|jpe?g)(?:;charset=[\w-]+)?;base64,/i;
const BASE64 = /^[A-Za-z0-9+/=\s]*$/;

/** A picture inside the picture, and how many pixels that is. */
export interface Embedded {
  readonly kind: 'EMBEDDED';
  readonly pixels: number;
}

/** An element of the picture itself. */
interface Local {
  readonly kind: 'LOCAL';
  readonly id: string;
}

export type Address = Embedded | Local;

/** undefined: of anything else. @throws PictureFault when a picture inside is none */
export function readAddress(address: string): Address | undefined {
  // Browsers leave tabs and line ends out of an address.
  if (/^#[^<>"']+$/.test(address)) return { kind: 'LOCAL', id: address.slice(1).replaceAll(/[\t\n\r]/g, '') };
  const [start, format] = EMBEDDED.exec(address) ?? [];
  if (start === undefined || format === undefined) return undefined;
  const text = address.slice(start.length);
  if (!BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const { width, height } = format.toLowerCase() === 'png' ? readPngSize(bytes) : readJpegSize(bytes);
  return { kind: 'EMBEDDED', pixels: width * height };
}

/**
 * undefined: it is nothing that a drawing says, and is to be left out.
 * @throws PictureFault when it reaches elsewhere
 */
export function addressesIn(value: string): Address[] | undefined {
  if (value.includes('\\')) throw reaching();
  if (value.length > LONGEST_VALUE || /[<>{}@]/.test(value) || BORROWED.test(value)) return undefined;
  const found: Address[] = [];
  let isUnderstood = true;
  for (let open = value.indexOf('('); open >= 0; ) {
    const [name = ''] = NAME_BEFORE.exec(value.slice(Math.max(0, open - LONGEST_NAME), open)) ?? [];
    const called = name.toLowerCase();
    let next = open + 1;
    if (called === 'url') {
      next = value.indexOf(')', open);
      if (next < 0) throw reaching();
      found.push(readUrl(value.slice(open + 1, next)));
    } else if (FETCHING.has(called)) throw reaching();
    else if (!FUNCTIONS.has(called)) isUnderstood = false;
    open = value.indexOf('(', next);
  }
  return isUnderstood ? found : undefined;
}

function readUrl(text: string): Address {
  const inside = text.trim();
  const quote = /^["']/.exec(inside)?.[0] ?? '';
  const isWhole = inside.length > 2 * quote.length && inside.endsWith(quote);
  const address = inside.slice(quote.length, inside.length - quote.length);
  if (!isWhole || /["'(]/.test(address) || (quote === '' && /\s/.test(address))) throw reaching();
  const read = readAddress(address);
  if (read === undefined) throw reaching();
  return read;
}

function reaching(): Error {
  return svgFault('with a style that reaches elsewhere');
}
