/** JSON that is read in slices comes to what it comes to when it is read at once, rubbish included. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readJson } from '../../../src/mdes/wire/json.js';
import { readLargeJson } from '../../../src/mdes/wire/large-json.js';
import { Turns } from '../../../src/resilience/turns.js';
import { runs } from '../../support/models.js';

/** Longer than several slices: blanks are JSON's own. */
const PAD = ' '.repeat(4000);

const element = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('"}],[{"', '\\', 'ü€𝄞'.repeat(50), 5204740000000000000, { a: [[{}], ']'] }),
);
const root = fc.dictionary(
  fc.string({ maxLength: 3 }).filter((name) => name !== '__proto__'),
  fc.oneof(fc.array(element, { maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }), fc.constant([])),
  { maxKeys: 4 },
);

/** Blanks after each comma, in strings too: it is the same text for both readers. */
const padded = (value: unknown) => JSON.stringify(value).replaceAll(',', `,${PAD}`).concat(PAD.repeat(3));

async function isReadAlike(text: Buffer): Promise<void> {
  expect(await readLargeJson(text, new Turns())).toEqual(readJson(text));
}

it('is the same for any object', () =>
  fc.assert(
    fc.asyncProperty(root, (value) => isReadAlike(Buffer.from(padded(value)))),
    { numRuns: runs(60) },
  ));

it('is the same for any object in which bytes have been lost or changed', () =>
  fc.assert(
    fc.asyncProperty(root, fc.nat(), fc.constantFrom(...'{}[],":\\x1', '\u00ff', ''), (value, at, sign) => {
      const text = padded(value);
      const signs = [...text.matchAll(/[^ ]/g)].map(({ index }) => index);
      const place = signs[at % signs.length] ?? 0;
      const spoilt = text.slice(0, place) + sign + text.slice(place + 1);
      return isReadAlike(Buffer.from(spoilt, sign === '\u00ff' ? 'latin1' : 'utf8'));
    }),
    { numRuns: runs(200) },
  ));

it.each([
  `[${PAD.repeat(3)}1, [2], {"a": [3]}]`,
  `"${PAD.repeat(3)}"`,
  `null${PAD.repeat(3)}`,
  PAD.repeat(4),
])('is the same for what is no object: case %#', (text) => isReadAlike(Buffer.from(text)));

it.each(['{"a":[],"a":[]}', '{"a":[1],"a":[2]}', '{"a":[],"a":[}'])(
  'is the same where a name stands twice: %s',
  (text) => isReadAlike(Buffer.from(text.replaceAll(',', `,${PAD.repeat(5)}`))),
);
