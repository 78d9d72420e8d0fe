/** Which document a request means: ids of every odd form are no ids, and never something of a prototype. */
import { describe, expect, it } from '@jest/globals';
import { type NamedDocument, namedDocument } from '../../../src/server/trusted-documents/named-document.js';

const text = (of: string): NamedDocument => ({ kind: 'TEXT', text: of });
const id = (of: string, isHash = false): NamedDocument => ({ kind: 'ID', id: of, isHash });
const apq = (sha256Hash: unknown) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const [NONE, ODD] = [{ kind: 'NONE' }, { kind: 'ODD_ID' }] as const;

describe('a request', () => {
  it.each<[string, unknown, NamedDocument]>([
    ['a text', { query: '{a}' }, text('{a}')],
    ['a text beside an id', { query: '{a}', documentId: 'x' }, text('{a}')],
    ['a text beside a hash', { query: '{a}', ...apq('x') }, text('{a}')],
    ['a text beside rubbish', { query: '{a}', id: 7, doc_id: [] }, text('{a}')],
    ['documentId', { documentId: 'x' }, id('x')],
    ['id', { id: 'x' }, id('x')],
    ['doc_id', { doc_id: 'x' }, id('x')],
    ['a hash', apq('x'), id('x', true)],
    ['a hash as text', { extensions: JSON.stringify(apq('x').extensions) }, id('x', true)],
    ['an id beside no text', { query: null, id: 'x' }, id('x')],
    ['an id beside an empty text', { query: '', documentId: 'x' }, id('x')],
    ['the same id twice', { documentId: 'x', ...apq('x') }, id('x', true)],
    ['the longest id', { id: 'x'.repeat(256) }, id('x'.repeat(256))],
    ['a name of the prototype', { id: '__proto__' }, id('__proto__')],
    ['two ids', { documentId: 'x', id: 'y' }, ODD],
    ['an id and another hash', { documentId: 'x', ...apq('y') }, ODD],
    ['a number', { documentId: 7 }, ODD],
    ['nought', { id: 0 }, ODD],
    ['false', { id: false }, ODD],
    ['a list', { id: ['x'] }, ODD],
    ['an object', { doc_id: { x: 1 } }, ODD],
    ['a long id', { id: 'x'.repeat(257) }, ODD],
    ['a huge id', { id: 'x'.repeat(45_000) }, ODD],
    ['a number for a hash', apq(7), ODD],
    ['a text for a hash and a list for an id', { ...apq('x'), id: [] }, ODD],
    ['an id as JSON would not have it', JSON.parse('{"__proto__":{"documentId":"x"}}'), NONE],
    ['an id of a prototype', Object.create({ documentId: 'x' }), NONE],
    ['nothing', {}, NONE],
    ['nulls', { query: null, id: null, documentId: null, extensions: null }, NONE],
    ['a text that is none', { query: 7, id: 'x' }, NONE],
    ['texts', { query: ['{a}', '{b}'] }, NONE],
    ['extensions that are none', { extensions: '{' }, NONE],
    ['extensions in a list', { extensions: [apq('x')] }, NONE],
    ['other extensions', { extensions: { persistedQuery: [] } }, NONE],
    ['a list', [{ id: 'x' }], NONE],
    ['a bare text', 'x', NONE],
    ['null', null, NONE],
    ['undefined', undefined, NONE],
  ])('with %s', (_name, members, expected) => {
    expect(namedDocument(members)).toEqual(expected);
  });
});
