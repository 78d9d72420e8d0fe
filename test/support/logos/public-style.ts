/** Logos as companies publish them: drawn anew from a seed, in the words of the programs that such files come from. */
import { makePng } from '../pictures.js';

export interface PublicLogo {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Gives numbers below its argument. */
type Dice = (below: number) => number;
type Form = (dice: Dice) => string | Buffer;

const NS = 'xmlns="http://www.w3.org/2000/svg"';
const XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"';
const PIXEL = makePng({ width: 4, height: 4 }).toString('base64');

export function publicLogos(count: number, seed = 11): PublicLogo[] {
  const dice = dieOf(seed);
  const forms = Object.entries(FORMS);
  return Array.from({ length: count }, (_, index) => {
    const [name, form] = forms[index % forms.length] ?? ['', () => ''];
    return { name: `${name} ${index}`, bytes: Buffer.from(form(dice)) };
  });
}

/** A linear congruence: the same logos on every machine. */
function dieOf(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join('');
const colour = (dice: Dice) => `#${(dice(0xffffff) + 0x1000000).toString(16).slice(1)}`;
const point = (dice: Dice) => `${dice(100)}.${dice(99)},${dice(100)}`;
const path = (dice: Dice) =>
  `M${point(dice)}${times(2 + dice(9), () => `C${point(dice)} ${point(dice)} ${point(dice)}`)}z`;
const pathOf = (dice: Dice, more = '') => `<path ${more} d="${path(dice)}"/>`;
const shape = (dice: Dice, more = '') =>
  [
    () => pathOf(dice, more),
    () => `<circle ${more} cx="${dice(99)}" cy="${dice(99)}" r="${1 + dice(40)}"/>`,
    () =>
      `<rect ${more} x="${dice(50)}" y="${dice(50)}" width="${1 + dice(50)}" height="${1 + dice(50)}" rx="${dice(5)}"/>`,
    () => `<polygon ${more} points="${point(dice)} ${point(dice)} ${point(dice)}"/>`,
    () => `<ellipse ${more} cx="50" cy="50" rx="${1 + dice(50)}" ry="${1 + dice(50)}"/>`,
  ][dice(5)]?.() ?? '';
const shapes = (dice: Dice, more = () => `fill="${colour(dice)}"`) =>
  times(1 + dice(6), () => shape(dice, more()));
const svg = (inside: string, more = '') => `<svg ${NS} viewBox="0 0 100 100" ${more}>${inside}</svg>`;
const stops = (dice: Dice) =>
  times(
    2 + dice(3),
    (n) => `<stop offset="${n * 0.3}" stop-color="${colour(dice)}" stop-opacity=".${1 + dice(9)}"/>`,
  );

const FORMS: Readonly<Record<string, Form>> = {
  'as small as it can be': (dice) => svg(pathOf(dice)),
  'with the DOCTYPE of SVG 1.1': (dice) =>
    `<?xml version="1.0" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n${svg(shapes(dice), 'version="1.1"')}`,
  'with the DOCTYPE of SVG 1.0': (dice) =>
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 20010904//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd">${svg(shapes(dice))}`,
  'of Illustrator, with classes': (dice) =>
    `<?xml version="1.0" encoding="UTF-8"?><!-- Generator: Adobe Illustrator 27.5.0, SVG Export Plug-In -->${svg(
      `<defs><style>.cls-1{fill:${colour(dice)};}.cls-2{fill:none;stroke:${colour(dice)};stroke-miterlimit:10;stroke-width:${1 + dice(4)}px;}.cls-1,.cls-3{fill-rule:evenodd;}.cls-3{opacity:.${1 + dice(9)};isolation:isolate;}</style></defs><title>Logo &amp; Co.</title>${times(2 + dice(4), (n) => shape(dice, `class="cls-${1 + (n % 3)}"`))}`,
      'id="Layer_1" data-name="Layer 1"',
    )}`,
  'of Illustrator CS, with entities': (dice) =>
    `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
	<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
	<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
	<!ENTITY ns_svg "http://www.w3.org/2000/svg">
	<!ENTITY ns_xlink "http://www.w3.org/1999/xlink">
]>
<svg version="1.1" id="Layer_1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" x="0px" y="0px" width="100px" height="100px" viewBox="0 0 100 100" overflow="visible" enable-background="new 0 0 100 100" xml:space="preserve">
<metadata><sfw xmlns="&ns_extend;"><slices/></sfw></metadata>
<switch><foreignObject requiredExtensions="&ns_ai;" x="0" y="0" width="1" height="1"><i:pgfRef xlink:href="#adobe_illustrator_pgf"/></foreignObject>
<g i:extraneous="self">${shapes(dice)}</g></switch><i:pgf id="adobe_illustrator_pgf">eJzsvWmPHcdyIPpdgP5D</i:pgf></svg>`,
  'of Illustrator, with a xpacket': (dice) =>
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>${svg(`<metadata><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta></metadata>${shapes(dice)}`)}<?xpacket end="w"?>`,
  'of Illustrator, with styles of st0': (dice) =>
    svg(
      `<style type="text/css">\n\t.st0{fill:${colour(dice)};}\n\t.st1{clip-path:url(#SVGID_2_);fill:${colour(dice)};}\n\t.st2{fill:url(#SVGID_3_);}\n</style><g><defs><rect id="SVGID_1_" width="90" height="90"/></defs><clipPath id="SVGID_2_"><use xlink:href="#SVGID_1_"  style="overflow:visible;"/></clipPath>${shape(dice, 'class="st1"')}</g><linearGradient id="SVGID_3_" gradientUnits="userSpaceOnUse" x1="1" y1="2" x2="${dice(99)}" y2="9" gradientTransform="matrix(1 0 0 -1 0 100)">${stops(dice)}</linearGradient>${shape(dice, 'class="st2"')}${shape(dice, 'class="st0"')}`,
      `${XLINK} style="enable-background:new 0 0 100 100;" xml:space="preserve"`,
    ),
  'of Inkscape': (dice) =>
    `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- Created with Inkscape (http://www.inkscape.org/) -->\n<svg width="100mm" height="100mm" viewBox="0 0 100 100" version="1.1" id="svg5" inkscape:version="1.2 (dc2aedaf03)" sodipodi:docname="C:\\logo@2x.svg" ${NS} xmlns:svg="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><sodipodi:namedview id="n" pagecolor="#ffffff"><inkscape:grid type="xygrid"/></sodipodi:namedview><metadata><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format></cc:Work></rdf:RDF></metadata><g inkscape:label="Layer 1" inkscape:groupmode="layer" transform="translate(-${dice(9)},-4.5)">${shapes(dice, () => `style="fill:${colour(dice)};fill-opacity:1;stroke:none;-inkscape-font-specification:'Arial Bold';paint-order:markers stroke fill" sodipodi:nodetypes="ccc"`)}</g></svg>`,
  'of Inkscape, with the prefix svg': (dice) =>
    `<svg:svg xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><svg:g><svg:path d="${path(dice)}" fill="${colour(dice)}"/></svg:g></svg:svg>`,
  'of CorelDRAW': (dice) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<!-- Creator: CorelDRAW X7 -->\n<svg ${NS} xml:space="preserve" width="100mm" height="100mm" version="1.1" style="shape-rendering:geometricPrecision; text-rendering:geometricPrecision; image-rendering:optimizeQuality; fill-rule:evenodd; clip-rule:evenodd" viewBox="0 0 100 100" ${XLINK} xmlns:xodm="http://www.corel.com/coreldraw/odm/2003"><defs><style type="text/css"><![CDATA[\n .fil0 {fill:${colour(dice)}}\n .str0 {stroke:${colour(dice)};stroke-width:${1 + dice(3)};stroke-miterlimit:22.9256}\n .fil1 {fill:none;fill-rule:nonzero}\n]]></style></defs><g id="Layer_x0020_1"><metadata id="CorelCorpID_0Corel-Layer"/>${times(2 + dice(3), (n) => shape(dice, `class="fil${n % 2} str0"`))}</g></svg>`,
  'of Sketch': (dice) =>
    svg(
      `<!-- Generator: Sketch 63.1 (92452) - https://sketch.com --><title>Artboard</title><desc>Created with Sketch.</desc><defs><linearGradient x1="50%" y1="0%" x2="50%" y2="100%" id="linearGradient-1">${stops(dice)}</linearGradient><path d="${path(dice)}" id="path-2"/></defs><g id="Page-1" stroke="none" stroke-width="1" fill="none" fill-rule="evenodd" sketch:type="MSPage"><mask id="mask-3" fill="white"><use xlink:href="#path-2"/></mask><use id="Mask" fill="url(#linearGradient-1)" xlink:href="#path-2"/><g mask="url(#mask-3)">${shapes(dice)}</g></g>`,
      `${XLINK} xmlns:sketch="http://www.bohemiancoding.com/sketch/ns" width="100px" height="100px" version="1.1"`,
    ),
  'of Sketch, with percent-encoded ids': (dice) =>
    svg(
      `<defs><path id="Fill%201" d="${path(dice)}"/><clipPath id="b c"><use xlink:href="#Fill%201"/></clipPath></defs><use xlink:href="#Fill%201" fill="${colour(dice)}"/><g clip-path="url('#b c')">${shapes(dice)}</g>`,
      XLINK,
    ),
  'of Figma': (dice) =>
    `<svg width="100" height="100" viewBox="0 0 100 100" fill="none" ${NS}><g clip-path="url(#clip0_1_2)" filter="url(#filter0_d_1_2)">${shapes(dice, () => `fill="${colour(dice)}" style="fill:${colour(dice)};fill:color(display-p3 0.${1 + dice(9)} 0.5 0.5);fill-opacity:1;"`)}</g><defs><filter id="filter0_d_1_2" x="0" y="0" width="100" height="100" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB"><feFlood flood-opacity="0" result="BackgroundImageFix"/><feColorMatrix in="SourceAlpha" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0" result="hardAlpha"/><feOffset dy="4"/><feGaussianBlur stdDeviation="2"/><feComposite in2="hardAlpha" operator="out"/><feColorMatrix type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0.25 0"/><feBlend mode="normal" in2="BackgroundImageFix" result="effect1"/><feBlend mode="normal" in="SourceGraphic" in2="effect1" result="shape"/></filter><clipPath id="clip0_1_2"><rect width="100" height="100" fill="white"/></clipPath></defs></svg>`,
  'of Figma, with a picture inside': (dice) =>
    `<svg width="100" height="100" viewBox="0 0 100 100" fill="none" ${NS} ${XLINK}><rect width="100" height="100" fill="url(#pattern0)"/>${shape(dice, `fill="${colour(dice)}"`)}<defs><pattern id="pattern0" patternContentUnits="objectBoundingBox" width="1" height="1"><use xlink:href="#image0" transform="scale(0.25)"/></pattern><image id="image0" width="4" height="4" xlink:href="data:image/png;base64,${PIXEL}"/></defs></svg>`,
  'of Affinity Designer': (dice) =>
    svg(
      `<g transform="matrix(1,0,0,1,-${dice(9)},0)" serif:id="Logo" id="Logo"><g>${shapes(dice, () => `style="fill:rgb(${dice(255)},${dice(255)},${dice(255)});fill-rule:nonzero;"`)}</g></g>`,
      `xmlns:serif="http://www.serif.com/" xml:space="preserve" style="fill-rule:evenodd;clip-rule:evenodd;stroke-linejoin:round;stroke-miterlimit:2;"`,
    ),
  'of Boxy SVG': (dice) =>
    svg(
      `<defs><bx:grid x="0" y="0" width="9" height="9"/></defs>${shapes(dice)}`,
      'xmlns:bx="https://boxy-svg.com"',
    ),
  'of Vectornator': (dice) =>
    svg(
      `<g vectornator:layerName="Layer 1">${shapes(dice)}</g>`,
      'xmlns:vectornator="http://vectornator.io" stroke-linejoin="round"',
    ),
  'of simple-icons': (dice) =>
    `<svg role="img" viewBox="0 0 100 100" ${NS}><title>Brand</title>${pathOf(dice)}</svg>`,
  'of Potrace': (dice) =>
    `<?xml version="1.0" standalone="no"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 20010904//EN" "http://www.w3.org/TR/2001/REC-SVG-20010904/DTD/svg10.dtd"><svg version="1.0" ${NS} width="100pt" height="100pt" viewBox="0 0 100 100" preserveAspectRatio="xMidYMid meet"><metadata>Created by potrace 1.15, written by Peter Selinger 2001-2017</metadata><g transform="translate(0,100) scale(1,-1)" fill="#000000" stroke="none">${pathOf(dice)}</g></svg>`,
  'in latin-1': (dice) =>
    Buffer.from(
      `<?xml version="1.0" encoding="iso-8859-1"?>${svg(`<title>Caf\xe9 \xfcber</title><text y="50">Caf\xe9</text>${shapes(dice)}`)}`,
      'latin1',
    ),
  'in windows-1252': (dice) =>
    Buffer.from(
      `<?xml version='1.0' encoding='windows-1252'?>${svg(`<!-- \xa9 Fa\xe7ade -->${shapes(dice)}`)}`,
      'latin1',
    ),
  'in UTF-16': (dice) =>
    Buffer.from(
      `\uFEFF<?xml version="1.0" encoding="UTF-16"?>${svg(`<text y="50">Żółw</text>${shapes(dice)}`)}`,
      'utf16le',
    ),
  'with a byte order mark': (dice) => `\uFEFF<?xml version="1.0" encoding="utf-8"?>${svg(shapes(dice))}`,
  'that says UTF-16 and is UTF-8': (dice) => `<?xml version="1.0" encoding="utf-16"?>${svg(shapes(dice))}`,
  'with symbols': (dice) =>
    svg(
      `<symbol id="s" viewBox="0 0 100 100">${shapes(dice)}</symbol>${times(3, (n) => `<use href="#s" x="${n * 30}" width="30" height="30"/>`)}`,
    ),
  'with many flat uses': (dice) =>
    svg(
      `<defs>${pathOf(dice, 'id="a"')}</defs>${times(21 + dice(200), () => `<use xlink:href="#a" x="${dice(90)}" y="${dice(90)}" fill="${colour(dice)}"/>`)}`,
      XLINK,
    ),
  'with gradients of gradients': (dice) =>
    svg(
      `<defs><linearGradient id="a">${stops(dice)}</linearGradient><linearGradient id="b" xlink:href="#a" x1="0" y1="0" x2="1" y2="1"/><radialGradient id="c" cx=".5" cy=".5" r=".${1 + dice(9)}" xlink:href="#b" gradientTransform="rotate(${dice(90)})"/></defs>${shape(dice, 'fill="url(#b)"')}${shape(dice, 'style="fill:url(#c)"')}`,
      XLINK,
    ),
  'with masks in groups': (dice) =>
    svg(
      `<mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" width="100" height="100" style="mask-type:luminance">${shape(dice, 'fill="#fff"')}</mask>${times(1 + dice(5), () => `<g mask="url(#m)">${shapes(dice)}</g>`)}`,
    ),
  'with markers and dashes': (dice) =>
    svg(
      `<defs><marker id="arrow" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="6" markerHeight="6" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z"/></marker></defs><polyline points="${point(dice)} ${point(dice)} ${point(dice)}" fill="none" stroke="${colour(dice)}" stroke-dasharray="5, 3" marker-end="url(#arrow)" marker-mid="url(#arrow)"/>`,
    ),
  'with patterns': (dice) =>
    svg(
      `<pattern id="dots" width="10" height="10" patternUnits="userSpaceOnUse"><circle cx="5" cy="5" r="${1 + dice(4)}" fill="${colour(dice)}"/></pattern>${shape(dice, 'fill="url(#dots)"')}`,
    ),
  'with text on a path': (dice) =>
    svg(
      `<path id="p" fill="none" d="M10 50Q50 10 90 50"/><text font-family="'Helvetica Neue',Arial,sans-serif" font-size="${8 + dice(9)}" letter-spacing=".1em" fill="${colour(dice)}"><textPath href="#p" startOffset="50%" text-anchor="middle">Brand &amp; <tspan font-weight="700">Söhne</tspan></textPath></text>`,
    ),
  'with selectors of elements and groups': (dice) =>
    svg(
      `<style>path,circle{fill:${colour(dice)}}g .a{stroke:${colour(dice)}}g>rect{opacity:.5}#b{fill:${colour(dice)}!important}* {stroke-linecap:round}</style><g>${times(3, () => shape(dice, 'class="a"'))}</g>${shape(dice, 'id="b" style="fill:red"')}`,
    ),
  'with a dark form': (dice) =>
    svg(
      `<style>.a{fill:${colour(dice)}}@media (prefers-color-scheme:dark){.a{fill:#fff}}.a:hover{opacity:.5}</style>${shapes(dice, () => 'class="a"')}`,
    ),
  'with a style that goes back to old browsers': (dice) =>
    svg(
      `<style><!-- .a { fill: ${colour(dice)}; /* brand; blue } */ stroke : none } --></style>${shapes(dice, () => 'class="a b"')}`,
    ),
  'with blends and opacities': (dice) =>
    svg(
      times(
        2 + dice(5),
        () =>
          `<g opacity=".${1 + dice(9)}" style="mix-blend-mode:multiply;isolation:isolate">${shapes(dice)}</g>`,
      ),
    ),
  'with nested pictures': (dice) =>
    svg(
      `<svg x="10" y="10" width="50" height="50" viewBox="0 0 100 100" overflow="visible">${shapes(dice)}</svg>`,
    ),
  'that is large': (dice) => svg(times(200 + dice(1100), () => pathOf(dice, `fill="${colour(dice)}"`))),
};
