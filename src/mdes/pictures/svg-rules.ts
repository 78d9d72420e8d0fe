/** What may stand in an SVG: elements by a list, attributes and styles by what they could fetch or run. */
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Without links and animation: a logo needs neither, and both can be pointed at a script. */
const ELEMENTS: ReadonlySet<string> = new Set(
  `svg g defs symbol use switch title desc metadata style
  path rect circle ellipse line polyline polygon text tspan textPath image
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
  feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage
  feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`.split(
    /\s+/,
  ),
);

/** What drawing programs write for themselves; browsers make nothing of it. */
const NOTES: ReadonlySet<string> = new Set([
  'http://www.inkscape.org/namespaces/inkscape',
  'http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  'http://creativecommons.org/ns#',
  'http://web.resource.org/cc/',
  'http://purl.org/dc/elements/1.1/',
  'http://www.bohemiancoding.com/sketch/ns',
  'http://www.serif.com/',
]);

const XML_ATTRIBUTES: ReadonlySet<string> = new Set(['space', 'lang', 'id']);

const LOCAL = String.raw`#[\p{L}\p{N}_.:-]+`;
const EMBEDDED = 'data:image/(?:png|jpe?g);base64,';
const GOOD_HREF = new RegExp(String.raw`^(?:${LOCAL}|${EMBEDDED}[A-Za-z0-9+/=\s]+)$`, 'u');
/** No asterisk in it: with the end of a comment it would reach over into the next declaration. */
const GOOD_URL = new RegExp(String.raw`url\(\s*(['"]?)(?:${LOCAL}|${EMBEDDED}[A-Za-z0-9+/=]+)\1\s*\)`, 'gu');
/** Any address that is left, and the other functions of CSS that take one; an escape could spell them all. */
const ADDRESS = /(?:url|image|image-set|src|cross-fade)\(|\\/i;

export function inSvg({ uri }: Pick<SaxesTagNS, 'uri'>): boolean {
  return uri === SVG;
}

export function elementFault({ uri, local, prefix }: SaxesTagNS): string | null {
  // With a prefix, so that it is no tag of HTML either, should a page inline the picture.
  const isNote = NOTES.has(uri) && prefix !== '';
  return isNote || (uri === SVG && ELEMENTS.has(local)) ? null : 'with an element that is not of a picture';
}

export function attributeFault({ uri, local, name, value }: SaxesAttributeNS): string | null {
  if (/^on/i.test(name) || /^on/i.test(local)) return 'with an event handler';
  if (local.toLowerCase() === 'href' && !GOOD_HREF.test(value.trim())) return 'with a reference to elsewhere';
  if (uri === XMLNS || NOTES.has(uri)) return null;
  const isKnown = uri === '' || uri === XLINK || (uri === XML && XML_ATTRIBUTES.has(local));
  return isKnown ? styleFault(value) : 'with an attribute that is not of a picture';
}

/** Of a style attribute, or of any other: most of them are styles as well. */
function styleFault(style: string): string | null {
  return ADDRESS.test(style.replaceAll(GOOD_URL, ' ')) ? 'with a style that reaches elsewhere' : null;
}

export function styleSheetFault(sheet: string): string | null {
  return /@(?!media\b)/i.test(sheet) ? 'with a style sheet that reaches elsewhere' : styleFault(sheet);
}
