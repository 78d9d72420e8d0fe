/** Hostile pictures are refused, or nothing hostile is left of them; fault row X1 shows the rest in Chromium. */
import { describe, expect, it } from '@jest/globals';
import { readPicture } from '../../../src/mdes/pictures/picture.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { makeSvg } from '../../support/pictures.js';
import { faultOf, read, SVG } from '../../unit/mdes/picture.js';
import { bytesOf, hostilePictures } from './hostile-pictures.js';

const PICTURES = hostilePictures();
const words = (count: number, form: (index: string) => string): string =>
  Array.from({ length: count }, (_, index) => form(index.toString(36))).join('');

/** Of attributes and elements; an address of our own data is none. */
const ACTIVE =
  /<(?!\/?(?:svg|g|defs|symbol|use|switch|title|path|rect|circle|text|image|pattern|marker|filter|fe\w+)\b)|\son\w+="|hostile\.invalid|position|javascript:|context-|class=|\sdata-/i;

describe('a hostile picture', () => {
  it('is there a hundred times and more', () => {
    expect(PICTURES.length).toBeGreaterThan(150);
  });

  it.each(PICTURES.filter(({ comes }) => comes === 'refused'))('is refused: $name', (picture) => {
    const cpuMs = cpuTimer();
    expect(faultOf(SVG, bytesOf(picture))).toContain(picture.why);
    expect(cpuMs()).toBeLessThan(within(500));
  });

  it.each(PICTURES.filter(({ comes }) => comes === 'harmless'))('is made harmless: $name', (picture) => {
    const { data } = read(SVG, bytesOf(picture));
    const text = Buffer.from(data, 'base64').toString();
    const withoutText = text.replaceAll(/>[^<]*</g, '><').replaceAll(/(id|font-family)="[^"]*"/g, '');
    expect(withoutText).not.toMatch(ACTIVE);
    expect(readPicture(SVG, data).data).toBe(data);
  });
});

describe('a picture that is long in one place', () => {
  it.each([
    ['selector', `<style>${'* '.repeat(100_000)}{fill:red}</style>${'<path/>'.repeat(1000)}`],
    [
      'list of classes',
      `<style>${words(32_000, (one) => `.a${one}`)}{fill:red}</style><path class="${words(32_000, (one) => `a${one} `)}"/>`,
    ],
    [
      'value that a style sheet says of all',
      `<style>path{font-family:"${'A'.repeat(200_000)}"}</style>${'<path/>'.repeat(2000)}`,
    ],
  ])('takes no longer than another, where that is a %s', (_, inside) => {
    const cpuMs = cpuTimer();
    expect(read(SVG, makeSvg(inside))).toMatchObject({ type: SVG });
    expect(cpuMs()).toBeLessThan(within(1000));
  });

  it('is refused where its styles are written too often', () => {
    const picture = makeSvg(
      `<style>path{font-family:"${'A'.repeat(4000)}"}</style>${'<path/>'.repeat(2000)}`,
    );
    expect(faultOf(SVG, picture)).toContain('too many styles');
  });
});
