/** Bytes in the coding that a client takes: which one that is, and that each is made once. */
import * as zlib from 'node:zlib';
import { expect, it } from '@jest/globals';
import { EncodedBytes } from '../../../src/server/pipeline/encoded-bytes.js';

const TEXT = Buffer.from('wallets and merchants, '.repeat(200));
const zstd = 'zstdDecompressSync' in zlib ? 'zstd' : null;

it.each<[string | undefined, string | null]>([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['compress, deflate', null],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['BR', 'br'],
  ['zstd', zstd],
  ['zstd, gzip;q=0.5', zstd ?? 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0.1, gzip;q=0.9', 'gzip'],
  ['br ; q=0.5 , gzip ; q=0.4', 'br'],
  ['*', 'br'],
  ['*;q=0', null],
  ['br;q=0, *', zstd ?? 'gzip'],
  ['identity, br;q=0.5', null],
  ['gzip;q=x', null],
  ['gzip;q=-1', null],
  [`${'x, '.repeat(2000)}gzip`, 'gzip'],
])('who accepts %p gets %p', (accepted, coding) => {
  expect(new EncodedBytes(TEXT).codingFor(accepted)).toBe(coding);
});

it('packs nothing that is short or packed already', () => {
  expect(new EncodedBytes(Buffer.from('{}')).codingFor('br')).toBeNull();
  expect(new EncodedBytes(TEXT, { packed: true }).codingFor('br')).toBeNull();
});

it('gives what unpacks to the same bytes, and makes each once', async () => {
  const sizes: number[] = [];
  const bytes: EncodedBytes = new EncodedBytes(TEXT, { onGrown: () => sizes.push(bytes.size) });
  const [br, same, gzip] = await Promise.all([bytes.in('br'), bytes.in('br'), bytes.in('gzip')]);
  expect(zlib.brotliDecompressSync(br).equals(TEXT)).toBe(true);
  expect(zlib.gunzipSync(gzip).equals(TEXT)).toBe(true);
  expect([same, bytes.in('br'), bytes.in('gzip')]).toEqual([br, br, gzip]);
  expect(bytes.in('br')).toBe(br);
  expect(bytes.in(null)).toBe(TEXT);
  expect(bytes.size).toBe(TEXT.length + br.length + gzip.length);
  expect([sizes.length, sizes.at(-1)]).toEqual([2, bytes.size]);
});

it('names each coding of the same bytes by itself, and other bytes otherwise', () => {
  const tags = [TEXT, Buffer.from('other')].flatMap((plain) =>
    ([null, 'br', 'gzip'] as const).map((coding) => new EncodedBytes(plain).etag(coding)),
  );
  expect(new Set(tags).size).toBe(tags.length);
  expect(tags.every((tag) => /^"[\w-]+"$/.test(tag))).toBe(true);
  expect(new EncodedBytes(TEXT).etag('br')).toBe(tags[1]);
});
