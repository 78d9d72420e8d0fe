/** The results that a requestor puts into a callback URL, in whatever form. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALLBACK_RESULTS, readCallbackResults } from '../../../src/mdes/hand-off/callback-results.js';
import { runs } from '../../support/models.js';

const A = 'MCC-STL-43233098-64B2-4930-A2D1-3D778894B02B';
const B = 'DMC-STL-7D3F2A11-0C5E-4B7F-8A44-90F1E2C3D4B5';
const REFERENCE = 'DWSPMC000000000132d72d4fcb2f4136a0532d3093ff1a45';

function read(query: string): Record<string, string | null> {
  return Object.fromEntries(
    readCallbackResults(query).map(({ receipt, result }) => [receipt.reveal(), result]),
  );
}

describe('the results in a callback', () => {
  it.each([
    ['encoded', `results%5B${A}%5D=APPROVED%7C${REFERENCE}`],
    ['encoded in lower case', `results%5b${A}%5d=APPROVED%7c${REFERENCE}`],
    ['as they are', `results[${A}]=APPROVED|${REFERENCE}`],
    ['half and half', `results[${A}%5D=APPROVED|${REFERENCE}`],
    ['without a reference', `results[${A}]=APPROVED`],
    ['with an empty reference', `results[${A}]=APPROVED%7C`],
    ['with a reference that holds a plus', `results[${A}]=APPROVED|AB+CD/EF==`],
    ['with a reference that holds a pipe', `results[${A}]=APPROVED|AB|CD`],
    ["between the issuer's own", `session=1&results[${A}]=APPROVED&state=x`],
    ['said twice', `results[${A}]=APPROVED&results[${A}]=APPROVED|${REFERENCE}`],
    ['with an ampersand too many', `&results[${A}]=APPROVED&&`],
    ['encoded twice', `results%255B${A}%255D=APPROVED%257C${REFERENCE}`],
    ['behind a further question mark', `session=1?results[${A}]=APPROVED|${REFERENCE}`],
    ['written for HTML', `session=1&amp;results[${A}]=APPROVED`],
    ['with slashes behind the URL', `results[${A}]=APPROVED//`],
    ['in letters that are encoded', `%72esults[${A}]=%41PPROVED`],
  ])('are read %s', (_how, query) => expect(read(query)).toEqual({ [A]: 'APPROVED' }));

  it.each(CALLBACK_RESULTS)('may say %s', (result) =>
    expect(read(`results[${A}]=${result}`)).toEqual({ [A]: result }),
  );

  it('are one per receipt', () => {
    expect(read(`results[${A}]=APPROVED|${REFERENCE}&results[${B}]=DECLINED`)).toEqual({
      [A]: 'APPROVED',
      [B]: 'DECLINED',
    });
  });

  it.each([
    ['a new word of MDES', `results[${A}]=POSTPONED|${REFERENCE}`],
    ['a word in small letters', `results[${A}]=approved`],
    ['nothing', `results[${A}]=`],
    ['a script', `results[${A}]=%3Cscript%3Ealert(1)%3C/script%3E`],
    ['a line of its own', `results[${A}]=APPROVED%0d%0aset-cookie:x`],
    ['a word and a path', `results[${A}]=APPROVED/really`],
    ['a word and more', `results[${A}]=APPROVED%20really`],
    ['two different words', `results[${A}]=APPROVED&results[${A}]=DECLINED`],
    [
      'two different words, and the first again',
      `results[${A}]=APPROVED&results[${A}]=DECLINED&results[${A}]=APPROVED`,
    ],
    ['a word, and one that nobody knows', `results[${A}]=APPROVED&results[${A}]=POSTPONED`],
  ])('name a receipt of which they say %s without a result', (_what, query) =>
    expect(read(query)).toEqual({ [A]: null }),
  );

  it.each([
    ['nothing', ''],
    ['another name', `result[${A}]=APPROVED`],
    ['no receipt', 'results[]=APPROVED'],
    ['no brackets', 'results=APPROVED'],
    ['a receipt encoded three times', `results%25255B${A}%25255D=APPROVED`],
    ['a receipt in a receipt', `results[${'x'.repeat(30)}][${'y'.repeat(40)}]=APPROVED`],
    ['a receipt of 65 characters', `results[${'A'.repeat(65)}]=APPROVED`],
    ['a receipt with a blank', 'results[MCC%201]=APPROVED'],
    ['a receipt with a line break', 'results[MCC%0a1]=APPROVED'],
    ['a receipt with half a character', 'results[MCC%ED%A0%80]=APPROVED'],
    ['10,000 results', Array.from({ length: 10_000 }, (_, n) => `results[${n}]=APPROVED`).join('&')],
    ['eleven results', Array.from({ length: 11 }, (_, n) => `results[${n}]=APPROVED`).join('&')],
    ['more than 8 kB', `results[${A}]=APPROVED&own=${'x'.repeat(8192)}`],
  ])('are none in %s', (_what, query) => expect(read(query)).toEqual({}));

  it('are read from any text in no time, and hold nothing but words of MDES', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'results[',
        ']',
        '=',
        '&',
        '|',
        '%5B',
        '%',
        '%0',
        '+',
        '#',
        '?',
        A,
        ...CALLBACK_RESULTS,
      ),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (query) => {
          for (const { receipt, result } of readCallbackResults(query)) {
            expect(receipt.reveal()).toMatch(/^[\x21-\x7e]{1,64}$/);
            expect([null, ...CALLBACK_RESULTS]).toContain(result);
          }
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('keep the receipt a secret', () => {
    const [entry] = readCallbackResults(`results[${A}]=APPROVED`);
    expect(JSON.stringify(entry)).not.toContain(A);
  });
});
