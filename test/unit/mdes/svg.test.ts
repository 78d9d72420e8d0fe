/** What is an SVG: active ones are refused, what real drawing programs write is not, and what is written of it anew. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPicture } from '../../../src/mdes/pictures/picture.js';
import { PictureFault } from '../../../src/mdes/pictures/picture-fault.js';
import { LOGO_DRAWINGS, type LogoName, logoSvg } from '../../../src/simulator/catalogue/logo-drawings.js';
import { createLogoFiles } from '../../../src/simulator/catalogue/logo-files.js';
import { cpuTimer, within } from '../../support/measurements.js';
import { rowsOf, runs } from '../../support/models.js';
import { makePng, makeSvg } from '../../support/pictures.js';
import { faultOf, read, SVG } from './picture.js';

const INKSCAPE = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="64mm" viewBox="0 0 64 64" version="1.1" id="svg5" inkscape:export-filename="C:\\logo@2x.png"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg">
<sodipodi:namedview pagecolor="#ffffff" inkscape:zoom="0.7"><inkscape:grid type="xygrid"/></sodipodi:namedview>
<metadata><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
  <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF></metadata>
<defs><linearGradient id="g"><stop style="stop-color:#ff0000;stop-opacity:1" offset="0"/></linearGradient>
  <radialGradient xlink:href="#g" id="r"/><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>
<g inkscape:label="Layer 1" clip-path="url(#c)"><path style="fill:url(#r);-inkscape-font-specification:Arial"
  d="M 0,0 H 64 V 64 Z"/><svg:circle r="4"/></g>
</svg>`;
const PIXEL = makePng().toString('base64');

const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const html = 'xmlns:h="http://www.w3.org/1999/xhtml"';

describe('an SVG', () => {
  it.each([
    ['as Inkscape writes it', Buffer.from(INKSCAPE)],
    ['with a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), makeSvg('')])],
    [
      'with styles',
      makeSvg('<style type="text/css"><![CDATA[.a>b{fill:url(#é-1)}@media print{.a{fill:red}}]]></style>'),
    ],
    ['with text', makeSvg('<title>Café &amp; Co. — café@home</title><desc>a &lt;b&gt;</desc><text>Ü</text>')],
    [
      'with a filter',
      makeSvg('<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><g filter="url( \'#f\' )"/>'),
    ],
    ['with a picture inside', makeSvg(`<image xlink:href="data:image/png;base64,\n${PIXEL}\n" width="1"/>`)],
    [
      'with a picture in a style',
      makeSvg(`<g style="mask:url(&quot;data:image/png;base64,${PIXEL}&quot;)"/>`),
    ],
    ['with white space kept', makeSvg('<text xml:space="preserve"> a </text>')],
    ['with many uses', makeSvg(`<g id="a"/>${'<use href="#a" x="1"/>'.repeat(1000)}`)],
    ['as UTF-16', Buffer.from(`\uFEFF${svg}`, 'utf16le')],
    ['that says UTF-16 and is UTF-8', Buffer.from(`<?xml version="1.0" encoding="utf-16"?>${svg}`)],
    ['of 64 levels', makeSvg(`${'<g>'.repeat(63)}${'</g>'.repeat(63)}`)],
    ['of 10 000 elements', makeSvg('<path/>'.repeat(9999))],
  ])('is taken %s', (_, bytes) => {
    const picture = readPicture(SVG, bytes.toString('base64'));
    expect(picture).toEqual({ type: SVG, data: picture.data, width: null, height: null });
    expect(readPicture(SVG, picture.data)).toEqual(picture);
  });

  it('is taken for every logo of the simulator, as is its PNG', () => {
    const images = createLogoFiles();
    const names = Object.keys(LOGO_DRAWINGS) as LogoName[];
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      expect(read(SVG, logoSvg(name))).toMatchObject({ type: SVG });
      const contents = images.mediaContents({ logo: name }) as { type: string; data: string }[];
      for (const { type, data } of contents) expect(readPicture(type, data).data).toBe(data);
    }
  });
});

describe('a title', () => {
  it('has no elements: a reader of HTML would close none of them, and take the rest of the page for what is in it', () => {
    const { data } = read(SVG, makeSvg('<title>A<g/>B<title/>C</title><path/>'));
    expect(Buffer.from(data, 'base64').toString()).toContain('<title>ABC</title><path/>');
  });
});

describe('an SVG that could do something', () => {
  it.each([
    ['empty', '', 'not well-formed'],
    ['text', 'a logo', 'not well-formed'],
    ['a page', '<!DOCTYPE html><html><body>404</body></html>', 'another root'],
    ['XHTML', '<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>', 'another root'],
    ['without its namespace', '<svg/>', 'another root'],
    ['of another namespace', '<svg xmlns="http://www.w3.org/1999/xhtml"/>', 'another root'],
    ['another root of SVG', '<g xmlns="http://www.w3.org/2000/svg"/>', 'another root'],
    ['cut off', makeSvg('<g>').subarray(0, -6), 'not well-formed'],
    ['closed crosswise', makeSvg('<g><path></g></path>'), 'not well-formed'],
    ['with an attribute twice', makeSvg('<g id="a" id="b"/>'), 'not well-formed'],
    [
      'with an attribute twice by two prefixes',
      makeSvg('<use xmlns:a="http://www.w3.org/1999/xlink" a:href="#a" xlink:href="#b"/>'),
      'not well-formed',
    ],
    ['with a prefix of nothing', makeSvg('<x:g/>'), 'not well-formed'],
    ['with an entity of nowhere', makeSvg('&x;'), 'not well-formed'],
    ['two of them', svg + svg, 'not well-formed'],
    ['with a page behind it', `${svg}<html/>`, 'not well-formed'],
    ['not UTF-8', Buffer.concat([makeSvg(''), Buffer.from([0xff])]), 'no text of its encoding'],
    ['of another encoding', `<?xml version="1.0" encoding="utf-7"?>${svg}`, 'encoding'],
    ['of XML 1.1', `<?xml version="1.1"?>${svg}`, 'version'],
    [
      'with entities',
      `<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>${makeSvg('&a;')}`,
      'not well-formed',
    ],
    ['with what every object of JavaScript has', makeSvg('<text>&constructor;</text>'), 'not well-formed'],
    ['with a script', makeSvg('<script>alert(1)</script>'), 'element'],
    ['with a script behind CDATA', makeSvg('<script><![CDATA[alert(1)]]></script>'), 'element'],
    [
      'with a script of another prefix',
      makeSvg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'),
      'element',
    ],
    ['with a script of HTML', makeSvg(`<h:script ${html}>alert(1)</h:script>`), 'element'],
    ['with HTML inside', makeSvg('<foreignObject><body/></foreignObject>'), 'element'],
    ['with an iframe', makeSvg(`<h:iframe ${html} src="http://x.example"/>`), 'element'],
    ['with an embed', makeSvg('<embed src="http://x.example"/>'), 'element'],
    ['with an object', makeSvg('<object data="http://x.example"/>'), 'element'],
    ['with a link', makeSvg('<a href="javascript:alert(1)"><g/></a>'), 'element'],
    [
      'with a reference that is set later',
      makeSvg('<image><set attributeName="href" to="http://x"/></image>'),
      'element',
    ],
    [
      'with a reference that is animated',
      makeSvg('<use><animate attributeName="xlink:href" values="javascript:a"/></use>'),
      'element',
    ],
    ['with a handler', makeSvg('<g onload="alert(1)"/>'), 'event handler'],
    ['with a handler on its root', makeSvg('', 'onload="alert(1)"'), 'event handler'],
    ['with a handler in capitals', makeSvg('<g ONCLICK="alert(1)"/>'), 'event handler'],
    ['with a picture from elsewhere', makeSvg('<image href="https://x.example/a.png"/>'), 'reference'],
    ['with a picture of any scheme', makeSvg('<image xlink:href="//x.example/a.png"/>'), 'reference'],
    [
      'with a picture by another prefix',
      makeSvg('<image xmlns:x="http://www.w3.org/1999/xlink" x:href="/a"/>'),
      'reference',
    ],
    ['with a use of elsewhere', makeSvg('<use href="other.svg#a"/>'), 'reference'],
    ['with a script in a reference', makeSvg('<use href=" java&#10;script:alert(1)"/>'), 'reference'],
    [
      'with an SVG in a reference',
      makeSvg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
      'reference',
    ],
    ['with a page in a reference', makeSvg('<image href="data:text/html,x"/>'), 'reference'],
    [
      'with a filter from elsewhere',
      makeSvg('<filter id="f"><feImage href="http://x.example"/></filter>'),
      'reference',
    ],
    ['with a fill from elsewhere', makeSvg('<g fill="url(http://x.example/#a)"/>'), 'style'],
    ['with a fill in capitals', makeSvg('<g fill="URL(//x.example)"/>'), 'style'],
    ['with a style from elsewhere', makeSvg('<g style="background:url(\'http://x.example\')"/>'), 'style'],
    ['with an escaped style', makeSvg('<g style="background:u\\72l(http://x.example)"/>'), 'style'],
    ['with an entity in a style', makeSvg('<g style="background:u&#x72;l(http://x.example)"/>'), 'style'],
    [
      'with an address behind a comment',
      makeSvg('<g style="/*url(#*/fill:url(http://x.example)"/>'),
      'style',
    ],
    [
      'with an address behind a good one',
      makeSvg('<g style="fill:url(#a);mask:url(http://x.example)"/>'),
      'style',
    ],
    [
      'with a set of pictures',
      makeSvg('<g style="background:image-set(\'http://x.example\' 1x)"/>'),
      'style',
    ],
    ['with an import', makeSvg('<style>@import "http://x.example/a.css";</style>'), 'style sheet'],
    [
      'with an import behind an escape',
      makeSvg('<style>@\\69mport "http://x.example/a.css";</style>'),
      'style sheet',
    ],
    [
      'with an import in pieces',
      makeSvg('<style>@im<!-- -->port "http://x.example";</style>'),
      'style sheet',
    ],
    [
      'with an import in CDATA',
      makeSvg('<style>@<![CDATA[import "http://x.example";]]></style>'),
      'style sheet',
    ],
    [
      'with a font from elsewhere',
      makeSvg('<style>@font-face{src:url(http://x.example)}</style>'),
      'style sheet',
    ],
    [
      'with an address in a sheet',
      makeSvg('<style>g{mask:u<![CDATA[rl(http://x.example)]]>}</style>'),
      'style',
    ],
    ['of 65 levels', makeSvg(`${'<g>'.repeat(64)}${'</g>'.repeat(64)}`), 'too many elements'],
    ['of 10 001 elements', makeSvg('<path/>'.repeat(10_000)), 'too many elements'],
    ['of more than 512 kB', makeSvg(' '.repeat(512 * 1024)), 'too large'],
  ])('is refused when it is %s', (_, bytes, why) => {
    expect(faultOf(SVG, bytes)).toContain(why);
  });
});

