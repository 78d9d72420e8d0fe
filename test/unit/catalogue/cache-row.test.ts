/** How an entry is kept: what can be, for how long, and what is read back from garbage. */
import { describe, expect, test } from '@jest/globals';
import { decode, encode, keep, type Row, toRow } from '../../../src/catalogue/cache/row.js';

const NOW = 1_700_000_000_000;
const YEAR_MS = 365 * 24 * 3_600_000;

function row(value: unknown, ttlMs = 1000): Row {
  const made = toRow({ key: 'k', value, ttlMs }, NOW);
  if (made === undefined) throw new Error('could not be kept');
  return made;
}

describe('the lifetime of an entry', () => {
  test.each([
    [1000.5, 1001],
    [0.4, 1],
    [0, 1],
    [-5, 1],
    [Number.POSITIVE_INFINITY, YEAR_MS],
    [Number.MAX_VALUE, YEAR_MS],
    [Number.NEGATIVE_INFINITY, 1],
  ])('of %p ms is an integer of at least 1 and has an end', (ttlMs, kept) => {
    expect(row('v', ttlMs).expiresAt).toBe(NOW + kept);
  });

  test('that is no number keeps nothing', () => {
    expect(toRow({ key: 'k', value: 'v', ttlMs: Number.NaN }, NOW)).toBeUndefined();
  });
});

describe('a value', () => {
  test.each([{ a: [1, 'ü', null] }, [], 0, '', null, false, ':base64:AAAA'])(
    '%j comes back as it went in',
    (value) => {
      expect(decode(encode(row(value)), NOW)?.value).toEqual(value);
      expect(keep(row(value)).value).toEqual(value);
    },
  );

  test('that JSON cannot say is not kept', () => {
    const circular: unknown[] = [];
    circular.push(circular);
    const hostile = { toJSON: () => JSON.parse('{') };
    for (const value of [10n, circular, undefined, () => 1, Symbol('s'), hostile]) {
      expect(toRow({ key: 'k', value, ttlMs: 1000 }, NOW)).toBeUndefined();
    }
  });

  test('is a copy that no reader can change', () => {
    const original = { list: [{ a: 1 }] };
    const kept = keep(row(original)).value;
    original.list.push({ a: 2 });
    expect(kept).toEqual({ list: [{ a: 1 }] });
    expect(Object.isFrozen((kept as typeof original).list[0])).toBe(true);
    expect(() => (kept as typeof original).list.push({ a: 3 })).toThrow(TypeError);
  });
});

describe('a row from a store that may hold anything', () => {
  const good = encode(row({ a: 1 }));

  test.each([
    ['nothing', ''],
    ['no JSON', 'garbage'],
    ['truncated JSON', good.slice(0, -5)],
    ['a number', '123'],
    ['null', 'null'],
    ['a string', '"x"'],
    ['an array', '[]'],
    ['another envelope', '{"value":{"a":1},"expires":9999999999999}'],
    ['an older form', good.replace('"form":1', '"form":0')],
    ['an expiry that is text', good.replace(/"expiresAt":\d+/, '"expiresAt":"soon"')],
    ['no expiry', good.replace(/"expiresAt":\d+,/, '')],
    ['bytes', '\u0000\ufffd\u0001'],
    ['deep nesting', '['.repeat(200_000) + ']'.repeat(200_000)],
  ])('is a miss when it holds %s', (_, text) => {
    expect(decode(text, NOW)).toBeUndefined();
  });

  test('is a miss when it is no text', () => {
    for (const text of [undefined, null, 1, Buffer.from(good)]) expect(decode(text, NOW)).toBeUndefined();
  });

  test('is a miss once its time is over', () => {
    expect(decode(good, NOW + 999)).toBeDefined();
    expect(decode(good, NOW + 1000)).toBeUndefined();
  });

  test('may be nested deeper than the stack', () => {
    const deep = `{"form":1,"expiresAt":${NOW + 1},"value":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(() => decode(deep, NOW)).not.toThrow();
  });
});
