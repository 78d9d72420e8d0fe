/** Hostile pictures are refused, or nothing hostile is left of them; fault row X1 shows the rest in Chromium. */
import { describe, expect, it } from '@jest/globals';
import { readPicture } from '../../../src/mdes/pictures/picture.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { faultOf, read, SVG } from '../../unit/mdes/picture.js';
import { bytesOf, hostilePictures } from './hostile-pictures.js';

const PICTURES = hostilePictures();

/** Of attributes and elements; an address of our own data is none. */
const ACTIVE =
  /<(?!\/?(?:svg|g|defs|symbol|use|switch|title|path|rect|circle|text|image|pattern|filter|fe\w+)\b)|\son\w+="|hostile\.invalid|position|javascript:|class=|\sdata-/i;

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
