/** DER, and BER as Java and Windows write it, as far as keys and certificates need it. */

export interface Asn1 {
  readonly tag: number;
  /** Without tag and length. */
  readonly content: Buffer;
  readonly children: readonly Asn1[];
  /** With tag and length. */
  readonly whole: Buffer;
}

export const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31 } as const;

const CONSTRUCTED = 0x20;
const LONG_TAG = 0x1f;
const OPEN_LENGTH = 0x80;
const MOST_DEEP = 40;
const END = 2;

/** What begins the bytes; undefined when it is broken. What follows it (a line end, as a rule) is left. */
export function parseAsn1(bytes: Buffer): Asn1 | undefined {
  try {
    return read(bytes, MOST_DEEP);
  } catch {
    return undefined;
  }
}

/** @throws RangeError where the bytes end too early or mean something else */
function read(bytes: Buffer, levels: number): Asn1 {
  const tag = bytes.readUInt8(0);
  if (levels === 0 || (tag & LONG_TAG) === LONG_TAG) throw new RangeError('not of a key');
  const isConstructed = (tag & CONSTRUCTED) !== 0;
  const first = bytes.readUInt8(1);
  const more = first > OPEN_LENGTH ? first - OPEN_LENGTH : 0;
  const start = 2 + more;
  if (first === OPEN_LENGTH) {
    const children = isConstructed ? readUntil(bytes, start, isEnd, levels) : [];
    const end = start + lengthOf(children);
    return { tag, content: bytes.subarray(start, end), children, whole: bytes.subarray(0, end + END) };
  }
  const end = start + (more === 0 ? first : bytes.readUIntBE(2, more));
  if (end > bytes.length) throw new RangeError('cut short');
  const whole = bytes.subarray(0, end);
  const children = isConstructed ? readUntil(whole, start, (rest) => rest.length === 0, levels) : [];
  return { tag, content: whole.subarray(start), children, whole };
}

function readUntil(
  bytes: Buffer,
  start: number,
  isOver: (rest: Buffer) => boolean,
  levels: number,
): readonly Asn1[] {
  const children: Asn1[] = [];
  for (let rest = bytes.subarray(start); !isOver(rest); ) {
    const child = read(rest, levels - 1);
    children.push(child);
    rest = rest.subarray(child.whole.length);
  }
  return children;
}

function isEnd(rest: Buffer): boolean {
  return rest.readUInt16BE(0) === 0;
}

function lengthOf(children: readonly Asn1[]): number {
  return children.reduce((sum, { whole }) => sum + whole.length, 0);
}

/** Of an OCTET STRING, whole or in parts. */
export function octetsOf({ tag, content, children }: Asn1): Buffer {
  return (tag & CONSTRUCTED) === 0 ? content : Buffer.concat(children.map(octetsOf));
}

export function integerOf({ content }: Asn1): number {
  return content.length > 6 ? Number.POSITIVE_INFINITY : Number.parseInt(content.toString('hex') || '0', 16);
}

/** Like `1.2.840.113549.1.1.1`. */
export function oidOf({ content }: Asn1): string {
  const [first = 0, ...rest] = arcsOf(content);
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...rest].join('.');
}

function arcsOf(content: Buffer): number[] {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  return arcs;
}
