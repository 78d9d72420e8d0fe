/** What becomes of a file on its way through editors, secret stores and env files. */

export type Transport = readonly [name: string, change: (file: Buffer) => Buffer];

const text = (name: string, change: (text: string) => string | Buffer): Transport => [
  name,
  (file) => Buffer.from(change(file.toString('latin1')) as string),
];

const wrapped = (base64: string) => base64.replace(/.{76}/g, '$&\n');

export const OF_TEXT: readonly Transport[] = [
  text('as it is', (pem) => pem),
  text('CRLF', (pem) => pem.replaceAll('\n', '\r\n')),
  text('CR alone', (pem) => pem.replaceAll('\n', '\r')),
  text('byte order mark', (pem) => `\ufeff${pem}`),
  text('UTF-16 as Windows writes it', (pem) => Buffer.from(`\ufeff${pem}`, 'utf16le')),
  text('UTF-16, big end first', (pem) => Buffer.from(`\ufeff${pem}`, 'utf16le').swap16()),
  text('UTF-16 without a mark', (pem) => Buffer.from(pem, 'utf16le')),
  text('blanks for line ends', (pem) => pem.replaceAll('\n', ' ')),
  text('no line ends at all', (pem) => pem.trim().replace(/(?<![A-Z]-----)\n(?!-----END|\n)/g, '')),
  text('\\n for line ends', (pem) => pem.replaceAll('\n', '\\n')),
  text('\\r\\n for line ends', (pem) => pem.replaceAll('\n', '\\r\\n')),
  text('\\\\n for line ends', (pem) => pem.replaceAll('\n', '\\\\n')),
  text('double quotes', (pem) => `"${pem.trim()}"\n`),
  text('single quotes and \\n', (pem) => `'${pem.trim().replaceAll('\n', '\\n')}'`),
  text('indented', (pem) => pem.replace(/^/gm, '    ')),
  text('blanks around', (pem) => `\n\n  ${pem}  \n\n`),
  text('words around', (pem) => `Bag Attributes\n    localKeyID: 01\n${pem}\n-- the bank`),
  text('base64', (pem) => Buffer.from(pem).toString('base64')),
  text('base64 in lines, CRLF', (pem) =>
    wrapped(Buffer.from(pem).toString('base64')).replaceAll('\n', '\r\n'),
  ),
  text('base64 twice', (pem) => Buffer.from(Buffer.from(pem).toString('base64')).toString('base64')),
];

export const OF_BYTES: readonly Transport[] = [
  ['as it is', (file) => file],
  ['a line end after it', (file) => Buffer.concat([file, Buffer.from('\r\n')])],
  ['base64', (file) => Buffer.from(file.toString('base64'))],
  ['base64url', (file) => Buffer.from(file.toString('base64url'))],
  ['base64 in lines', (file) => Buffer.from(`${wrapped(file.toString('base64'))}\n`)],
  [
    'base64 in quotes, with \\n',
    (file) => Buffer.from(`"${wrapped(file.toString('base64')).replaceAll('\n', '\\n')}"`),
  ],
  ['base64 twice', (file) => Buffer.from(Buffer.from(file.toString('base64')).toString('base64'))],
  ['base64 in UTF-16', (file) => Buffer.from(`\ufeff${file.toString('base64')}`, 'utf16le')],
];

/** As Java and Windows write it: lengths open, octets in parts. */
export function asBer(der: Buffer): Buffer {
  const tag = der.readUInt8(0);
  const { start, end } = extentOf(der);
  const content = der.subarray(start, end);
  const END = Buffer.alloc(2);
  if (tag === 0x04 && content.length > 200) {
    const halves = [content.subarray(0, 100), content.subarray(100)].map(octets);
    return Buffer.concat([Buffer.from([0x24, 0x80]), ...halves, END]);
  }
  if ((tag & 0x20) === 0) return der.subarray(0, end);
  const children: Buffer[] = [];
  for (let at = start; at < end; at += extentOf(der.subarray(at)).end)
    children.push(asBer(der.subarray(at, end)));
  return Buffer.concat([Buffer.from([tag, 0x80]), ...children, END]);
}

function octets(part: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x04, 0x82, part.length >> 8, part.length & 0xff]), part]);
}

function extentOf(der: Buffer): { readonly start: number; readonly end: number } {
  const first = der.readUInt8(1);
  const more = first > 0x80 ? first - 0x80 : 0;
  const length = more === 0 ? first : der.readUIntBE(2, more);
  return { start: 2 + more, end: 2 + more + length };
}
