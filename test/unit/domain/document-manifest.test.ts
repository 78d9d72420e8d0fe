/** Manifests as the tools write them, and as they must not be: what is wrong is said, with the mend. */
import { describe, expect, it } from '@jest/globals';
import { parseManifest } from '../../../src/domain/document-manifest.js';

const apollo = (operations: unknown, more: object = {}) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations, ...more });
const operation = (id: unknown, body: unknown) => ({ id, name: 'A', type: 'query', body });

describe('a manifest', () => {
  it.each<[string, string, [string, string][]]>([
    [
      "of graphql-codegen's",
      '{"5f2b":"query A { a }","77aa":"{ b }"}',
      [
        ['5f2b', 'query A { a }'],
        ['77aa', '{ b }'],
      ],
    ],
    ["of Relay's", '{"0a1b2c":"query A {\\n  a\\n}\\n"}', [['0a1b2c', 'query A {\n  a\n}\n']]],
    [
      "of Apollo's",
      apollo([operation('x', '{ a }'), operation('y', '{ b }')]),
      [
        ['x', '{ a }'],
        ['y', '{ b }'],
      ],
    ],
    [
      'of Apollo’s, of a later tool',
      apollo([{ ...operation('x', '{ a }'), clientName: 'ios' }], { more: 1 }),
      [['x', '{ a }']],
    ],
    ['with a byte order mark', '\uFEFF{"x":"{ a }"}', [['x', '{ a }']]],
    ['with the same twice', '{"x":"{ a }","x":"{ a }"}', [['x', '{ a }']]],
    [
      'with names of the prototype',
      '{"__proto__":"{ a }","constructor":"{ b }"}',
      [
        ['__proto__', '{ a }'],
        ['constructor', '{ b }'],
      ],
    ],
    ['with a document under the id operations', '{"operations":"{ a }"}', [['operations', '{ a }']]],
  ])('%s', (_name, text, expected) => {
    expect([...parseManifest(text)]).toEqual(expected);
  });

  it.each<[string, string, RegExp]>([
    ['nothing', '', /^it is not JSON: write it anew/],
    ['half of it', '{"x":"{ a }"', /not JSON/],
    ['rubbish', '\u0000\u0001', /not JSON/],
    ['deep JSON', '['.repeat(200_000), /not JSON/],
    ['a list', '[]', /no manifest/],
    ['a list of pairs', '[["x","{ a }"]]', /no manifest/],
    ['null', 'null', /no manifest/],
    ['a text', '"{ a }"', /no manifest/],
    ['no document', '{}', /holds no document/],
    ['no operation', apollo([]), /holds no document/],
    ['another version', apollo([operation('x', '{ a }')], { version: 2 }), /version 1/],
    ['another format', apollo([operation('x', '{ a }')], { format: 'other' }), /version 1/],
    ['operations in an object', apollo({ x: '{ a }' }), /version 1/],
    ['an operation without body', apollo([{ id: 'x' }]), /an id and a body/],
    ['a number as id', apollo([operation(7, '{ a }')]), /an id and a body/],
    ['an object as document', '{"x":{"query":"{ a }"}}', /under the id "x" is no document/],
    ['a number as document', '{"x":"{ a }","y":7}', /under the id "y" is no document/],
    ['an empty id', '{"":"{ a }"}', /an id is empty/],
    ['a long id', JSON.stringify({ ['x'.repeat(257)]: '{ a }' }), /longer than 256/],
    ['two documents of one id', '{"x":"{ a }","x":"{ b }"}', /two documents have the id "x"/],
    [
      'two operations of one id',
      apollo([operation('x', '{ a }'), operation('x', '{ b }')]),
      /two documents have the id "x"/,
    ],
    ['a huge document', JSON.stringify({ x: 'a'.repeat(50_001) }), /larger than a request may be/],
    [
      '5,001 documents',
      JSON.stringify(Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`x${n}`, '{ a }']))),
      /more than 5000/,
    ],
  ])('is refused with %s', (_name, text, message) => {
    expect(() => parseManifest(text)).toThrow(message);
  });
});
