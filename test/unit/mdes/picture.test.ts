/** What is a PNG, and what is no picture at all: damaged, disguised and of other kinds. */
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { readPicture } from '../../../src/mdes/pictures/picture.js';
import { logoSvg } from '../../../src/simulator/catalogue/logo-drawings.js';
import { makePng, makeSvg, pngChunk, pngHeader, pngOf, pngPixels } from '../../support/pictures.js';
import { END, faultOf, flipped, PNG, read, SVG } from './picture.js';

describe('a PNG', () => {
  it('is given without what was written behind its base64, where who wrote into the cache could have a script', () => {
    const data = makePng().toString('base64').replace(/=*$/, '');
    const padded = makePng().toString('base64');
    for (const more of ['=', '=="><script>alert(1)</script>', ' \n"']) {
      expect(readPicture(PNG, `${data}${more}`).data).toBe(padded);
    }
  });

  it('is taken as it is, with the size that stands in it', () => {
    const bytes = makePng({ width: 5, height: 7 });
    const data = bytes.toString('base64');
    expect(readPicture(PNG, data)).toEqual({ type: PNG, data, width: 5, height: 7 });
  });

  it('is taken with each kind of pixel that sharp can write', async () => {
    const picture = sharp(Buffer.from(logoSvg('lark'))).resize(192, 192);
    const forms = [
      picture.clone().png(),
      picture.clone().removeAlpha().png(),
      picture.clone().png({ palette: true, colours: 4 }),
      picture.clone().greyscale().toColourspace('b-w').png({ progressive: true }),
      picture.clone().toColourspace('rgb16').png(),
      picture.clone().withMetadata({ density: 144 }).png(),
    ];
    for (const form of forms) {
      expect(read(PNG, await form.toBuffer())).toMatchObject({ width: 192, height: 192 });
    }
  });

  it.each([
    ['empty', Buffer.alloc(0), 'without its signature'],
    ['text', Buffer.from('<html><script>alert(1)</script>'), 'without its signature'],
    ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex'), 'without its signature'],
    ['the signature alone', pngOf(), 'without an end'],
    ['without a header', pngOf(pngPixels(), END), 'without a header'],
    ['with a short header', pngOf(pngChunk('IHDR', Buffer.alloc(12)), pngPixels(), END), 'without a header'],
    ['with two headers', makePng({}, pngHeader()), 'with two headers'],
    ['without pixels', pngOf(pngHeader(), END), 'without pixels'],
    ['in pieces', makePng({}, pngPixels(), pngChunk('tEXt')), 'in pieces'],
    ['without a palette', makePng({ colourType: 3 }), 'without a palette'],
    [
      'with its palette too late',
      pngOf(pngHeader({ colourType: 3 }), pngPixels(), pngChunk('PLTE', Buffer.alloc(3)), END),
      'without a palette',
    ],
    ['without an end', pngOf(pngHeader(), pngPixels()), 'without an end'],
    [
      'with text in its end',
      pngOf(pngHeader(), pngPixels(), pngChunk('IEND', Buffer.from('x'))),
      'behind its end',
    ],
    ['with a page behind it', Buffer.concat([makePng(), Buffer.from('<html>')]), 'behind its end'],
    ['with one byte behind it', Buffer.concat([makePng(), Buffer.alloc(1)]), 'behind its end'],
    ['of no width', makePng({ width: 0 }), 'of an impossible size'],
    ['of no height', makePng({ height: 0 }), 'of an impossible size'],
    ['4097 wide', makePng({ width: 4097 }), 'of an impossible size'],
    [
      'as high as can be written',
      pngOf(pngHeader({ height: 2 ** 32 - 1 }), pngPixels(), END),
      'impossible size',
    ],
    ['of 3 bits', makePng({ bitDepth: 3 }), 'with an unknown header'],
    ['of colour type 5', makePng({ colourType: 5 }), 'with an unknown header'],
    ['with a critical chunk that nobody knows', makePng({}, pngChunk('HACK')), 'with an unknown chunk'],
    ['with a chunk of no name', makePng({}, pngChunk('a<b>')), 'with an unknown chunk'],
    ['of more than 512 kB', makePng({}, pngChunk('paDd', Buffer.alloc(512 * 1024))), 'too large'],
  ])('is refused when it is %s', (_, bytes, why) => {
    expect(faultOf(PNG, bytes)).toContain(why);
  });

  it.each([1, 4096])('may be %d pixels wide and high', (size) => {
    const pixels = pngPixels({ width: 1, height: 1 });
    const bytes = pngOf(pngHeader({ width: size, height: size }), pixels, END);
    expect(read(PNG, bytes)).toMatchObject({ width: size, height: size });
  });

  it('is refused when any one bit of it has turned, or any end of it is missing', () => {
    const bytes = makePng({}, pngChunk('tEXt', Buffer.from('a\0b')));
    for (const at of bytes.keys()) {
      expect(faultOf(PNG, flipped(bytes, at))).toMatch(/^image\/png /);
      expect(faultOf(PNG, bytes.subarray(0, at))).toMatch(/^image\/png /);
    }
  });
});

it.each(['application/pdf', 'text/html', 'text/plain', 'image/jpeg', 'IMAGE/PNG', ''])(
  'nothing of type %j is a picture',
  (type) => {
    expect(faultOf(type, makePng())).toBe('a type that is not served');
  },
);

it('is not taken for a picture of another type', () => {
  expect(faultOf(SVG, makePng())).toContain('no text of its encoding');
  expect(faultOf(PNG, makeSvg(''))).toContain('signature');
});