const clean = (inside: string, more = '') => makeSvg(inside, more).toString();
/** What is inside the root of what is written of it. */
function written(bytes: Buffer | string): string {
  const text = Buffer.from(read(SVG, bytes).data, 'base64').toString();
  return text
    .replace(/^<svg [^>]*?viewBox="0 0 10 10"( [^>]*?)?(?:\/>|>)/, '$1')
    .replace('</svg>', '')
    .trim();
}

describe('what is written of an SVG', () => {
  it.each([
    [
      'nothing of a note',
      '<metadata><script/></metadata><script xmlns="http://creativecommons.org/ns#"/>',
      '',
    ],
    ['nothing of a comment', '<!--><img src="x" onerror="a"/>-->', ''],
    ['text as text', '<text><![CDATA[<b>&]]>&lt;i</text>', '<text>&lt;b&gt;&amp;&lt;i</text>'],
    ['white space only where it is seen', '<g>\n <path/>\n</g>', '<g><path/></g>'],
    ['an attribute as one', '<path d="&quot;&lt;&gt;&#10;"/>', '<path d="&quot;&lt;&gt;&#10;"/>'],
    ['no prefix', '<x:path xmlns:x="http://www.w3.org/2000/svg" d="M0 0"/>', '<path d="M0 0"/>'],
    [
      'xlink:href by its own',
      '<use xmlns:y="http://www.w3.org/1999/xlink" y:href="#a"/>',
      '<use xlink:href="#a"/>',
    ],
    [
      'the ids that are used',
      '<g id="a"/><g id="b c"/><use href="#b%20c"/>',
      '<g/><g id="b c"/><use href="#b%20c"/>',
    ],
    ['no class and no data', '<g class="a" data-b="c" role="d" xml:base="e" tabindex="1"/>', '<g/>'],
    ['properties that paint', '<g style="fill:red;position:fixed;-x:1;width:9px"/>', '<g style="fill:red"/>'],
    [
      'no function that is unknown',
      '<g style="fill:expression(a);stroke:red" fill="attr(b)"/>',
      '<g style="stroke:red"/>',
    ],
    [
      'quotes with a semicolon',
      `<text style="font-family:'a;b';fill:red"/>`,
      `<text style="font-family:'a;b';fill:red"/>`,
    ],
    ['no quote that is left open', `<text style="fill:red;font-family:'a"/>`, '<text style="fill:red"/>'],
    [
      'a value for newer browsers behind the one for older',
      '<g style="fill:red;fill:color(display-p3 1 0 0)"/>',
      '<g style="fill:red;fill:color(display-p3 1 0 0)"/>',
    ],
    [
      'a sheet in its elements',
      '<style>.a{fill:red}</style><path class="a"/><g/>',
      '<path style="fill:red"/><g/>',
    ],
    ['a sheet that comes later', '<path class="a"/><style>.a{fill:red}</style>', '<path style="fill:red"/>'],
    ['a sheet of two', '<style>.a,.b{fill:red}</style><path class="b"/>', '<path style="fill:red"/>'],
    [
      'the more specific last',
      '<style>#c{fill:blue}.a{fill:red}path{fill:green}</style><path id="c" class="a"/>',
      '<path style="fill:green;fill:red;fill:blue"/>',
    ],
    [
      'the later of two last',
      '<style>.b{fill:red}.a{fill:blue}</style><path class="a b"/>',
      '<path style="fill:red;fill:blue"/>',
    ],
    [
      'its own style behind the sheets',
      '<style>path{fill:red}</style><path style="fill:blue"/>',
      '<path style="fill:red;fill:blue"/>',
    ],
    [
      'what is important behind all',
      '<style>path{fill:red!important}</style><path style="fill:blue"/>',
      '<path style="fill:blue;fill:red"/>',
    ],
    [
      'sheets by descent',
      '<style>g path{fill:red}</style><g><g><path/></g></g><path/>',
      '<g><g><path style="fill:red"/></g></g><path/>',
    ],
    [
      'sheets by children',
      '<style>g.a>path{fill:red}</style><g class="a"><path/><g><path/></g></g>',
      '<g><path style="fill:red"/><g><path/></g></g>',
    ],
    [
      'sheets by any way through',
      '<style>.a>.b .c{fill:red}</style><g class="a"><g class="b"><g class="b"><path class="c"/></g></g></g>',
      '<g><g><g><path style="fill:red"/></g></g></g>',
    ],
    [
      'sheets without what moves and depends',
      '<style>@charset "a";@media print{path{fill:red}}path:hover{fill:red}@keyframes a{from{fill:red}}</style><path/>',
      '<path/>',
    ],
    [
      'sheets without comments',
      '<style>/* a; } */path/**/{/*;*/fill:/* */red}</style><path/>',
      '<path style="fill:red"/>',
    ],
    [
      'no sheet for something else',
      '<style media="print">path{fill:red}</style><style type="text/less">path{a}</style><path/>',
      '<path/>',
    ],
  ])('is %s', (_, inside, expected) => {
    expect(written(clean(inside))).toBe(expected);
  });

  it('keeps a picture inside of its box', () => {
    expect(
      written(clean('<style>svg{overflow:visible}</style>', 'overflow="visible" style="overflow:visible"')),
    ).toBe('');
  });
});

