/** URLs: how a query is joined to them, and which schemes are dangerous. */
import { describe, expect, it } from '@jest/globals';
import { inBatches } from '../../../src/domain/answers.js';
import { isDangerous, isIntent, withOnly, withQuery } from '../../../src/domain/url.js';

describe('a query that is joined to a URL', () => {
  it.each([
    ['moonbank://back', 'moonbank://back?a=1'],
    ['https://b.example/?', 'https://b.example/?a=1'],
    ['https://b.example/?x=%20y', 'https://b.example/?x=%20y&a=1'],
    ['https://b.example/?x=y&', 'https://b.example/?x=y&a=1'],
    ['https://b.example/?x=?', 'https://b.example/?x=?&a=1'],
    ['https://b.example/p#top', 'https://b.example/p?a=1#top'],
    ['https://b.example/p#', 'https://b.example/p?a=1#'],
    ['https://b.example/p#a#b?', 'https://b.example/p?a=1#a#b?'],
  ])('leaves %s as it was written', (uri, joined) => {
    expect(withQuery(uri, 'a=1')).toBe(joined);
  });
});

describe('parameters that are ours to say', () => {
  it.each([
    ['moonbank://back', 'moonbank://back?a=1&b=2'],
    ['https://b.example/?', 'https://b.example/?a=1&b=2'],
    ['https://b.example/?b=9&x=y&%61=8', 'https://b.example/?x=y&a=1&b=2'],
    ['https://b.example/?x=?&a', 'https://b.example/?x=?&a=1&b=2'],
    ['https://b.example/?a=9#top', 'https://b.example/?a=1&b=2#top'],
    ['https://b.example/p#top?a=9', 'https://b.example/p?a=1&b=2#top?a=9'],
  ])('take the place of those of the same name in %s', (uri, joined) => {
    expect(withOnly(uri, { a: '1', b: '2' })).toBe(joined);
  });
});

describe('a scheme that is not followed', () => {
  it.each(['javascript:alert(1)', 'JAVASCRIPT:x', 'data:,x', 'content://x', 'view-source:https://b.example'])(
    'runs code or reads files: %s',
    (uri) => {
      expect(isDangerous(uri)).toBe(true);
    },
  );

  it('is an intent only for those who ask', () => {
    expect(isDangerous('intent://add#Intent;end')).toBe(false);
    expect(isIntent('Intent://add#Intent;end')).toBe(true);
  });

  it('is no app whose name merely begins so', () => {
    expect(isDangerous('database://x')).toBe(false);
    expect(isIntent('intentional://x')).toBe(false);
  });
});

describe('batches', () => {
  it('hold all in their order, the last what is left', () => {
    expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inBatches([1, 2], 2)).toEqual([[1, 2]]);
    expect(inBatches([], 2)).toEqual([]);
  });
});
