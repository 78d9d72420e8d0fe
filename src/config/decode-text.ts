/** Text as editors save it: UTF-8, or UTF-16 as Windows writes it, with or without a byte order mark. */

export function decodeText(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (first === 0xfe && second === 0xff) return bigEndian(bytes.subarray(2));
  // Without a mark: what begins with a letter of ASCII.
  if (first !== undefined && first !== 0 && second === 0) return bytes.toString('utf16le');
  if (first === 0 && second !== undefined && second !== 0) return bigEndian(bytes);
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

export function bigEndian(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString('utf16le');
}
