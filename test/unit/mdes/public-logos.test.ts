/** Logos as companies publish them are taken, and stay as they were made: a thousand of them as a whole, and in row X1. */
import { expect, it } from '@jest/globals';
import { readPicture } from '../../../src/mdes/pictures/picture.js';
import { publicLogos } from '../../support/logos/public-style.js';
import { runs } from '../../support/models.js';
import { faultOf, read, SVG } from './picture.js';

const LOGOS = publicLogos(runs(1000));

it('logos of the public kind are all taken', () => {
  const refused = LOGOS.flatMap(({ name, bytes }) => {
    try {
      read(SVG, bytes);
      return [];
    } catch (error) {
      return [`${name}: ${error}`];
    }
  });
  expect(refused).toEqual([]);
});

it('what is made of them is given again, byte for byte, when it is read once more', () => {
  for (const { bytes } of LOGOS) {
    const { data } = read(SVG, bytes);
    expect(readPicture(SVG, data).data).toBe(data);
  }
});

it('nothing of what a page would take for its own is left in them', () => {
  for (const { bytes } of LOGOS) {
    const text = Buffer.from(read(SVG, bytes).data, 'base64').toString();
    expect(text).not.toMatch(/<style|class=|<!|<\?|data-|foreignObject/);
    expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  }
});

it('a test that takes everything would notice: a script is refused in each form', () => {
  for (const { bytes } of LOGOS.slice(0, 40)) {
    const isUtf16 = bytes.subarray(0, 2).toString('hex') === 'fffe';
    const text = bytes.toString(isUtf16 ? 'utf16le' : 'latin1');
    const prefix = text.includes('<svg:svg') ? 'svg:' : '';
    const at = text.lastIndexOf(`</${prefix}svg>`);
    const active = `${text.slice(0, at)}<${prefix}script>alert(1)</${prefix}script>${text.slice(at)}`;
    expect(faultOf(SVG, Buffer.from(active, isUtf16 ? 'utf16le' : 'latin1'))).toContain(
      'an element that is not of a picture',
    );
  }
});