describe('an SVG, whatever it is made of,', () => {
  it('says where it is no picture, and nothing of what stands there', () => {
    const secret = 'k7Qz9';
    const told = [
      makeSvg(`<${secret}/>`),
      makeSvg(`<g ${secret}="1" on${secret}="1"/>`),
      makeSvg(`<g></${secret}>`),
      makeSvg(`&${secret};`),
      makeSvg(`<use href="${secret}"/>`),
    ].map((bytes) => faultOf(SVG, bytes));
    for (const message of told) {
      expect(message).toMatch(/^image\/svg\+xml [\w -]+, at 1:\d+$/);
      expect(message).not.toContain(secret);
    }
  });

  it('is a picture or has a fault, whatever has happened to its bytes', () => {
    const whole = Buffer.from(INKSCAPE);
    const at = fc.nat(whole.length - 1);
    fc.assert(
      fc.property(at, at, fc.uint8Array({ maxLength: 8 }), (from, to, between) => {
        const bytes = Buffer.concat([whole.subarray(0, from), between, whole.subarray(to)]);
        try {
          expect(read(SVG, bytes).type).toBe(SVG);
        } catch (error) {
          expect(error).toBeInstanceOf(PictureFault);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  const SIZE = 500_000;
  const long = (unit: string): string => unit.repeat(Math.floor(SIZE / unit.length));
  const ATTRIBUTES = Array.from({ length: 30_000 }, (_, n) => `a${n}="${n}"`).join(' ');
  const FULL: readonly (readonly [string, string])[] = [
    ['white space in an address', `<g style="a:url(${long(' ')}"/>`],
    ['white space in a picture', `<image href="data:image/png;base64,${long(' ')}!"/>`],
    ['white space in a picture of a style', `<g style="a:url(data:image/png;base64,${long(' ')}!"/>`],
    ['begun addresses', `<g style="${long('url(#')}"/>`],
    ['begun pictures', `<g style="${long('url(data:image/png;base64,A')}"/>`],
    ['attributes', `<g ${ATTRIBUTES}/>`],
    ['comments', long('<!---->')],
    ['pieces of a style sheet', `<style>${long('a<!---->')}</style>`],
    ['open elements', long('<g>')],
    ['namespaces', long('<g xmlns:a="b">')],
    ['references', long('&amp;')],
    ['rules of a sheet', `<style>${'.a{fill:red}'.repeat(20_000)}</style>${'<g class="a"/>'.repeat(9000)}`],
    [
      'selectors by descent',
      `<style>${'g g g g g g g .a{fill:red}'.repeat(5000)}</style>${'<g>'.repeat(60)}<g class="a"/>${'</g>'.repeat(60)}`,
    ],
    [
      'long declarations',
      `<style>.a{${'fill:red;stroke:blue;'.repeat(5000)}}</style>${'<g class="a"/>'.repeat(9000)}`,
    ],
    ['begun comments of CSS', `<style>${long('/*')}</style>`],
    ['begun blocks of CSS', `<style>${long('a{')}</style>`],
    ['statements of CSS', `<style>${long('@charset;')}</style>`],
    ['parentheses', `<g style="fill:${long('(')}"/>`],
    ['letters before a parenthesis', `<g fill="${long('a')}("/>`],
    ['numbers', `<path d="${long('1 ')}"/>`],
    ['digits', `<path d="${long('1')}"/>`],
    ['entities', long('&lt;')],
  ];
  it.each(rowsOf(FULL))('costs little time, however full of %s', (_, inside) => {
    const bytes = makeSvg(inside);
    const cpuMs = cpuTimer();
    try {
      read(SVG, bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(PictureFault);
    }
    expect(cpuMs()).toBeLessThan(within(1000));
  });
});
