/** Bytes that two servers in a row could read differently, and the statuses that they are answered with. */

export const BODY = '{"query":"{__typename}"}';
export const TYPE = 'Content-Type: application/json';
const LENGTH = `Content-Length: ${BODY.length}`;
const CHUNK = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
const post = (headers: readonly string[], body = BODY, target = '/graphql') =>
  [`POST ${target} HTTP/1.1`, ...headers, '', body].join('\r\n');

interface Smuggle {
  readonly bytes: string | Buffer;
  /** Statuses in the order of the answers. */
  readonly statuses: readonly number[];
}

/** `HOST` stands for the gateway's own. */
export const SMUGGLED: Readonly<Record<string, Smuggle>> = {
  'length and chunks': {
    bytes: post(['Host: HOST', TYPE, LENGTH, 'Transfer-Encoding: chunked'], CHUNK),
    statuses: [400],
  },
  'chunks and length': {
    bytes: post(['Host: HOST', TYPE, 'Transfer-Encoding: chunked', 'Content-Length: 4'], CHUNK),
    statuses: [400],
  },
  'the same length twice': { bytes: post(['Host: HOST', TYPE, LENGTH, LENGTH]), statuses: [400] },
  'two lengths': { bytes: post(['Host: HOST', TYPE, LENGTH, 'Content-Length: 3']), statuses: [400] },
  'chunked, identity': {
    bytes: post(['Host: HOST', TYPE, 'Transfer-Encoding: chunked, identity'], CHUNK),
    statuses: [400],
  },
  xchunked: { bytes: post(['Host: HOST', TYPE, 'Transfer-Encoding: xchunked'], CHUNK), statuses: [400] },
  'a blank before the colon': {
    bytes: post(['Host: HOST', TYPE, `Content-Length : ${BODY.length}`]),
    statuses: [400],
  },
  'a header folded over two lines': {
    bytes: post(['Host: HOST', TYPE, 'X-A: 1\r\n 2', LENGTH]),
    statuses: [400],
  },
  'bare line feeds': { bytes: post(['Host: HOST', TYPE, LENGTH]).replaceAll('\r\n', '\n'), statuses: [400] },
  'a bare carriage return': { bytes: post(['Host: HOST', TYPE, 'X-A: 1\rX-B: 2', LENGTH]), statuses: [400] },
  NUL: { bytes: post(['Host: HOST', TYPE, 'X-A: 1\u00002', LENGTH]), statuses: [400] },
  'no Host': { bytes: post([TYPE, LENGTH]), statuses: [400] },
  'no Host in HTTP/1.0': { bytes: post([TYPE, LENGTH]).replace('1.1', '1.0'), statuses: [400] },
  'two Hosts': { bytes: post(['Host: HOST', 'Host: evil.example', TYPE, LENGTH]), statuses: [400] },
  'the same Host twice': { bytes: post(['Host: HOST', 'Host: HOST', TYPE, LENGTH]), statuses: [400] },
  'an empty Host': { bytes: post(['Host:', TYPE, LENGTH]), statuses: [400] },
  'a Host with a path': { bytes: post(['Host: HOST/evil', TYPE, LENGTH]), statuses: [400] },
  'a Host with a user': { bytes: post(['Host: me@HOST', TYPE, LENGTH]), statuses: [400] },
  'a Host with blanks': { bytes: post(['Host: HOST evil.example', TYPE, LENGTH]), statuses: [400] },
  'a Host whose port is none': { bytes: post(['Host: 127.0.0.1:99999', TYPE, LENGTH]), statuses: [400] },
  'chunks that end in line feeds': {
    bytes: post(['Host: HOST', TYPE, 'Transfer-Encoding: chunked'], CHUNK.replaceAll('\r\n', '\n')),
    statuses: [400],
  },
  'a length with a sign': { bytes: post(['Host: HOST', TYPE, 'Content-Length: +3']), statuses: [400] },
  'a length in hex': { bytes: post(['Host: HOST', TYPE, 'Content-Length: 0x3']), statuses: [400] },
  'a length below nothing': { bytes: post(['Host: HOST', TYPE, 'Content-Length: -1']), statuses: [400] },
  'the preface of HTTP/2': { bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', statuses: [400] },
  TLS: { bytes: Buffer.from('16030100c8010000c403030000000000', 'hex'), statuses: [400] },
  'an absolute target': {
    bytes: post(['Host: HOST', TYPE, LENGTH], BODY, 'http://HOST/graphql'),
    statuses: [400],
  },
  'an absolute target elsewhere': {
    bytes: post(['Host: HOST', TYPE, LENGTH], BODY, 'http://evil.example/graphql'),
    statuses: [400],
  },
  'an asterisk': { bytes: post(['Host: HOST'], '', '*').replace('POST', 'OPTIONS'), statuses: [400] },
  'a version that is not there': {
    bytes: post(['Host: HOST', TYPE, LENGTH]).replace('1.1', '9.9'),
    statuses: [400],
  },
  'a method that is not there': {
    bytes: post(['Host: HOST', TYPE, LENGTH]).replace('POST', 'BREW'),
    statuses: [400],
  },
  'a request after a garbled one': {
    bytes: `${post(['Host: HOST', TYPE, 'Content-Length: x'])}${post(['Host: HOST', TYPE, LENGTH])}`,
    statuses: [400],
  },
  // What is not ambiguous is served.
  'chunks with an extension': {
    bytes: post(['Host: HOST', TYPE, 'Transfer-Encoding: chunked'], CHUNK.replace('\r\n', ';a=b\r\n')),
    statuses: [200],
  },
  'an upgrade to h2c': {
    bytes: post([
      'Host: HOST',
      TYPE,
      LENGTH,
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABk',
    ]),
    statuses: [200],
  },
  'three in a row': { bytes: post(['Host: HOST', TYPE, LENGTH]).repeat(3), statuses: [200, 200, 200] },
};
